import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import path from 'node:path'
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

  describe('with submodules', () => {
    const GIT = ['-c', 'protocol.file.allow=always', '-c', 'user.name=a', '-c', 'user.email=a@b']
    const git = (cwd: string, ...words: string[]) =>
      execFileSync('git', [...GIT, ...words], {cwd, stdio: 'ignore'})
    const commit = (cwd: string): void => {
      git(cwd, 'add', '--all')
      git(cwd, 'commit', '-qm', 'all')
    }
    const DOCKERFILE = 'FROM scratch\nCOPY lib/sub/s.txt lib/sub/deep/d.txt /\n'

    /** A repository with a submodule that has one itself. @returns its directory */
    const layOut = (own: Record<string, string>): string => {
      writeTree(directory, {'deep/d.txt': 'd', 'sub/s.txt': 's', 'main/Dockerfile': DOCKERFILE})
      writeTree(path.join(directory, 'main'), own)
      for (const name of ['deep', 'sub', 'main']) git(path.join(directory, name), 'init', '-q')
      commit(path.join(directory, 'deep'))
      git(path.join(directory, 'sub'), 'submodule', 'add', '-q', path.join(directory, 'deep'), 'deep')
      commit(path.join(directory, 'sub'))
      const main = path.join(directory, 'main')
      git(main, 'submodule', 'add', '-q', path.join(directory, 'sub'), 'lib/sub')
      git(main, 'submodule', 'update', '-q', '--init', '--recursive')
      commit(main)
      writeTree(main, {'lib/sub/litter.txt': 'not tracked', 'lib/sub/deep/litter.txt': 'nor this'})
      return main
    }
    const report = async (workingDir: string): Promise<ContextReport> => {
      const build = {contextDir: '.', workingDir}
      const choice = {workflows: true, env: {HOME: directory}}
      return (await analyzeRequest({build, choice, configFile: null})).analysis.report
    }
    const ownRules = (found: ContextReport): string[] =>
      rulesOf(found).filter((one) => /git-submodule|missing/.test(one))

    it('a Git context holds what they track, in all depths, and their .git', async () => {
      const main = layOut({...workflow('push: true'), 'all.Dockerfile': 'FROM scratch\nCOPY lib /\n'})
      const found = await report(main)
      assert.deepEqual(ownRules(found), [])
      assert.equal(found.plans[0]!.before.fileCount, 2)
      writeTree(main, workflow('push: true, file: all.Dockerfile'))
      // .git, .gitmodules and s.txt of one, .git and d.txt of the other.
      assert.equal((await report(main)).plans[0]!.before.fileCount, 5)
    })

    it('says which are not known here', async () => {
      const main = layOut(workflow('push: true'))
      removeTree(path.join(main, 'lib/sub'))
      mkdirSync(path.join(main, 'lib/sub'))
      assert.deepEqual(ownRules(await report(main)), ['info git-submodule:5'])
    })

    it('and which end the build', async () => {
      const main = layOut(workflow('push: true'))
      writeTree(main, {'.gitmodules': '[submodule "lib/sub"]\n\tpath = lib/sub\n'})
      assert.deepEqual(ownRules(await report(main)), ['error git-submodule:5'])
    })

    it('one that a clone leaves out is not there', async () => {
      const main = layOut(workflow('push: true'))
      const modules = '[submodule "lib/sub"]\n\tpath = lib/sub\n\turl = ../sub\n\tupdate = none\n'
      writeTree(main, {'.gitmodules': modules})
      assert.ok(ownRules(await report(main)).some((one) => one.startsWith('error missing')))
    })

    it('a checkout has them if it asks for them', async () => {
      const main = layOut(workflow('context: .'))
      assert.deepEqual(ownRules(await report(main)), [
        'error missing-in-checkout:2',
        'error missing-in-checkout:2',
      ])
      const checkout = '{uses: actions/checkout@v4, with: {submodules: recursive}}'
      writeTree(main, workflow('context: .', checkout))
      assert.deepEqual(ownRules(await report(main)), [])
    })
  })
})
