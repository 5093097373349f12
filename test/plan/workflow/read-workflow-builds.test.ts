// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of workflows
import assert from 'node:assert/strict'
import {parseYaml} from '../../../src/languages/documents/parse-yaml.js'
import {readWorkflowBuilds, type WorkflowBuilds} from '../../../src/plan/workflow/read-workflow-builds.js'
import {describeBuild} from '../describe-build.js'

function read(text: string): WorkflowBuilds {
  return readWorkflowBuilds(parseYaml(text, '/p/w.yml')[0]!, '/p')
}

/** A job `j` with one step that builds. */
const step = (inputs: string, job = ''): string =>
  `on: push\njobs:\n  j:\n${job}    steps:\n      - uses: docker/build-push-action@v6\n        with: {${inputs}}\n`

const matrix = (text: string): string => `    strategy: {matrix: ${text}}\n`

const ROWS: [title: string, text: string, builds: string[]][] = [
  ['a context', step('context: web'), ['j: ctx=web df=web/Dockerfile']],
  [
    'every input',
    step(
      'context: ., file: a/D, target: t, build-args: "A=1\\nB=x=y", build-contexts: "l=../l\\ni=docker-image://x", platforms: "linux/arm64,linux/amd64"',
    ),
    ['j: ctx=. df=a/D target=t A=1 B=x=y l<-../l i<-docker-image://x linux/arm64'],
  ],
  ['a Git context', step('push: true'), ['j: ctx=. df=Dockerfile']],
  ['a part of a Git context', step('context: "{{defaultContext}}:web", file: D'), ['j: ctx=web df=web/D']],
  ['the workspace', step('context: "${{ github.workspace }}/web"'), ['j: ctx=web df=web/Dockerfile']],
  [
    'a matrix',
    step('context: "${{ matrix.dir }}", target: "${{matrix.t}}"', matrix('{dir: [a, b], t: [x]}')),
    ['j (a, x): ctx=a df=a/Dockerfile target=x', 'j (b, x): ctx=b df=b/Dockerfile target=x'],
  ],
  [
    'a matrix of mappings',
    step('context: "${{ matrix.s.dir }}"', matrix('{s: [{dir: a}, {dir: b}]}')),
    ['j (a): ctx=a df=a/Dockerfile', 'j (b): ctx=b df=b/Dockerfile'],
  ],
  [
    'include and exclude',
    step(
      'context: "${{ matrix.d }}", target: "${{ matrix.t }}"',
      matrix('{d: [a, b, c], exclude: [{d: b}], include: [{t: x}, {d: a, t: y}, {d: z, t: q}]}'),
    ),
    [
      'j (a, y): ctx=a df=a/Dockerfile target=y',
      'j (c, x): ctx=c df=c/Dockerfile target=x',
      'j (z, q): ctx=z df=z/Dockerfile target=q',
    ],
  ],
  [
    'the environment, the nearest first',
    `env: {D: w, E: e}\n${step('context: "${{ env.D }}/${{ env.E }}"', '    env: {D: job}\n')}`,
    ['j: ctx=job/e df=job/e/Dockerfile'],
  ],
  [
    'an argument that only GitHub knows',
    step('context: ., build-args: "A=${{ github.sha }}\\nB=1"'),
    ['j: ctx=. df=Dockerfile B=1'],
  ],
]

const LEFT_OUT: [title: string, text: string, reason: RegExp][] = [
  [
    'a context that only GitHub knows',
    step('context: "${{ inputs.dir }}"'),
    /"context" is \$\{\{ inputs.dir \}\}/,
  ],
  ['a computed matrix', step('file: "${{ matrix.f }}"', matrix('"${{ fromJSON(x) }}"')), /"file" is/],
  [
    'a matrix value that is an expression',
    step('file: "${{ matrix.f }}"', matrix('{f: ["${{ x.y }}"]}')),
    /"file" is/,
  ],
  [
    'an environment value that is an expression',
    `env: {D: "\${{ x.y }}"}\n${step('context: "${{ env.D }}"')}`,
    /"context" is/,
  ],
  ['a remote context', step('context: "https://github.com/a/b.git"'), /fetches its context/],
]

describe('reading GitHub workflows', () => {
  for (const [title, text, builds] of ROWS) {
    it(`reads ${title}`, () => {
      const found = read(text)
      assert.deepEqual(found.problems, [])
      assert.deepEqual(
        found.builds.map((build) => describeBuild(build)),
        builds,
      )
    })
  }

  for (const [title, text, reason] of LEFT_OUT) {
    it(`leaves out ${title}`, () => {
      const {builds, problems} = read(text)
      assert.deepEqual(builds, [])
      assert.equal(problems.length, 1)
      assert.equal(problems[0]!.severity, 'info')
      assert.match(problems[0]!.message, reason)
      assert.ok(problems[0]!.place.line > 1)
    })
  }

  it('says that a Git context is not sent, and which arguments are not known', () => {
    const {builds} = read(step('build-args: "A=${{ github.sha }}"'))
    assert.match(builds[0]!.note!, /^a Git context: .*; only known on GitHub: A$/)
  })

  it('hands on bake steps and scripts with the directory they run in', () => {
    const found = read(`
defaults: {run: {working-directory: ./sub}}
jobs:
  j:
    steps:
      - uses: Docker/Bake-Action@v6
        with: {files: "./a.hcl\\nb.json", targets: "x,y", workdir: w}
      - run: docker build .
      - run: docker build \${{ matrix.x }}
        working-directory: other
      - run: echo hello
      - uses: docker/bake-action@v5
        with: {source: "https://github.com/a/b.git"}
`)
    assert.deepEqual(
      found.bakeSteps.map(({files, targets, workingDir}) => ({files, targets, workingDir})),
      [{files: ['/p/w/a.hcl', '/p/w/b.json'], targets: ['x', 'y'], workingDir: '/p/w'}],
    )
    assert.deepEqual(
      found.scriptSteps.map(({script, directory}) => [script, directory]),
      [
        ['docker build .', '/sub'],
        ['docker build ${{ matrix.x }}', '/other'],
      ],
    )
    assert.match(found.problems[0]!.message, /fetches its bake file/)
  })

  it('bounds a matrix', () => {
    const values = Array.from({length: 100}, (_, index) => `v${index}`).join()
    const text = step(
      'context: "${{ matrix.a }}"',
      matrix(`{a: [${values}], b: [${values}], c: [${values}]}`),
    )
    assert.equal(read(text).builds.length, 256)
  })

  it('reads whatever else is in a workflow without a word', () => {
    for (const text of [
      'jobs: x',
      'jobs: {j: x}',
      'jobs: {j: {steps: x}}',
      'jobs: {j: {steps: [x, {with: 1}, {uses: [a]}]}}',
      '[]',
    ]) {
      assert.deepEqual(read(text), {builds: [], problems: [], bakeSteps: [], scriptSteps: []})
    }
  })
})
