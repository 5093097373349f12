// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {
  type EvaluateOptions,
  evaluateDockerfile,
} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

function evaluate(content: string, options: EvaluateOptions = {}) {
  return evaluateDockerfile(parseDockerfile(content), options)
}

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const TWO_STAGES = `FROM node:20 AS Build
WORKDIR /app
COPY package.json \\
     lock* ./
RUN npm ci
ARG EMPTY
COPY $EMPTY src .
FROM scratch
COPY --from=build /app /app
`

describe('evaluateDockerfile', () => {
  it('describes the stages', () => {
    const {stages} = evaluate(`${TWO_STAGES}FROM build AS extra\n`, {target: '', namedContexts: []})
    const outline = stages.map(({instructions, range: {start, end}, ...stage}) => {
      const {text} = stage
      assert.equal(`${TWO_STAGES}FROM build AS extra\n`.slice(start, end), text)
      return {...stage, count: instructions.length}
    })
    const common = {baseNamedContext: null, isTarget: false, platform: 'linux/amd64'}
    assert.deepEqual(outline, [
      {
        ...common,
        index: 0,
        name: 'build',
        baseName: 'node:20',
        baseStageIndex: null,
        line: 1,
        text: 'FROM node:20 AS Build',
        isReachable: true,
        count: 5,
      },
      {
        ...common,
        index: 1,
        name: null,
        baseName: 'scratch',
        baseStageIndex: null,
        line: 8,
        text: 'FROM scratch',
        isReachable: false,
        count: 0,
      },
      {
        ...common,
        index: 2,
        name: 'extra',
        baseName: 'build',
        baseStageIndex: 0,
        line: 10,
        text: 'FROM build AS extra',
        isReachable: true,
        isTarget: true,
        count: 0,
      },
    ])
  })

  it('describes the instructions', () => {
    const {stages} = evaluate(TWO_STAGES)
    const instructions = stages[0]?.instructions ?? []
    assert.deepEqual(
      instructions.map(({written}) => written),
      parseDockerfile(TWO_STAGES).instructions.slice(1, 1 + instructions.length),
    )
    const [workdir, copy, run] = instructions.map(({written, ...rest}) => rest)
    const environment = {name: 'PATH', value: DEFAULT_PATH, earlier: null}
    const state = {environment, directory: '/app', user: null, shell: null}
    const common = {isInherited: false, workdir: '/app', state}
    assert.deepEqual(workdir, {
      ...common,
      line: 2,
      endLine: 2,
      text: 'WORKDIR /app',
      keyword: 'WORKDIR',
      name: 'WORKDIR /app',
      path: '/app',
    })
    assert.deepEqual(copy, {
      ...common,
      line: 3,
      endLine: 4,
      text: 'COPY package.json',
      keyword: 'COPY',
      name: 'COPY package.json      lock* ./',
      sources: ['package.json', 'lock*'],
      destination: './',
      from: null,
      heredocs: [],
      inlineFiles: [],
      flags: {
        chown: '',
        chmod: '',
        link: false,
        parents: false,
        exclude: [],
        checksum: '',
        keepGitDir: false,
        unpack: null,
      },
    })
    assert.deepEqual(run, {
      ...common,
      line: 5,
      endLine: 5,
      text: 'RUN npm ci',
      keyword: 'RUN',
      name: 'RUN npm ci',
      script: 'npm ci',
      isJson: false,
      mounts: [],
      command: ['/bin/sh', '-c', 'npm ci'],
      scriptFile: null,
      network: null,
      security: 'sandbox',
      devices: [],
    })
    const [copyFrom] = stages[1]?.instructions ?? []
    assert.deepEqual(copyFrom?.keyword === 'COPY' && copyFrom.from, {kind: 'stage', stageIndex: 0})
  })

  it('tells what a from reads', () => {
    const {stages} = evaluate(
      `FROM scratch AS a
FROM scratch
COPY --from=a x /
COPY --from=0 x /
COPY --from=alpine x /
COPY --from=lib x /
RUN --mount=from=a,target=/x --mount=type=cache,target=/y z
`,
      {namedContexts: ['lib']},
    )
    const origins = stages[1]?.instructions.flatMap((instruction) => {
      if (instruction.keyword === 'COPY') return [instruction.from]
      return instruction.keyword === 'RUN' ? instruction.mounts.map(({from}) => from) : []
    })
    const stage = {kind: 'stage', stageIndex: 0}
    const image = {kind: 'image', image: 'alpine'}
    assert.deepEqual(origins, [
      stage,
      stage,
      image,
      {kind: 'named-context', namedContext: 'lib', replacedStage: null},
      stage,
      null,
    ])
  })

  const failures: [content: string, message: string, options?: EvaluateOptions][] = [
    ['COPY a /\n', '1: COPY is before the first FROM'],
    ['ARG A\n', '1: there is no FROM: nothing to build'],
    ['FROM a\nFROM $X\n', '2: the base image "$X" is empty after its variables are replaced'],
    ['FROM Foo\nFROM a\n', '1: bad image name "Foo": capital letters'],
    ['FROM a AS b-\n', '1: bad stage name "b-": it is not a valid image name'],
    ['FROM --platform=x a\n', '1: bad platform "x": write linux/amd64, or a variable with such a value'],
    ['FROM a AS b\nCOPY x /\n', '1: there is no stage "c" to build (stages: b)', {target: 'c'}],
    ['FROM a\n', '1: there is no stage "0" to build (no stage of this file has a name)', {target: '0'}],
    ['FROM a\nCOPY --from=0 x /\n', '2: the stages depend on each other in a circle: 0 → 0'],
    [
      'FROM a AS b\nCOPY --from=c x /\nFROM a AS c\nCOPY --from=b x /\n',
      '4: the stages depend on each other in a circle: b → c → b',
    ],
    [
      'FROM a AS b\nCOPY --from=c x /\nFROM a AS c\n',
      '2: cannot copy from stage "c": it is built later',
      {target: 'b'},
    ],
    ['FROM a\nCOPY --from=7 x /\nFROM a\n', '2: there is no stage 7'],
    [
      'FROM a AS b\nONBUILD COPY x\nFROM b\n',
      '2: ONBUILD trigger: COPY needs at least one source and a destination',
    ],
  ]
  for (const [content, message, options] of failures) {
    it(`refuses ${JSON.stringify(content)}`, () =>
      assert.equal(
        failureOf(() => evaluate(content, options)),
        message,
      ))
  }

  it('lets a broken stage be that is not built', () => {
    evaluate('FROM a AS b\nCOPY ${x /\nFROM a AS c\nONBUILD COPY x\nFROM a\nCOPY y /\n')
  })
})

