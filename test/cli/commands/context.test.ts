import assert from 'node:assert/strict'
import {chmodSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../../src/report/context-report.js'
import {openProgramToAll} from '../../helpers/ordinary-user.js'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('context', () => {
  const program = openProgramToAll()
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'app/Dockerfile': 'FROM scratch AS base\nCOPY src /src\nFROM base AS dev\nCOPY . .\nFROM base\n',
      'app/src/index.js': 'x'.repeat(100),
      'app/README.md': 'readme',
      'app/api/Dockerfile': 'FROM scratch\nCOPY src/index.js /\n',
      'app/api/Dockerfile.dockerignore': '# nothing\n',
      'plain/src/a.js': 'a',
      'plain/node_modules/left/package.json': '{}',
      'plain/node_modules/left/index.js': 'x'.repeat(5000),
      'nothing/Dockerfile': 'FROM scratch\nENV A=b\n',
      'named/Dockerfile': 'FROM scratch\nCOPY --from=lib . /\n',
      'broken/.dockerignore': 'a\n[b\n*\n!\n',
      'late/.dockerignore': '[z-a]\n',
      'late/x': '',
      'badfile/Dockerfile': 'FROM scratch\nCOPPY . .\n',
      file: '',
    })
    writeFileSync(path.join(root, 'long'), '')
  })
  after(() => removeTree(root))

  const run = (...args: string[]): CliResult => runCli(['context', ...args], {cwd: root})
  const report = (...args: string[]): ContextReport =>
    JSON.parse(run(...args, '--json').stdout) as ContextReport

  it('writes the format that the name of the file says', () => {
    const rows: [name: string, start: RegExp][] = [
      ['r.html', /^<!doctype html>/i],
      ['r.MD', /^<!-- /],
      ['r.json', /^{\n {2}"schemaVersion"/],
      ['r.sarif', /"version": "2\.1\.0"/],
      ['r.txt', /^Context /],
    ]
    for (const [name, start] of rows) {
      const file = path.join(root, name)
      assert.equal(runCli(['context', 'app', '-o', file], {cwd: root}).status, 0)
      assert.match(readFileSync(file, 'utf8'), start, name)
    }
    const file = path.join(root, 'r.json')
    runCli(['context', 'app', '-o', file, '--format', 'text'], {cwd: root})
    assert.match(readFileSync(file, 'utf8'), /^Context /)
  })

  it('shows the transfer, the rebuild and what nobody asks for', () => {
    const {status, stdout, stderr} = run('app')
    assert.equal(status, 0)
    assert.equal(stderr, '')
    assert.match(stdout, /^Context app {3}Dockerfile {3}no ignore file\n/)
    assert.match(
      stdout,
      /Docker will transfer\s+\d+ B\s+1 file\s+\d+ B again on every rebuild, even if nothing changed$/m,
    )
    assert.match(stdout, /in context, not sent\s+\d+ B\s+4 files/)
    assert.match(stdout, / src\n/)
  })

  it('gives the target what it asks for', () => {
    assert.deepEqual(report('app').plans[0]!.requestedPaths, ['src'])
    const dev = report('app', '--target', 'dev').plans[0]!
    assert.equal(dev.requestedPaths, null)
    assert.equal(dev.target, 'dev')
    assert.deepEqual(dev.before, dev.eligible)
  })

  it('takes --file relative to the working directory, with the ignore file beside it', () => {
    const [plan] = report('app', '--file', 'app/api/Dockerfile').plans
    assert.equal(plan!.dockerfile, 'api/Dockerfile')
    assert.equal(plan!.ignoreFile, 'api/Dockerfile.dockerignore')
  })

  it('reads a Dockerfile from standard input only when told to', () => {
    const {stdout} = runCli(['context', 'app', '-f', '-'], {
      cwd: root,
      input: 'FROM scratch\nCOPY README.md /\n',
    })
    assert.match(stdout, /README\.md/)
    const unasked = runCli(['context'], {cwd: path.join(root, 'plain'), input: 'x\n'})
    assert.equal(unasked.status, 0)
    assert.match(unasked.stdout, /^Context \. /)
  })

  it('reports the eligible entries without a Dockerfile, and says so', () => {
    const {stdout} = run('plain')
    assert.match(stdout, /no Dockerfile/)
    assert.match(stdout, /There is no Dockerfile: these are the sizes of COPY \. \./)
    assert.match(stdout, /node_modules\s+npm packages/)
    const {plans, largest} = report('plain')
    assert.equal(plans[0]!.dockerfile, null)
    assert.equal(plans[0]!.requestedPaths, null)
    assert.deepEqual(
      largest.map(({path: place, kind}) => [place, kind]),
      [
        ['node_modules', 'npm-packages'],
        ['src', 'other'],
      ],
    )
  })

  it('says when nothing is asked for', () => {
    assert.match(run('nothing').stdout, /This Dockerfile uses nothing from the context/)
    assert.equal(report('nothing').before.transferBytes, 0)
    assert.equal(report('nothing').plans[0]!.usesContext, false)
  })

  it('measures a named context by itself', () => {
    const [plan] = report('named', '--build-context', 'lib=plain').plans
    assert.equal(plan!.usesContext, false)
    assert.deepEqual(
      plan!.namedContexts.map(({name, context, usesContext}) => [name, context, usesContext]),
      [['lib', 'plain', true]],
    )
    assert.ok(plan!.namedContexts[0]!.before.transferBytes > 5000)
  })

  it('takes a tar from standard input', () => {
    const tar = path.join(root, 'context.tar')
    assert.equal(runCli(['ls', 'app', '--target', 'dev', '--output-context', tar], {cwd: root}).status, 0)
    const {status, stdout} = runCli(['context', '-', '--json'], {cwd: root, input: readBytes(tar)})
    assert.equal(status, 0)
    const sizes = (JSON.parse(stdout) as ContextReport).before
    assert.equal(sizes.fileCount, report('app', '--target', 'dev').before.fileCount)
    assert.equal(sizes.transferBytes, readBytes(tar).length)
  })

  it('holds a tar to its budgets, and takes no flag that needs a directory', () => {
    const tar = path.join(root, 'judged.tar')
    assert.equal(runCli(['ls', 'plain', '--output-context', tar], {cwd: root}).status, 0)
    const runTar = (...args: string[]) =>
      runCli(['context', '-', ...args], {cwd: root, input: readBytes(tar)})
    const rows: [args: string[], status: number, told: RegExp][] = [
      [['--max-transfer', '1B'], 1, /max-transfer/],
      [['--max-transfer', '1GB', '--max-files', '1'], 1, /max-files/],
      [['--max-entry', '1GB'], 0, /max-entry/],
      [['--fail-on', 'error'], 0, /tar-context/],
      [['--depth', '2'], 0, /node_modules\/left/],
      [['--bandwidth', '1Mbit'], 0, /1 Mbit/],
      [['--write'], 2, /--write needs a directory/],
      [['--diff'], 2, /--diff needs a directory/],
      [['--tree'], 2, /--tree needs a directory/],
      [['--compose'], 2, /--compose needs a directory/],
      [['--baseline', 'x.json'], 2, /--baseline needs a directory/],
      [['--file', '-'], 2, /cannot both come from standard input/],
      [['--config', 'nowhere.yaml'], 2, /Configuration file not found/],
    ]
    for (const [args, status, told] of rows) {
      const result = runTar(...args)
      assert.match(result.stdout + result.stderr, told)
      assert.equal(result.status, status, args.join(' '))
    }
    writeFileSync(path.join(root, 'strict.yaml'), 'fail-on: warning\nrules:\n  tar-context: error\n')
    assert.equal(runTar('--config', 'strict.yaml').status, 1)
  })

  it('shortens nothing in a pipe and shows every byte with --bytes', () => {
    assert.match(run('plain', '--bytes').stdout, /5,\d{3} B/)
    assert.match(run('plain', '--top', '1').stdout, /node_modules/)
    assert.deepEqual(
      report('plain', '--depth', '2').largest.map(({path: place}) => place),
      ['node_modules/left', 'src/a.js'],
    )
  })

  const failures: [args: string[], code: string, message: RegExp, line?: number][] = [
    [['nowhere'], 'context-not-found', /Build context not found: "nowhere"/],
    [['file'], 'context-not-directory', /"file" is a file, not a directory/],
    [['https://example.com/x.git'], 'context-is-url', /is a URL/],
    [
      ['broken'],
      'ignore-file-invalid',
      /\.dockerignore:2: bad pattern "\[b": the bracket is never closed\n.*\.dockerignore:4: /s,
      2,
    ],
    [['late'], 'ignore-pattern-failed', /\.dockerignore:1: bad pattern "\[z-a\]".*backwards/, 1],
    [['badfile'], 'dockerfile-invalid', /badfile\/Dockerfile:2: .*COPPY/, 2],
    [['app', '--target', 'nope'], 'target-not-found', /Dockerfile: there is no stage "nope".*with --target/s],
    [['app', '-f', 'nope'], 'dockerfile-not-found', /Dockerfile not found: "nope"/],
    [['app', '-f', 'app'], 'dockerfile-unreadable', /it is a directory/],
    [['app', '--bogus'], 'bad-flag', /There is no flag "--bogus"/],
    [['app', '--top', 'x'], 'bad-flag', /x/],
    [['app', 'second'], 'bad-flag', /second/],
    [['app', '--build-context', 'lib'], 'bad-flag', /--build-context: "lib" is not NAME=PATH/],
    [['app', '--build-context', '=lib'], 'bad-flag', /"=lib" is not NAME=PATH/],
    [['app', '--build-context', 'lib=a:b'], 'context-not-found', /Build context not found: "a:b"/],
    [['app', '--top', '0'], 'bad-flag', /--top: "0" is not a whole number/],
    // Before any report: standard output is empty.
    [['app', '--update-baseline'], 'bad-flag', /--update-baseline needs to know the file/],
  ]
  for (const [args, code, message, line] of failures) {
    it(`fails with ${code} for ${args.join(' ')}`, () => {
      const text = run(...args)
      assert.equal(text.status, 2)
      assert.equal(text.stdout, '')
      assert.match(text.stderr, message)
      assert.match(text.stderr, /^Try this: /m)
      assert.doesNotMatch(text.stderr, /\n\s+at /)
      const json = run(...args, '--json')
      assert.equal(json.status, 2)
      const {schemaVersion, error} = JSON.parse(json.stdout)
      assert.equal(schemaVersion, 1)
      assert.equal(error.code, code)
      if (line !== undefined) assert.equal(error.line, line)
    })
  }

  it('fails for an ignore file with a line of 64 KiB, and for one that is not a text', () => {
    const place = path.join(root, 'hostile')
    writeTree(place, {'.dockerignore': `a\n${'x'.repeat(65_536)}\n`})
    assert.match(run('hostile').stderr, /\.dockerignore:2: the line is longer than 65535 bytes/)
    writeFileSync(path.join(place, '.dockerignore'), Buffer.from([0, 255, 254, 10, 0, 200]))
    const {status, stderr} = run('hostile')
    assert.equal(status, 2)
    assert.match(stderr, /the file is not text/)
  })

  it('fails for a directory that cannot be read, and names one below the root', function () {
    skipUnless(this, process.platform !== 'win32', 'no modes on Windows')
    chmodSync(root, 0o755)
    const place = path.join(root, 'closed')
    writeTree(place, {'inside/x': 'x', y: 'y'})
    try {
      chmodSync(path.join(place, 'inside'), 0)
      const {stdout} = program.runAsOrdinaryUser(['context', place, '--json'])
      const finding = (JSON.parse(stdout) as ContextReport).findings.find(
        ({rule}) => rule === 'unreadable-directory',
      )
      assert.equal(finding?.severity, 'error')
      assert.match(finding.message, /inside/)
      chmodSync(place, 0)
      assert.equal(program.runAsOrdinaryUser(['context', place]).status, 2)
    } finally {
      // Else an ordinary user could not remove it.
      chmodSync(place, 0o755)
      chmodSync(path.join(place, 'inside'), 0o755)
    }
  })

  it('shows the spelling of the call in its help', () => {
    const spellings: [env: Record<string, string>, spelling: string][] = [
      [{}, 'docker-slim-check'],
      [{DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker'}, 'docker slimcheck'],
      [
        {DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker', SLIM_CHECK_SPELLING: 'docker slim-check'},
        'docker slim-check',
      ],
    ]
    for (const [env, spelling] of spellings) {
      const {status, stdout} = runCli(['context', '--help'], {env})
      assert.equal(status, 0)
      assert.ok(stdout.includes(`$ ${spelling} context [DIR]`), stdout)
    }
  })
})

function readBytes(file: string): Uint8Array {
  return readFileSync(file)
}
