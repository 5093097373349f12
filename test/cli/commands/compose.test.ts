// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
import assert from 'node:assert/strict'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {matchSnapshot} from '../../helpers/snapshot.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'
import {validateSarif} from '../../helpers/validate-sarif.js'

const BEFORE =
  '\ufeff# ours\r\nservices:\r\n  web:\r\n    build: .\r\n  worker: # behind\r\n    build: . # same\r\n    command: a && b\r\n    depends_on: [web]\r\n'
const AFTER = BEFORE.replace(
  'build: . # same',
  'image: ${COMPOSE_PROJECT_NAME}-web\r\n    pull_policy: never # same',
)

const FORMATS = ['text', 'json', 'markdown', 'html', 'sarif', 'github'] as const

describe('compose', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {'compose.yaml': BEFORE, Dockerfile: 'FROM node:22\nCMD ["node", "a.js"]\n', 'a.js': ''})
  })
  afterEach(() => removeTree(root))

  /** No engine is asked: what it has is not known here. */
  const run = (...args: string[]) => runCli(['compose', '--no-sizes', ...args], {cwd: root})
  const read = () => readFileSync(path.join(root, 'compose.yaml'), 'utf8')

  for (const [width, name] of [
    ['60', 'narrow'],
    ['200', 'wide'],
  ] as const) {
    it(`shows an example on a ${name} screen`, () => {
      const {status, stdout} = runCli(['compose', 'examples/compose-stack', '--no-sizes'], {
        env: {COLUMNS: width},
      })
      assert.equal(status, 0)
      matchSnapshot(`compose/example-${name}.txt`, stdout)
      const longest = Math.max(...stdout.split('\n').map((line) => line.length))
      assert.ok(longest <= Number(width), `${longest}`)
    })
  }

  it('says which environment file is missing', () => {
    const {status, stderr} = run('--environment-file', 'other.env')
    assert.equal(status, 2)
    assert.match(stderr, /^Error: other\.env: there is no such environment file\n/)
  })

  it('reads variables from another environment file', () => {
    writeFileSync(path.join(root, 'other.env'), 'IMAGE=example/other\n')
    writeFileSync(path.join(root, 'compose.yaml'), 'services: {web: {image: "${IMAGE:-example/none}"}}\n')
    assert.match(run('--environment-file', 'other.env').stdout, /example\/other/)
  })

  it('fails on errors, and says why in one line', () => {
    const {status, stderr} = run()
    assert.equal(status, 1)
    assert.match(stderr, /^[^\n]*error[^\n]*\n$/)
    assert.equal(run('--fail-on', 'never').status, 0)
  })

  it('prints JSON, and nothing else', () => {
    const report = JSON.parse(run('--json', '--fail-on', 'never').stdout)
    assert.equal(report.schemaVersion, 1)
    assert.deepEqual(
      report.services.map((service: {name: string; build: {sameAs: string | null}}) => service.build.sameAs),
      [null, 'web'],
    )
    assert.deepEqual(
      report.findings.map(({rule, severity}: {rule: string; severity: string}) => [severity, rule]),
      [
        ['error', 'compose-cut-command'],
        ['warning', 'compose-repeated-build'],
        ['info', 'compose-no-init'],
        ['info', 'compose-no-limits'],
      ],
    )
  })

  it('writes what is proved, every other byte kept', () => {
    assert.equal(run('--diff', '--fail-on', 'never').status, 0)
    assert.equal(read(), BEFORE)
    assert.equal(run('--write', '--fail-on', 'never').status, 0)
    assert.equal(read(), AFTER)
    assert.match(run('--write', '--fail-on', 'never').stdout, /^Nothing to write: .*--all takes the \? ones/)
    assert.equal(run('--write', '--all', '--fail-on', 'never').status, 0)
    assert.equal(read(), AFTER.replace('command: a && b', 'command: ["sh", "-c", "a && b"]'))
  })

  it('shows a diff that git can apply', () => {
    const {stdout} = run('--diff', '--fail-on', 'never')
    assert.match(stdout, /^--- a\/compose\.yaml\n\+\+\+ b\/compose\.yaml\n/)
  })

  it('writes SARIF that is valid, with the fix', () => {
    const {stdout} = run('--format', 'sarif', '--fail-on', 'never')
    validateSarif(stdout)
    assert.match(stdout, /pull_policy: never/)
  })

  it('annotates lines', () => {
    const {stdout} = run('--format', 'github', '--fail-on', 'never')
    assert.match(stdout, /^::error file=compose\.yaml,line=7,title=/m)
  })

  it('escapes hostile names in every format', () => {
    const name = '</td>\u001b[31m|`x'
    const yaml = `services: {${JSON.stringify(name)}: {image: ${JSON.stringify(name)}, command: ${JSON.stringify(`${name} && x`)}}}`
    writeFileSync(path.join(root, 'compose.yaml'), yaml)
    for (const format of FORMATS) {
      const {stdout} = run('--format', format, '--fail-on', 'never')
      assert.ok(!stdout.includes('\u001b'), format)
      if (format === 'html') assert.ok(!stdout.includes('</td>\\u'), format)
    }
  })

  it('leaves out what a comment or the configuration asks for, with its change', () => {
    const text =
      'services:\n  web:\n    image: a\n    command: a && b\n  # slim-check ignore=compose-cut-command,gone\n  job:\n    image: b\n    command: a && b\n'
    writeFileSync(path.join(root, 'compose.yaml'), text)
    const read = (...args: string[]) => JSON.parse(run('--json', '--fail-on', 'never', ...args).stdout)
    const {findings, rewrites} = read()
    const cut = findings.filter(({rule}: {rule: string}) => rule === 'compose-cut-command')
    assert.deepEqual(
      cut.map(({plan}: {plan: string}) => plan),
      ['web'],
    )
    assert.equal(rewrites.length, 1)
    assert.ok(
      findings.some(({rule, line}: {rule: string; line: number}) => rule === 'unknown-rule' && line === 5),
    )
    writeFileSync(path.join(root, '.slim-check.yaml'), 'rules: {compose-cut-command: off}\n')
    assert.deepEqual(read().rewrites, [])
  })

  it('finds the files one folder down, and asks where there are several', () => {
    const other = path.join(root, 'x')
    mkdirSync(other)
    writeTree(other, {'docker/compose.yaml': 'services: {a: {image: redis}}'})
    assert.equal(runCli(['compose', 'x', '--no-sizes'], {cwd: root}).status, 0)
    writeTree(other, {'deploy/compose.yaml': 'services: {a: {image: redis}}'})
    const {status, stderr} = runCli(['compose', 'x', '--no-sizes'], {cwd: root})
    assert.equal(status, 2)
    assert.match(stderr, /deploy.*docker/)
  })

  const errors: [title: string, args: string[], message: RegExp][] = [
    ['a missing file', ['-f', 'none.yaml'], /none\.yaml/],
    ['an unknown service', ['--service', 'wen'], /web/],
    ['no terminal to tick on', ['-i'], /--diff and --write/],
  ]
  for (const [title, args, message] of errors) {
    it(`refuses ${title}`, () => {
      const {status, stderr} = run(...args)
      assert.equal(status, 2)
      assert.match(stderr, message)
    })
  }

  it('keeps one service', () => {
    const {services} = JSON.parse(run('--service', 'web', '--json', '--fail-on', 'never').stdout)
    assert.deepEqual(
      services.map(({name}: {name: string}) => name),
      ['web'],
    )
  })

  it('reports a build that cannot start, and the others with it', () => {
    writeFileSync(path.join(root, 'compose.yaml'), 'services: {a: {build: ./gone}, b: {build: .}}')
    const {status, stdout} = run()
    assert.equal(status, 1)
    assert.match(stdout, /the build of "a" cannot start/)
  })
})

describe('the examples', () => {
  it('have a row each in their README', () => {
    const text = readFileSync(path.join(projectRoot, 'examples/README.md'), 'utf8')
    for (const name of ['monorepo', 'single-stage', 'base-and-app', 'service', 'compose-stack'])
      assert.match(text, new RegExp(`^\\| \`${name}\` \\|`, 'm'))
  })

  it('are left out of the search for builds', () => {
    const {status, stdout} = runCli(['context', '.', '--json'])
    assert.equal(status, 0)
    const {plans} = JSON.parse(stdout)
    assert.deepEqual(
      plans.map(({dockerfile}: {dockerfile: string | null}) => dockerfile),
      [null],
    )
  })
})
