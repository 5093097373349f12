import assert from 'node:assert/strict'
import {applyRewrites, findRewrites, type RewriteBuild} from '../../../src/advice/suggest/find-rewrites.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import type {Rewrite} from '../../../src/report/dockerfile-report.js'
import {createFileTree} from '../rules/create-file-tree.js'

const CONTENTS = {'package.json': '{"name": "a"}', 'package-lock.json': '{}'}

function createBuild(
  options: Partial<RewriteBuild> & {buildArgs?: Record<string, string>} = {},
): RewriteBuild {
  const {buildArgs = {}} = options
  return {
    name: 'api',
    targets: [null],
    tree: createFileTree(Object.keys(CONTENTS), CONTENTS),
    rules: null,
    evidence: new Map(Object.entries(CONTENTS)),
    evaluate: (text, target) =>
      evaluateDockerfile(parseDockerfile(text), {buildArgs, ...(target !== null && {target})}),
    ...options,
  }
}

function find(text: string, ...builds: RewriteBuild[]): Rewrite[] {
  return findRewrites({file: 'Dockerfile', text, builds})
}

/** Each as `rule confidence: what is open or speaks against it`. */
function outline(rewrites: readonly Rewrite[]): string[] {
  return rewrites.map(({rule, confidence, questions = [], blocker = ''}) =>
    `${rule} ${confidence}: ${questions.join(' ')}${blocker}`.replace(/: $/, ''),
  )
}

const INSTALL = 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci --cache=/c\n'

