import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import type {BuildGraph, ReadOrigin, State} from '../../../src/build/graph/build-graph.js'
import {createBuildGraph} from '../../../src/build/graph/create-build-graph.js'
import {chainOf, readersOf, rootOf, stepsBehind} from '../../../src/build/graph/query-graph.js'
import {
  type EvaluateOptions,
  evaluateDockerfile,
} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

function graphOf(text: string, options: EvaluateOptions = {}): BuildGraph {
  return createBuildGraph(evaluateDockerfile(parseDockerfile(text), options))
}

const TWO_STAGES = `FROM node:20 AS build
WORKDIR /app
COPY package*.json ./
RUN --mount=type=bind,source=lib,target=vendor --mount=type=cache,target=/c npm ci
COPY --exclude=*.md . .
FROM scratch
WORKDIR /
COPY --from=build /app/dist /srv
ADD https://example.com/x /y/
COPY <<E /etc/conf
a
E
`

function describeOrigin(from: ReadOrigin): string {
  if (from.kind === 'context') return from.name ?? 'context'
  if (from.kind === 'stage') return `stage ${from.stage.index}`
  return from.kind === 'image' ? from.image : from.kind
}

function describeState(state: State): string {
  return state.kind === 'step' ? state.step.text : state.kind === 'image' ? state.image : state.kind
}

describe('createBuildGraph', () => {
  it('lays out steps with what they stand on, read, and where it lands', () => {
    const {steps} = graphOf(TWO_STAGES)
    const outline = steps.map(({text, line, base, reads}) => [
      text,
      line,
      describeState(base),
      reads.map(({from, path, exclude, how, landing}) =>
        [describeOrigin(from), path, ...exclude, how, landing.path, landing.isDirectory ? 'dir' : ''].join(
          ' ',
        ),
      ),
    ])
    const [workdir, copy, run, copyAll, copyFrom, add] = steps.map(({text}) => text)
    assert.deepEqual(outline, [
      [workdir, 2, 'node:20', []],
      [copy, 3, workdir, ['context /package*.json copy /app dir']],
      [run, 4, copy, ['context /lib mount /app/vendor ']],
      [copyAll, 5, run, ['context / *.md copy /app dir']],
      [copyFrom, 8, 'scratch', ['stage 0 /app/dist copy /srv ']],
      [add, 9, copyFrom, ['remote / copy /y dir']],
      ['[stage-1 3/4] COPY <<E /etc/conf', 10, add, ['inline /E copy /etc/conf ']],
    ])
    assert.deepEqual(
      [workdir, copyAll, copyFrom],
      [
        '[build 2/5] WORKDIR /app',
        '[build 5/5] COPY --exclude=*.md . .',
        '[stage-1 1/4] COPY --from=build /app/dist /srv',
      ],
    )
  })

  it('stands stages on one another', () => {
    const {target, stages} = graphOf('FROM a AS x\nRUN 1\nFROM x AS y\nFROM y\nRUN 2\n')
    const linesOf = (chain: {line: number}[]) => chain.map(({line}) => line)
    assert.deepEqual(linesOf(chainOf(target.end)), [2, 5])
    assert.deepEqual(linesOf(stepsBehind(stages[1]!)), [2])
    assert.equal(describeState(rootOf(target.end)), 'a')
  })

  it('tells who reads a context', () => {
    const text = 'FROM a\nCOPY --from=lib x /\nRUN --mount=type=tmpfs,target=/t 1\nCOPY y /\n'
    const graph = graphOf(text, {namedContexts: ['lib']})
    assert.deepEqual(
      readersOf(graph, 'lib').map(({step}) => step.line),
      [2],
    )
    assert.deepEqual(
      readersOf(graph, null).map(({read}) => read.path),
      ['/y'],
    )
  })

  it('keeps a destination below a directory that only the image knows', () => {
    const [step] = graphOf('FROM a\nCOPY x .\n').steps
    assert.deepEqual(step!.reads[0]!.landing, {path: '?', isDirectory: true})
  })

  interface Row {
    name: string
    dockerfile: string
    target: string
    buildArgs: Record<string, string>
    change: {dockerfile?: string; target?: string; buildArgs?: Record<string, string>}
    expect: {steps: {line: number; stage: number; name: string | null; step: string}[]}
  }

  const images = {
    'bb:1': {},
    'bb:2': {env: [['BASE', 'two']] as const, workingDir: '/w'},
    'bb:3': {env: [['BASE', 'three']] as const},
    'bb:on': {onBuild: ['COPY package.json /on/', 'RUN echo on > /on/x']},
  }
  const file = new URL('../../../../test/conformance/cache.jsonl', import.meta.url)
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((row): Row => JSON.parse(row))

  it('names the steps as Docker printed them', () => {
    const wrong = rows.flatMap(({name, change, ...row}) => {
      const {dockerfile, target, buildArgs} = {...row, ...change}
      const {steps} = graphOf(dockerfile, {target, buildArgs, images})
      const shown = steps.filter(
        ({base, instruction}) => instruction.keyword !== 'WORKDIR' || base.kind !== 'scratch',
      )
      const texts = row.expect.steps.map(({step}) => step)
      // One step that two stages share bears the name of one of them: build/cache knows which.
      const isShared = (at: number) => texts.filter((text) => text === texts[at]).length > 1
      const write = (at: number, ...facts: unknown[]) => facts.slice(0, isShared(at) ? 3 : 4).join('|')
      const mine = shown.map(({line, stage, text}, at) => write(at, line, stage.index, stage.name, text))
      const theirs = row.expect.steps.map((one, at) => write(at, one.line, one.stage, one.name, one.step))
      const isSame = mine.length === theirs.length && mine.every((one, at) => one === theirs[at])
      return isSame ? [] : [{name, mine, theirs}]
    })
    assert.deepEqual(wrong, [])
  })
})
