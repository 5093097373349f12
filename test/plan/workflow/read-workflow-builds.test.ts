// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of workflows
import assert from 'node:assert/strict'
import path from 'node:path'
import type {DocumentNode} from '../../../src/languages/documents/document-node.js'
import {parseYaml} from '../../../src/languages/documents/parse-yaml.js'
import {readWorkflowBuilds, type WorkflowBuilds} from '../../../src/plan/workflow/read-workflow-builds.js'
import {describeBuild} from '../describe-build.js'

function read(text: string, others: Record<string, string> = {}): WorkflowBuilds {
  const readYaml = (name: string): DocumentNode | null => {
    const found = others[path.posix.normalize(name)]
    return found === undefined ? null : parseYaml(found, `/p/${name}`)[0]!
  }
  return readWorkflowBuilds(parseYaml(text, '/p/w.yml')[0]!, '/p', {readYaml})
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
  ['the path of the runner', step('context: /home/runner/work/a/a/web'), ['j: ctx=web df=web/Dockerfile']],
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
    assert.match(builds[0]!.note!, /^a Git context: .*; these build arguments are only known on GitHub: A$/)
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

  const ACTION = `
inputs: {context: {required: true}, file: {default: Dockerfile.prod}}
runs:
  using: composite
  steps:
    - uses: docker/setup-buildx-action@v3
    - uses: docker/build-push-action@v6
      with: {context: "\${{ inputs.context }}", file: "\${{ inputs.context }}/\${{ inputs.file }}"}
`
  const FOLLOWED: [title: string, text: string, others: Record<string, string>, builds: string[]][] = [
    [
      'a fork of build-push-action',
      'jobs: {j: {steps: [{uses: useblacksmith/build-push-action@v1, with: {context: web, target: t}}]}}',
      {},
      ['j: ctx=web df=web/Dockerfile target=t'],
    ],
    [
      'another action with inputs of its own',
      'jobs: {j: {steps: [{uses: makeplane/actions/build-push@v1, with: {build-context: ./, dockerfile-path: ./apps/web/Dockerfile.web, push: true}}]}}',
      {},
      ['j: ctx=. df=apps/web/Dockerfile.web'],
    ],
    [
      'a composite action, with its defaults',
      'jobs: {j: {steps: [{uses: actions/checkout@v4}, {uses: ./.github/actions/build, with: {context: web}}]}}',
      {'.github/actions/build/action.yml': ACTION},
      ['j: ctx=web df=web/Dockerfile.prod'],
    ],
    [
      'a reusable workflow, for each combination of the caller',
      'jobs: {call: {strategy: {matrix: {t: [a, b]}}, uses: ./.github/workflows/build.yml, with: {target: "${{ matrix.t }}"}}}',
      {
        '.github/workflows/build.yml':
          'on: {workflow_call: {inputs: {target: {type: string}, dir: {default: web}}}}\njobs: {b: {steps: [{uses: docker/build-push-action@v6, with: {context: "${{ inputs.dir }}", target: "${{ inputs.target }}"}}]}}',
      },
      ['call/b: ctx=web df=web/Dockerfile target=a', 'call/b: ctx=web df=web/Dockerfile target=b'],
    ],
    [
      'an environment that is made of the matrix',
      'env: {BASE: docker}\njobs: {j: {strategy: {matrix: {d: [a, b]}}, env: {F: "${{ env.BASE }}/${{ matrix.d }}/Dockerfile"}, steps: [{uses: docker/build-push-action@v6, with: {context: ., file: "${{ env.F }}"}}]}}',
      {},
      ['j (a): ctx=. df=docker/a/Dockerfile', 'j (b): ctx=. df=docker/b/Dockerfile'],
    ],
    [
      'a fall-back of an expression',
      `on: {workflow_dispatch: {inputs: {f: {default: ""}}}}\n${step('context: ., file: "${{ inputs.f || \'prod.Dockerfile\' }}"').slice(9)}`,
      {},
      ['j: ctx=. df=prod.Dockerfile'],
    ],
    [
      'a repository in a folder of the workspace',
      'jobs: {j: {steps: [{uses: actions/checkout@v4, with: {path: src}}, {uses: docker/build-push-action@v6, with: {context: src/web, file: src/web/D}}]}}',
      {},
      ['j: ctx=web df=web/D'],
    ],
  ]
  for (const [title, text, others, builds] of FOLLOWED) {
    it(`follows ${title}`, () => {
      const found = read(text, others)
      assert.deepEqual(found.problems, [])
      assert.deepEqual(
        found.builds.map((build) => describeBuild(build)),
        builds,
      )
    })
  }

  it('does not follow actions and workflows in circles', () => {
    const circle = 'runs: {using: composite, steps: [{uses: ./a}]}'
    assert.deepEqual(read('jobs: {j: {steps: [{uses: ./a}]}}', {'a/action.yml': circle}).builds, [])
    const calling = 'jobs: {k: {uses: ./w.yml}}'
    assert.deepEqual(read(calling, {'w.yml': calling}).builds, [])
  })

  const build = '{uses: docker/build-push-action@v6, with: {context: .}}'
  const WORKSPACES: [title: string, steps: string[], expected: string][] = [
    ['nothing before', [build], 'empty'],
    [
      'a login only',
      ['{uses: docker/login-action@v3}', '{run: "echo hi >> $GITHUB_OUTPUT"}', build],
      'empty',
    ],
    ['a checkout', ['{uses: actions/checkout@v4}', build], 'checkout'],
    ['another repository', ['{uses: actions/checkout@v4, with: {repository: a/b, path: b}}', build], 'empty'],
    ['a clone by hand', ['{run: "git clone https://x/y ."}', build], 'checkout, by git clone https://x/y .'],
    [
      'a step that builds',
      [
        '{uses: actions/checkout@v4}',
        '{uses: actions/setup-node@v4}',
        '{name: assets, run: npm run build}',
        build,
      ],
      'checkout, by assets',
    ],
    [
      'an artefact',
      ['{uses: actions/checkout@v4}', '{uses: actions/download-artifact@v4}', build],
      'checkout, by actions/download-artifact@v4',
    ],
    [
      'scripts that only ask and tell',
      [
        '{uses: actions/checkout@v4}',
        '{run: "set -e\\nVERSION=$(cat VERSION | tr -d v)\\nif [ -z \\"$VERSION\\" ]; then exit 1; fi\\necho v=$VERSION >> $GITHUB_ENV\\nsudo rm -rf /usr/share/dotnet"}',
        build,
      ],
      'checkout',
    ],
    [
      'a file that a script writes',
      ['{uses: actions/checkout@v4}', '{run: "echo $X > .env"}', build],
      'checkout, by echo $X > .env',
    ],
    ['a Git context', ['{uses: docker/build-push-action@v6}'], 'git'],
  ]
  for (const [title, steps, expected] of WORKSPACES) {
    it(`knows the workspace after ${title}`, () => {
      const found = read(`jobs: {j: {steps: [${steps.join(', ')}]}}`)
      const {kind, maker} = found.builds[0]!.workspace!
      assert.equal(maker === null ? kind : `${kind}, by ${maker}`, expected)
    })
  }

  it('knows that bake fetches the repository by itself from version 6 on', () => {
    const found = read(
      'jobs: {j: {steps: [{uses: docker/bake-action@v6}, {uses: docker/bake-action@v5}, {uses: docker/bake-action@v6, with: {source: .}}]}}',
    )
    assert.deepEqual(
      found.bakeSteps.map(({workspace}) => workspace.kind),
      ['git', 'empty', 'empty'],
    )
  })
})