describe('evaluateDockerfile on hostile input', () => {
  const many = (count: number, line: (index: number) => string) =>
    Array.from({length: count}, (_, i) => line(i)).join('')
  const hostile: [title: string, content: string, error: RegExp | null][] = [
    ['a value that doubles', `FROM a\nENV A=xxxx\n${'ENV A=$A$A\n'.repeat(60)}`, /more than 1 MiB/],
    [
      'large values in every line',
      `FROM a\nENV A=${'x'.repeat(60_000)}\n${'ENV B=$A$A$A$A\n'.repeat(9000)}`,
      /too costly/,
    ],
    [
      'stages that inherit ever more',
      `FROM a AS s0\n${many(5000, (i) => `FROM s${i} AS s${i + 1}\nENV V${i}=1\n`)}`,
      /too costly/,
    ],
    [
      'a trigger for every stage',
      `FROM a AS b\n${'ONBUILD RUN x\n'.repeat(5000)}${'FROM b AS b\n'.repeat(5000)}`,
      null,
    ],
    [
      'a long chain of copies',
      `FROM a AS s0\n${many(10_000, (i) => `FROM a AS s${i + 1}\nCOPY --from=s${i} x y\n`)}`,
      null,
    ],
    [
      'a long pattern',
      `FROM a\nENV A=${'a'.repeat(60_000)}\nCOPY \${A#${'*a'.repeat(15_000)}b} /\n`,
      /too costly/,
    ],
  ]
  for (const [title, content, error] of hostile) {
    it(`survives ${title}`, () => {
      if (error)
        assert.match(
          failureOf(() => evaluate(content)),
          error,
        )
      else evaluate(content)
    })
  }
})