describe('findRewrites', () => {
  it('looks at every stage that somebody may build, and says so once', () => {
    const text = `${INSTALL.replace('FROM node', 'FROM node AS one')}FROM one AS two\nRUN x\nFROM scratch\nCOPY a /\n`
    assert.deepEqual(outline(find(text, createBuild())), [])
    const [found, ...more] = find(text, createBuild({targets: [null, 'one', 'two']}))
    assert.deepEqual([found?.rule, found?.confidence, more.length], ['install-after-source', 'safe', 0])
    assert.equal(found?.proof.at(-1)?.evidence, 'evaluated for the last stage, one, two')
  })

  it('calls no stage an image that another one copies from, nor one that another build makes', () => {
    const tools = 'RUN apt-get update && apt-get install -y gcc\nCOPY a.c /\nCMD ["bash"]\n'
    const text = `FROM debian AS one\n${tools}FROM debian AS two\n${tools}FROM debian\nCOPY --from=one /a /a\nCMD ["/a"]\n`
    const rulesOf = (...builds: RewriteBuild[]) =>
      find(text, ...builds).flatMap(({rule, line}) => (rule === 'build-tools-in-final' ? [line] : []))
    assert.deepEqual(rulesOf(createBuild()), [])
    assert.deepEqual(rulesOf(createBuild({targets: [null, 'one', 'two']})), [6])
    const other = createBuild({name: 'dev', targets: ['two', 'one']})
    assert.deepEqual(rulesOf(createBuild({targets: [null, 'one', 'two']}), other), [6])
    const witness = {...other, isWitness: true}
    assert.deepEqual(rulesOf(createBuild({targets: [null, 'one', 'two']}), witness), [6])
  })

  it('is as sure as for the build that speaks most against it', () => {
    const safe = createBuild()
    assert.deepEqual(outline(find(INSTALL, safe, createBuild({name: 'web'}))), ['install-after-source safe'])
    const asking = createBuild({
      name: 'web',
      evidence: new Map([['package.json', '{"scripts": {"prepare": "x"}}']]),
    })
    assert.match(outline(find(INSTALL, safe, asking)).join(), /^install-after-source review: .*prepare/)
    const blocking = createBuild({
      name: 'web',
      tree: createFileTree([...Object.keys(CONTENTS), 'node_modules/a'], CONTENTS),
    })
    assert.match(
      outline(find(INSTALL, safe, asking, blocking)).join(),
      /^install-after-source blocked: web: node_modules/,
    )
  })

  it('asks where a build has nothing to show it with', () => {
    const empty = createBuild({name: 'web', tree: createFileTree(['a']), evidence: new Map()})
    assert.deepEqual(outline(find(INSTALL, createBuild(), empty)), [
      'install-after-source review: Is it right for web, too? The files that would prove it are not there',
    ])
  })

  it('proposes nothing for a build that nobody asked for, and breaks none', () => {
    const witness = (options: Partial<RewriteBuild> = {}) =>
      createBuild({name: 'ci', isWitness: true, ...options})
    const [found, ...more] = find(INSTALL, createBuild(), witness())
    assert.deepEqual([found?.confidence, more.length], ['safe', 0])
    assert.equal(found?.proof.at(-1)?.evidence, 'evaluated for api (the last stage), ci (the last stage)')
    const empty = createBuild({tree: createFileTree(['a']), evidence: new Map()})
    assert.deepEqual(outline(find(INSTALL, empty, witness())), [])
    const withoutLock = witness({
      evidence: new Map([['package.json', '{}']]),
      tree: createFileTree(['package.json']),
    })
    assert.match(
      outline(find(INSTALL, createBuild(), withoutLock)).join(),
      /blocked: ci: npm ci needs a lock file/,
    )
  })

  it('leaves out a build that has nothing to do with the lines', () => {
    const text = `${INSTALL.replace('FROM node', 'FROM node AS dev')}FROM debian\nRUN x\n`
    const builds = [createBuild({targets: ['dev']}), createBuild({name: 'web', isWitness: true})]
    assert.deepEqual(outline(find(text, ...builds)), ['install-after-source safe'])
  })

  it('proves nothing where other builds are not known', () => {
    const builds = [createBuild()]
    const found = findRewrites({file: 'Dockerfile', text: INSTALL, builds, doubts: ['What else?']})
    assert.deepEqual(outline(found), ['install-after-source review: What else?'])
  })

  it('blocks what the rules of context find wrong with the new text', () => {
    const finding = {rule: 'copy-missing-source', severity: 'error' as const, message: 'it fails'}
    const findProblems = (text: string) => [
      {...finding, line: 9},
      ...(/COPY package/.test(text) ? [{...finding, line: 3}] : []),
    ]
    assert.deepEqual(outline(find(INSTALL, createBuild({findProblems}))), [
      'install-after-source blocked: with the new Dockerfile it fails (line 9 of the new Dockerfile)',
    ])
    const [found] = find(INSTALL, createBuild({findProblems: () => [finding]}))
    assert.match(found!.proof.at(-1)!.claim, /ignore file/)
  })

  it('takes no text that is right for one build only', () => {
    const other = createBuild({
      name: 'web',
      tree: createFileTree([...Object.keys(CONTENTS), '.npmrc'], {...CONTENTS, '.npmrc': ''}),
      evidence: new Map(Object.entries({...CONTENTS, '.npmrc': ''})),
    })
    assert.match(
      outline(find(INSTALL, createBuild(), other)).join(),
      /blocked: api and web need different texts/,
    )
  })

  it('tries the text with the arguments of every build', () => {
    const text = 'FROM node\nARG DIR=.\nWORKDIR /app\nCOPY $DIR .\nENV DIR=b\nRUN npm ci --cache=/c\n'
    assert.match(
      outline(find(text, createBuild())).join(),
      /^install-after-source blocked: it would change what is/,
    )
  })

  it('looks at so many only, however many there are', () => {
    const many = (count: number) =>
      `FROM a\n${'RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n'.repeat(count)}`
    assert.equal(find(many(60), createBuild()).length, 50)
    assert.deepEqual(find(many(501), createBuild()), [])
  })

  it('leaves out what a comment takes away', () => {
    const comment = '# slim-check ignore=install-after-source\n'
    const rows: [text: string, count: number][] = [
      [INSTALL.replace('COPY', `${comment}COPY`), 0],
      [INSTALL.replace('RUN', `# why\n${comment}RUN`), 0],
      [INSTALL.replace('WORKDIR', `${comment}WORKDIR`), 1],
      [`# slim-check ignore-file=install-after-source\n${INSTALL}`, 0],
      [INSTALL.replace('COPY', '# slim-check ignore=late-cleanup\nCOPY'), 1],
    ]
    for (const [text, count] of rows) assert.equal(find(text, createBuild()).length, count, text)
  })

  it('applies what does not touch, and leaves the rest for another turn', () => {
    const edit = (start: number, end: number, text: string): Rewrite => ({
      rule: 'x',
      confidence: 'safe',
      file: 'a',
      line: 1,
      endLine: 1,
      title: '',
      proof: [],
      edits: [{start, end, text}],
      cache: [],
    })
    const rewrites = [edit(0, 1, 'x'), edit(1, 2, 'y'), edit(3, 4, 'z'), {...edit(5, 5, ''), edits: []}]
    const {text, applied} = applyRewrites('abcdef', rewrites)
    assert.equal(text, 'xbczef')
    assert.deepEqual(applied, [rewrites[0], rewrites[2]])
  })
})
