// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles and workflows
import assert from 'node:assert/strict'
import {SlimCheckError} from '../../../src/errors.js'
import type {ContextReport} from '../../../src/report/context-report.js'
import {analyzeRequest} from '../../../src/services/context/analyze-request.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

type Choice = NonNullable<Parameters<typeof analyzeRequest>[0]['choice']>

const COMPOSE = {composeFiles: []}
const WORKFLOWS = {workflows: true}

const workflow = (...inputs: string[]): Record<string, string> => ({
  '.github/workflows/ci.yml': [
    'jobs:',
    '  j:',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...inputs.flatMap((one) => ['      - uses: docker/build-push-action@v6', `        with: {${one}}`]),
  ].join('\n'),
})

const ONLY: [
  title: string,
  tree: Record<string, string>,
  choice: Choice,
  file: string,
  line: number,
  step: RegExp,
][] = [
  [
    'a context that is not there',
    {'compose.yaml': 'services:\n  a:\n    build:\n      context: ./vendor/x\n'},
    COMPOSE,
    'compose.yaml',
    4,
    /Run "composer install" first/,
  ],
  [
    'a Dockerfile written relative to another directory',
    {
      'compose.yaml': 'services:\n  a:\n    build:\n      context: app\n      dockerfile: app/Dockerfile\n',
      'app/Dockerfile': 'FROM scratch\n',
    },
    COMPOSE,
    'compose.yaml',
    5,
    /relative to the context "app": write dockerfile: Dockerfile/,
  ],
  [
    'a Dockerfile of a workflow',
    {...workflow('context: server, file: Dockerfile'), 'server/Dockerfile': 'FROM scratch\n'},
    WORKFLOWS,
    '.github/workflows/ci.yml',
    6,
    /relative to the repository: write file: server\/Dockerfile/,
  ],
  [
    'a base image without a value',
    {'compose.yaml': 'services: {a: {build: a}}', 'a/Dockerfile': 'ARG B\nFROM ${B}\n'},
    COMPOSE,
    'a/Dockerfile',
    2,
    /--build-arg B=/,
  ],
]

describe('builds that cannot start', () => {
  let directory: string
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const analyze = async (tree: Record<string, string>, choice: Choice): Promise<ContextReport> => {
    writeTree(directory, tree)
    const build = {contextDir: '.', workingDir: directory}
    const {analysis} = await analyzeRequest({
      build,
      choice: {env: {HOME: directory}, ...choice},
      configFile: null,
    })
    return analysis.report
  }

  for (const [title, tree, choice, file, line, step] of ONLY) {
    it(`fail, as the only one: ${title}`, async () => {
      await assert.rejects(analyze(tree, choice), (error) => {
        assert.ok(error instanceof SlimCheckError)
        const data = error.data as {file?: string; line?: number}
        assert.deepEqual([data.file, data.line], [file, line], error.message)
        assert.match(error.nextSteps.join(), step)
        return true
      })
    })

    it(`are a finding beside another one: ${title}`, async () => {
      const other =
        choice === COMPOSE
          ? {
              'compose.yaml': `${tree['compose.yaml']!.replace('services: {', 'services: {z: {build: z}, ').replace(/\n$/, '\n  z: {build: z}\n')}`,
            }
          : {'.github/workflows/z.yml': workflow('context: z')['.github/workflows/ci.yml']!}
      const report = await analyze({...tree, ...other, 'z/Dockerfile': 'FROM scratch\n'}, choice)
      const found = report.findings.filter(({rule}) => rule === 'broken-build')
      assert.deepEqual(
        found.map((one) => [one.severity, one.file, one.line]),
        [['error', file, line]],
      )
      assert.match(found[0]!.fix ?? '', new RegExp(step.source, 'i'))
      assert.equal(report.plans.length, 1)
    })
  }

  it('do not stand for a base image that only the workflow knows', async () => {
    const tree = {
      ...workflow('context: a, build-args: "B=x/y:${{ inputs.tag }}"'),
      'a/Dockerfile': 'ARG B\nFROM ${B}\nCOPY f /\n',
      'a/f': 'x',
    }
    const report = await analyze(tree, WORKFLOWS)
    assert.deepEqual(report.plans[0]!.requestedPaths, ['f'])
  })
})
