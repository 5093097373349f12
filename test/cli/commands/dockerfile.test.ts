import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {type AnalyzeDockerfileOptions, analyzeDockerfile} from '../../../src/index.js'
import {runCli} from '../../helpers/run-cli.js'
import {itWhere} from '../../helpers/skip.js'
import {writeTree} from '../../helpers/tree.js'
import {validateSarif} from '../../helpers/validate-sarif.js'

const BEFORE =
  '\ufeff# syntax=docker/dockerfile:1\r\nFROM corp/base\r\nWORKDIR /app\r\n# all\r\nCOPY . .\r\nRUN npm ci\r\nCMD a && b\r\n'
const AFTER = BEFORE.replace(
  'COPY . .\r\nRUN npm ci\r\n',
  'COPY package.json package-lock.json ./\r\nRUN npm ci\r\nCOPY . .\r\n',
)

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON
const installOf = ({rewrites}: {rewrites: any[]}) =>
  rewrites.find(({rule}) => rule === 'install-after-source')

describe('dockerfile', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'slim-check-dockerfile-'))
    writeTree(root, {
      Dockerfile: BEFORE,
      'package.json': '{"name": "a"}',
      'package-lock.json': '{}',
      'src/a.js': '',
    })
  })
  afterEach(() => rmSync(root, {recursive: true}))

  const run = (...args: string[]) => runCli(['dockerfile', ...args], {cwd: root})
  const read = () => readFileSync(path.join(root, 'Dockerfile'), 'utf8')

  it('shows each change with its proof, and writes nothing', () => {
    const {status, stdout} = run()
    assert.equal(status, 0)
    assert.match(
      stdout,
      /^Rewrites of Dockerfile\n\n {2}An edit of src\/a\.js runs 2 of 3 steps again; with the \+ changes: 1 of 4\n\n {2}\+ copy package\.json, package-lock\.json first, then npm ci, then the source\n {4}lines 5-6, install-after-source\n {6}An edit of src\/a\.js runs 1 of 4 steps again instead of 2 of 3; the first build after this\n {6}change runs 3 of 4\n/,
    )
    assert.match(stdout, /\n {2}\? start b with exec {3}line 7, shell-is-pid-1\n/)
    assert.match(stdout, /\nRun again with --write/)
    assert.equal(read(), BEFORE)
  })

  it('shows a diff', () => {
    const {stdout} = run('--diff')
    assert.match(stdout, /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n/)
    assert.match(
      stdout,
      /\r\n\+COPY package\.json package-lock\.json \.\/\r\n RUN npm ci\r\n\+COPY \. \.\r\n/,
    )
    assert.equal(read(), BEFORE)
  })

  it('writes the safe changes, every other byte kept', () => {
    assert.equal(run('--write').status, 0)
    assert.equal(read(), AFTER)
    assert.match(run('--write').stdout, /^Nothing to write: .*--all takes the \? ones/)
    assert.equal(read(), AFTER)
  })

  it('writes those to review with --all', () => {
    assert.equal(run('--write', '--all').status, 0)
    // the cache mount touches the same lines: it is made in a second turn
    const mounted = AFTER.replace('RUN npm ci', 'RUN --mount=type=cache,target=/root/.npm npm ci')
    assert.equal(read(), mounted.replace('CMD a && b', 'CMD a && exec b'))
  })

  it('prints JSON, and messages of a change on standard error', () => {
    const {stdout, stderr} = run('--json', '--diff')
    const report = JSON.parse(stdout)
    assert.deepEqual([report.schemaVersion, report.context, report.failed], [1, '.', []])
    assert.deepEqual(report.builds, [
      {name: 'Dockerfile', dockerfile: 'Dockerfile', target: null, otherTargets: []},
    ])
    const rewrite = installOf(report)
    assert.deepEqual(
      [rewrite.rule, rewrite.confidence, rewrite.line, rewrite.endLine],
      ['install-after-source', 'safe', 5, 6],
    )
    const text = BEFORE.slice(1)
    assert.deepEqual(
      rewrite.edits.map(({start, end}: {start: number; end: number}) => text.slice(start, end)),
      ['COPY . .', ''],
    )
    assert.match(stderr, /^--- a\/Dockerfile/)
  })

  it('proves a change for every service that shares the file', () => {
    const service = (context: string) =>
      `{build: {context: ${context}, dockerfile: ${path.join(root, 'Dockerfile')}}}`
    writeTree(root, {
      'compose.yaml': `services:\n  api: ${service('.')}\n  web: ${service('web')}\n`,
      'web/package.json': '{"scripts": {"postinstall": "x"}}',
      'web/package-lock.json': '{}',
    })
    const rewrite = installOf(JSON.parse(run('--compose', '--json').stdout))
    assert.deepEqual([rewrite.rule, rewrite.confidence], ['install-after-source', 'review'])
    assert.match(rewrite.questions[0], /script postinstall/)
    writeTree(root, {'web/package.json': '{"name": "web"}'})
    const {stdout} = run('--compose', '--write')
    assert.match(stdout, /\+COPY package\.json package-lock\.json \.\//)
    assert.equal(read(), AFTER)
  })

  it('predicts what each change does to the cache of a build', () => {
    const {rewrites, effects} = JSON.parse(run('--json', '--no-times').stdout)
    const figures = (stepCount: number, rerunCount: number) => {
      return {stepCount, rerunCount, dependsCount: 0, seconds: null, pullBytes: null}
    }
    assert.deepEqual(installOf({rewrites}).cache, [
      {
        build: 'Dockerfile',
        changedPath: 'src/a.js',
        before: figures(3, 2),
        after: figures(4, 1),
        firstBuild: figures(4, 3),
      },
    ])
    assert.deepEqual(effects, [
      {
        build: 'Dockerfile',
        dockerfile: 'Dockerfile',
        changedPath: 'src/a.js',
        now: figures(3, 2),
        safe: figures(4, 1),
        all: figures(4, 1),
      },
    ])
  })

  it('renders every format', () => {
    const wanted: [format: string, pattern: RegExp][] = [
      ['markdown', /#### Proved changes\n\n- `Dockerfile:5-6` \*\*copy package&?.*install-after-source/],
      ['html', /<h2>The change<\/h2><pre>--- a\/Dockerfile/],
      ['github', /^::warning file=Dockerfile,line=5,title=slim-check%3A install-after-source::/],
      ['json', /"effects"/],
    ]
    for (const [format, pattern] of wanted) assert.match(run('--format', format).stdout, pattern, format)
    const sarif = run('--format', 'sarif').stdout
    validateSarif(sarif)
    const first = JSON.parse(sarif).runs[0].results.find(
      ({ruleId}: {ruleId: string}) => ruleId === 'install-after-source',
    )
    const text = BEFORE.slice(1)
    const [{deletedRegion}] = first.fixes[0].artifactChanges[0].replacements
    const {charOffset, charLength} = deletedRegion
    assert.equal(text.slice(charOffset, charOffset + charLength), 'COPY . .')
    assert.equal(run('--output', 'out.html').status, 0)
    assert.match(readFileSync(path.join(root, 'out.html'), 'utf8'), /^<!doctype html>/)
  })

  it('makes a diff that git takes, CRLF and mark kept', () => {
    const {stdout} = run('--diff')
    execFileSync('git', ['apply', '-'], {cwd: root, input: stdout, stdio: 'pipe'})
    assert.equal(read(), AFTER)
    writeFileSync(path.join(root, 'Dockerfile'), BEFORE)
    const above = path.dirname(root)
    const fromAbove = runCli(['dockerfile', path.basename(root), '--diff'], {cwd: above}).stdout
    assert.match(fromAbove, new RegExp(`^--- a/${path.basename(root)}/Dockerfile\n`))
    execFileSync('git', ['apply', '-'], {cwd: above, input: fromAbove, stdio: 'pipe'})
    assert.equal(read(), AFTER)
  })

  itWhere(process.platform !== 'win32', 'not on Windows')('keeps the mode of a file that it writes', () => {
    chmodSync(path.join(root, 'Dockerfile'), 0o640)
    assert.equal(run('--write').status, 0)
    assert.equal(statSync(path.join(root, 'Dockerfile')).mode & 0o777, 0o640)
  })

  it('fails for what it is told to', () => {
    assert.equal(run('--fail-on', 'suggestion').status, 1)
    assert.equal(run('--fail-on', 'warning').status, 0)
    writeTree(root, {'.slim-check.yaml': 'rules:\n  install-after-source: warning\n'})
    assert.equal(run('--fail-on', 'warning').status, 1)
    writeTree(root, {'.slim-check.yaml': 'fail-on: suggestion\nrules:\n  install-after-source: off\n'})
    const {status, stdout} = run()
    assert.equal(status, 0)
    assert.doesNotMatch(stdout, /install-after-source/)
  })

  it('hears comments for other linters, and tells one of ours that names no rule', () => {
    const text = BEFORE.replace('CMD', '# hadolint ignore=DL3025\r\nCMD')
    writeFileSync(path.join(root, 'Dockerfile'), text)
    assert.doesNotMatch(run().stdout, /shell-is-pid-1/)
    writeFileSync(path.join(root, 'Dockerfile'), `FROM a\n# slim-check ignore=shell-is-pid1\nCMD a && b\n`)
    assert.match(run().stdout, /\n {2}info {5}Dockerfile:2 there is no rule "shell-is-pid1" \(did you mean/)
  })

  it('judges the caches of CI', () => {
    assert.match(run('--ci').stdout, /there is no workflow and no \.gitlab-ci\.yml to check/)
    writeTree(root, {
      '.github/workflows/ci.yml':
        'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker build .\n',
      '.github/workflows/broken.yml': 'jobs: [\n',
      '.gitlab-ci.yml': 'build:\n  services: [docker:dind]\n  script:\n    - docker build -f Dockerfile .\n',
    })
    const {findings, ciFiles} = JSON.parse(run('--ci', '--json').stdout)
    assert.deepEqual(
      findings.map(({rule, file, line}: {rule: string; file: string; line: number}) => [rule, file, line]),
      [
        ['ci-no-cache', '.github/workflows/ci.yml', 5],
        ['ci-no-cache', '.gitlab-ci.yml', 4],
        ['build-definition', '.github/workflows/broken.yml', 2],
      ],
    )
    assert.deepEqual(ciFiles, ['.github/workflows/ci.yml', '.gitlab-ci.yml'])
    assert.match(
      run('--ci').stdout,
      /\n {11}Import and export a cache\n {13}- uses: docker\/setup-buildx-action/,
    )
    assert.equal(run('--ci', '--fail-on', 'warning').status, 1)
    writeTree(root, {'.slim-check.yaml': 'rules: {ci-no-cache: off}\n'})
    assert.doesNotMatch(run('--ci').stdout, /ci-no-cache/)
  })

  it('resolves with the same in the library', async () => {
    const {rewrites, ciFiles} = await analyzeDockerfile({contextDir: root, ci: true})
    assert.deepEqual([installOf({rewrites}).rule, ciFiles], ['install-after-source', []])
    await assert.rejects(analyzeDockerfile({} as AnalyzeDockerfileOptions), /contextDir/)
  })

  it('needs a terminal to ask on', () => {
    const {status, stderr} = run('--interactive')
    assert.equal(status, 2)
    assert.match(stderr, /--interactive needs a terminal/)
  })

  it('says so where there is nothing to do', () => {
    writeFileSync(path.join(root, 'Dockerfile'), 'FROM scratch\nCOPY src /\n')
    assert.match(run().stdout, /No rule found anything to improve/)
    assert.match(run('--write').stdout, /^Nothing to write/)
  })

  it('fails without a Dockerfile, for a broken one, and for a write of standard input', () => {
    rmSync(path.join(root, 'Dockerfile'))
    assert.match(run().stderr, /Dockerfile not found/)
    assert.equal(run().status, 2)
    writeFileSync(path.join(root, 'Dockerfile'), 'COPPY a b\n')
    assert.match(run().stderr, /unknown instruction "COPPY"/)
    assert.match(run('--file', '-', '--write').stderr, /standard input/)
  })

  it('names below the heading the stages that were tried, too, where there is no room behind it', () => {
    const stages = ['base', 'dependencies', 'tests'].map(
      (name) => `FROM scratch AS ${name}\nCOPY src /${name}\n`,
    )
    writeTree(root, {Dockerfile: [...stages, 'FROM scratch\nCOPY src /src\n'].join('')})
    const show = (columns: string) =>
      runCli(['dockerfile', '--no-times'], {cwd: root, env: {COLUMNS: columns}}).stdout
    const text = '(tried with --target base, dependencies, tests, too)'
    assert.ok(show('100').startsWith(`Rewrites of Dockerfile   ${text}\n`), show('100'))
    assert.ok(show('60').startsWith(`Rewrites of Dockerfile\n  ${text}\n`), show('60'))
  })

  it('fits a narrow terminal to the last line', () => {
    const {stdout} = runCli(['dockerfile', 'examples/service', '--no-times'], {env: {COLUMNS: '60'}})
    const last = stdout.trimEnd().split('\n').slice(-2)
    assert.deepEqual(last, ['Run again with --write to make the + changes, --diff to see', 'them'])
  })
})
