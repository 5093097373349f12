import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import type {ContextReport} from '../../../src/report/context-report.js'
import {analyzeRequest} from '../../../src/services/context/analyze-request.js'
import {hasProgram} from '../../helpers/docker.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const TREE = {
  Dockerfile: 'FROM scratch\nCOPY . /\nCOPY dist /dist\n',
  '.dockerignore': 'src\n',
  '.gitignore': 'dist\n',
  'src/a.js': 'x'.repeat(1000),
  'src/new.js': 'y',
  'dist/a.js': 'z',
}

const workflow = (inputs: string, before = '{uses: actions/checkout@v4}'): Record<string, string> => ({
  '.github/workflows/ci.yml': `jobs:\n  j:\n    steps:\n      - ${before}\n      - uses: docker/build-push-action@v6\n        with: {${inputs}}\n`,
})

describe('builds of workflows', () => {
  let directory: string
  before(function () {
    skipUnless(this, hasProgram('git'), 'needs git')
  })
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const analyze = async (own: Record<string, string>): Promise<ContextReport> => {
    writeTree(directory, {...TREE, ...own})
    const git = (...words: string[]) => execFileSync('git', words, {cwd: directory, stdio: 'ignore'})
    git('init', '-q')
    git('add', 'Dockerfile', '.dockerignore', '.gitignore', 'src/a.js', '.github')
    const build = {contextDir: '.', workingDir: directory}
    const choice = {workflows: true, env: {HOME: directory}}
    return (await analyzeRequest({build, choice, configFile: null})).analysis.report
  }
  const rulesOf = (report: ContextReport): string[] =>
    report.findings.map(({rule, severity, line}) => `${severity} ${rule}:${line}`)

  it('of a Git context take what is tracked, without an ignore file, and send nothing', async () => {
    const report = await analyze(workflow('push: true'))
    const [plan] = report.plans
    assert.deepEqual([plan!.gitContext, plan!.ignoreFile], [true, null])
    // Dockerfile, two ignore files, the workflow and src/a.js; neither dist nor what is not added yet.
    assert.deepEqual([plan!.before.fileCount, plan!.before.transferBytes], [5, 0])
    assert.equal(report.before.transferBytes, 0)
    assert.deepEqual(report.suggestions, [])
    assert.deepEqual(report.largest, [])
    assert.deepEqual(
      rulesOf(report).filter((one) => !one.includes('build-definition')),
      ['error missing-in-checkout:3'],
    )
  })

  it('of a checkout lack what Git ignores', async () => {
    const report = await analyze(workflow('context: .'))
    assert.equal(report.plans[0]!.ignoreFile, '.dockerignore')
    assert.ok(rulesOf(report).includes('error missing-in-checkout:3'))
  })

  it('may have what a step before makes', async () => {
    const report = await analyze(workflow('context: .', '{run: npm run build}'))
    assert.deepEqual(
      rulesOf(report).filter((one) => one.includes('checkout')),
      [],
    )
  })

  it('without a checkout have nothing', async () => {
    const report = await analyze(workflow('context: .', '{uses: docker/setup-buildx-action@v3}'))
    assert.ok(rulesOf(report).includes('error missing-checkout:5'))
  })
})
