import assert from 'node:assert/strict'
import {chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../../src/report/context-report.js'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const PROJECT = {
  Dockerfile:
    'FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n',
  'package.json': '{"scripts":{"build":"tsc"}}',
  'src/index.ts': 'export {}\n',
  'node_modules/left/package.json': '{}',
  'node_modules/left/index.js': 'x'.repeat(50_000),
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/objects/aa/bb': 'x'.repeat(20_000),
}

const BLOCK =
  '# >>> docker slim-check: paths the build does not need\n**/node_modules\n.git\n# <<< docker slim-check\n'

describe('context --write', () => {
  let root = ''
  let project = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    project = path.join(root, 'app')
    writeTree(project, PROJECT)
  })
  afterEach(() => removeTree(root))

  const run = (...args: string[]): CliResult => runCli(['context', 'app', ...args], {cwd: root})
  const report = (...args: string[]): ContextReport =>
    JSON.parse(run('--json', ...args).stdout) as ContextReport
  const ignoreFile = (): string => readFileSync(path.join(project, '.dockerignore'), 'utf8')

  it('leaves to the user what is not there yet', () => {
    removeTree(project)
    writeTree(project, {Dockerfile: 'FROM scratch\nCOPY . /\n', 'a.txt': 'a'})
    assert.match(run('--write', '--fail-on', 'never').stdout, /^Nothing to write: .*for you to name\n/)
  })

  it('creates the file, and predicts what is then measured', () => {
    const {after} = report()
    const {status, stdout} = run('--write')
    assert.equal(status, 0, stdout)
    assert.match(stdout, /^Created \.dockerignore/m)
    assert.equal(ignoreFile(), BLOCK)
    assert.deepEqual(report().before, after)
  })

  it('keeps the report apart from what is said of the change', () => {
    const file = path.join(root, 'report.txt')
    const rows: [args: string[], stdout: RegExp, stderr: RegExp][] = [
      [['--diff', '--json'], /^\{\n {2}"schemaVersion": 1/, /^\+\*\*\/node_modules/m],
      [['--diff', '--format', 'markdown'], /^### Docker/m, /^\+\*\*\/node_modules/m],
      [['--diff', '--output', file], /^--- \/dev\/null/, /^Wrote .*report\.txt/],
      [['--write', '--output', file], /^Created \.dockerignore/m, /^Wrote .*report\.txt/],
    ]
    for (const [args, out, err] of rows) {
      const {status, stdout, stderr} = run(...args)
      assert.equal(status, 0)
      assert.match(stdout, out)
      assert.match(stderr, err)
      if (!args.includes(file)) continue
      assert.match(readFileSync(file, 'utf8'), /^Context app/)
      removeTree(file)
    }
  })

  it('changes nothing the second time', () => {
    run('--write')
    const {mtimeMs} = statSync(path.join(project, '.dockerignore'))
    const {status, stdout} = run('--write')
    assert.equal(status, 0)
    assert.match(stdout, /^Nothing to write/)
    assert.equal(statSync(path.join(project, '.dockerignore')).mtimeMs, mtimeMs)
  })

  it('shows what makes it fail, as the report is not shown', () => {
    writeTree(project, {'.env': 'PASSWORD=hunter2hunter\n'})
    const {status, stdout, stderr} = run('--write')
    assert.equal(status, 1)
    assert.match(stdout, /^Created \.dockerignore/m)
    assert.match(stderr, /^Problems\n {2}error {4}Dockerfile:\d+ "\.env".*\n/m)
    assert.match(stderr, /\nExit status 1: 1 error \(secret-in-context\)/)
  })

  it('finds nothing to say about its own lines afterwards', () => {
    assert.equal(run('--write', '--all').status, 0)
    const {findings} = JSON.parse(run('--json').stdout) as {findings: {file?: string; rule: string}[]}
    assert.deepEqual(
      findings.filter(({file}) => file === '.dockerignore'),
      [],
    )
  })

  it('says of each own file in the context that the next build sends it', () => {
    const files = ['report.html', 'report.md', 'budget.json']
    const noted = (...words: string[]) =>
      runCli(['context', '.', ...words], {cwd: project}).stderr.match(/^Note: (\S+) is now part of/m)?.[1]
    assert.deepEqual(
      [
        noted('--output', files[0]!),
        noted('--output', files[1]!),
        noted('--baseline', files[2]!, '--update-baseline'),
      ],
      files,
    )
    writeFileSync(path.join(project, '.dockerignore'), 'report.*\n')
    assert.equal(noted('--output', files[0]!), undefined)
  })

  it('shows the change with --diff and writes nothing', () => {
    const {status, stdout} = run('--diff')
    assert.equal(status, 0)
    assert.match(stdout, /^\+\*\*\/node_modules$/m)
    assert.match(stdout, /^transfer .*→/m)
    assert.ok(!existsSync(path.join(project, '.dockerignore')))
  })

  it("keeps the user's lines, endings, byte-order mark and mode", () => {
    const file = path.join(project, '.dockerignore')
    const users = '\uFEFF# mine\r\n*.log\r\n\r\n!keep.log'
    writeFileSync(file, users)
    chmodSync(file, 0o640)
    assert.equal(run('--write').status, 0)
    const text = ignoreFile()
    for (const line of ['\uFEFF# mine\r\n', '*.log\r\n', '!keep.log']) assert.ok(text.includes(line), text)
    assert.ok(text.indexOf('node_modules\r\n') < text.indexOf('!keep.log'))
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /\n/)
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o640)
  })

  it('writes through a link within the context', () => {
    writeTree(project, {'config/ignore': '*.tmp\n'})
    symlinkSync('config/ignore', path.join(project, '.dockerignore'))
    assert.equal(run('--write').status, 0)
    assert.ok(lstatSync(path.join(project, '.dockerignore')).isSymbolicLink())
    assert.match(readFileSync(path.join(project, 'config/ignore'), 'utf8'), /^\*\.tmp\n# >>>/)
  })

  it('writes the ignore file of the Dockerfile where that is the one in force', () => {
    writeTree(project, {'Dockerfile.dockerignore': '# own\n', '.dockerignore': '# root\n'})
    assert.equal(run('--write').status, 0)
    assert.equal(ignoreFile(), '# root\n')
    assert.match(
      readFileSync(path.join(project, 'Dockerfile.dockerignore'), 'utf8'),
      /^# own\n# >>>[\s\S]*node_modules/,
    )
  })

  it('puts lines behind an allow-list that brings everything back', () => {
    writeTree(project, {
      '.dockerignore': '*\n!package.json\n!node_modules\n!src\n',
      'src/node_modules/a/package.json': '{}',
    })
    const {suggestions} = report()
    assert.ok(suggestions.every(({pattern}) => !pattern.startsWith('!')))
    run('--write')
    assert.ok(ignoreFile().startsWith('*\n!package.json\n!node_modules\n!src\n'))
  })

  it('never writes what a COPY names', () => {
    writeTree(project, {Dockerfile: 'FROM scratch\nCOPY node_modules /n\nCOPY . /\n'})
    const modules = report().suggestions.find(({rule}) => rule === 'node-modules')
    assert.equal(modules?.confidence, 'blocked')
    run('--write', '--all')
    assert.doesNotMatch(existsSync(path.join(project, '.dockerignore')) ? ignoreFile() : '', /node_modules/)
  })

  const verdicts: [args: string[], status: number, stderr: RegExp][] = [
    [['--max-transfer', '1MB'], 0, /^$/],
    [['--max-transfer', '20kB'], 0, /^$/],
    [['--max-transfer', '10'], 1, /FAIL {2}max-transfer/],
    [['--fail-on', 'suggestion'], 0, /^$/],
  ]
  for (const [args, status, stderr] of verdicts) {
    it(`judges what is there after the write: ${args.join(' ')}`, () => {
      const result = run('--write', ...args)
      assert.equal(result.status, status, result.stderr)
      assert.match(result.stderr, stderr)
    })
  }

  it('records what is there after the write', () => {
    const baseline = path.join(root, 'baseline.json')
    const {status, stderr} = run('--write', '--baseline', baseline, '--update-baseline')
    assert.equal(status, 0, stderr)
    const {builds} = JSON.parse(readFileSync(baseline, 'utf8')) as {builds: {transferBytes: number}[]}
    assert.equal(builds[0]!.transferBytes, report().before.transferBytes)
  })

  it('shows an ignore file of its own in the diff, and without a terminal says that it was not made', () => {
    writeTree(project, {
      'web/Dockerfile': 'FROM node\nCOPY web/data /data\n',
      'web/data/orders.csv': 'x'.repeat(1_500_000),
      'docker-bake.json':
        '{"group": {"default": {"targets": ["api", "web"]}}, "target": {"api": {}, "web": {"dockerfile": "web/Dockerfile"}}}',
    })
    const own = path.join(project, 'web/Dockerfile.dockerignore')
    const words = ['--bake', '--all']
    const shown = run(...words, '--diff').stdout
    assert.match(shown, /^Once you agree .*this as well: it saves 1\.5 MB more$/m)
    assert.match(shown, /^\+\+\+ b\/web\/Dockerfile\.dockerignore$/m)
    assert.match(run(...words, '--diff', '--yes').stdout, /^With --yes, this as well/m)
    const {status, stdout} = run(...words, '--write')
    assert.equal(status, 0, stdout)
    assert.match(
      stdout,
      /^Not created: web\/Dockerfile\.dockerignore, which would save 1\.5 MB more\. There is no terminal to ask on: --yes agrees$/m,
    )
    assert.ok(!existsSync(own))
    assert.equal(run(...words, '--write', '--yes').status, 0)
    assert.ok(existsSync(own))
  })

  it('asks only on a terminal', () => {
    const {status, stderr} = run('--interactive')
    assert.equal(status, 2)
    assert.match(stderr, /--interactive needs a terminal/)
  })

  it('writes not through a link out of the context, but to the file that is in force', function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    writeTree(project, {'.dockerignore': '# mine\n'})
    const outside = path.join(root, 'outside')
    writeFileSync(outside, '# not ours\n')
    symlinkSync(outside, path.join(project, 'Dockerfile.dockerignore'))
    const {status, stderr} = run('--write')
    assert.equal(status, 0, stderr)
    assert.equal(readFileSync(outside, 'utf8'), '# not ours\n')
    assert.match(ignoreFile(), /^# mine\n# >>>[\s\S]*node_modules/)
  })

  const failOn: [value: string, status: number][] = [
    ['never', 0],
    ['suggestion', 1],
    ['warning', 1],
    ['error', 0],
  ]
  for (const [value, status] of failOn) {
    it(`--fail-on ${value} gives ${status}`, () => assert.equal(run('--fail-on', value).status, status))
  }
})
