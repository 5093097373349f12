import assert from 'node:assert/strict'
import {mkdirSync} from 'node:fs'
import path from 'node:path'
import {analyzeProject, SlimCheckError} from '../../../src/index.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {matchSnapshot} from '../../helpers/snapshot.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const EXAMPLES = ['monorepo', 'single-stage', 'base-and-app', 'service', 'compose-stack']

describe('overview', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  for (const name of EXAMPLES) {
    it(`shows the example ${name}`, () => {
      const {status, stdout} = runCli([`examples/${name}`, '--no-sizes'])
      assert.equal(status, 0)
      matchSnapshot(`overview/${name}.txt`, stdout)
    })
  }

  it('fits a narrow screen', () => {
    const {stdout} = runCli(['examples/monorepo', '--no-sizes'], {env: {COLUMNS: '60'}})
    const commands = /^ +docker-slim-check /
    const longest = Math.max(...stdout.split('\n').map((line) => (commands.test(line) ? 0 : line.length)))
    assert.ok(longest <= 60, stdout)
  })

  it('shows the other parts beside an image that cannot be read', () => {
    writeTree(root, {Dockerfile: 'FROM node:22\nCOPY . .\n', 'a.js': '', 'image.tar': 'no archive'})
    const {status, stdout} = runCli(['.', '--no-sizes', '--image', './image.tar'], {cwd: root})
    assert.equal(status, 0)
    assert.match(stdout, /^ {2}Rebuild +an edit of a\.js runs 1 of 1 step/m)
    assert.equal(stdout.match(/image\.tar" cannot be read as an image/g)?.length, 1, stdout)
  })

  it('names the ignore file where there are several, and counts what two builds share once', () => {
    const text = 'x'.repeat(200_000)
    writeTree(root, {
      'compose.yaml':
        'services:\n  a: {build: {context: ., dockerfile: a.Dockerfile}}\n  b: {build: {context: ., dockerfile: b.Dockerfile}}\n  c: {build: ./c}\n',
      'a.Dockerfile': 'FROM alpine\nCOPY . /a\n',
      'b.Dockerfile': 'FROM alpine\nCOPY . /b\n',
      'LICENSE.txt': text,
      'c/Dockerfile': 'FROM alpine\nCOPY . /c\n',
      'c/LICENSE.txt': text,
    })
    const {stdout} = runCli(['.', '--no-sizes'], {cwd: root})
    assert.match(stdout, /\? c\/\.dockerignore: ignore LICENSE\.txt; saves 200 kB\n/, stdout)
    assert.match(stdout, /\? \.dockerignore: ignore \S*LICENSE\.txt; saves 400 kB\n/, stdout)
  })

  it('names no line whose paths another one keeps out already', () => {
    const tests = Object.fromEntries(
      Array.from({length: 24}, (_, at) => [
        `${['app', 'src', 'lib/__tests__'][at % 3]}/a${at}.test.ts`,
        'x'.repeat(5_000),
      ]),
    )
    writeTree(root, {Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "a.js"]\n', 'a.js': '', ...tests})
    const {stdout} = runCli(['.', '--no-sizes'], {cwd: root})
    assert.equal(stdout.match(/\? ignore /g)?.length, 1, stdout)
  })

  for (const format of ['text', 'markdown', 'html']) {
    it(`says in ${format} where nothing is built what to name`, () => {
      const {status, stdout} = runCli(['.', '--no-sizes', '--format', format], {cwd: root})
      assert.equal(status, 0)
      assert.match(stdout, /Nothing is built here: name the directory/)
      writeTree(root, {Dockerfile: 'FROM scratch\n'})
      assert.match(
        runCli(['.', '--no-sizes', '--format', format], {cwd: root}).stdout,
        /No rule found anything/,
      )
    })
  }

  it('is what no command shows', () => {
    writeTree(root, {Dockerfile: 'FROM node:22\nCOPY . .\n', 'a.js': ''})
    const bare = runCli([], {cwd: root})
    assert.equal(bare.status, 0)
    assert.match(bare.stdout, /^Overview \.\n/)
  })

  it('takes a directory of any name, but not one of a command', () => {
    writeTree(root, {'web/Dockerfile': 'FROM node:22\n', 'image/x': ''})
    assert.match(runCli(['web', '--no-sizes'], {cwd: root}).stdout, /^Overview web\n/)
    mkdirSync(path.join(root, 'cache'))
    assert.doesNotMatch(runCli(['cache', 'web'], {cwd: root}).stdout, /^Overview/)
  })

  it('prints JSON with five parts and at most ten actions', () => {
    const {stdout} = runCli(['examples/monorepo', '--json', '--no-sizes'])
    const report = JSON.parse(stdout)
    assert.deepEqual(
      report.parts.map(({part}: {part: string}) => part),
      ['context', 'rebuild', 'dockerfile', 'image', 'compose'],
    )
    assert.ok(report.actions.length > 0 && report.actions.length <= 10)
  })

  it('is a function of the library', async () => {
    const contextDir = 'examples/compose-stack'
    const report = await analyzeProject({contextDir, workingDir: projectRoot})
    const {stdout} = runCli([contextDir, '--json', '--no-sizes'])
    assert.deepEqual(report, JSON.parse(stdout))
    await assert.rejects(analyzeProject({} as never), (error) => error instanceof SlimCheckError)
    await assert.rejects(
      analyzeProject({contextDir: 'examples/none', workingDir: projectRoot}),
      /examples\/none/,
    )
  })

  it('puts what fails first', () => {
    writeTree(root, {
      'compose.yaml':
        'services:\n  web: {build: ., depends_on: {db: {condition: service_healthy}}}\n  db: {image: postgres:17}\n',
      Dockerfile: 'FROM node:22\nCOPY . .\n',
      'a.js': '',
    })
    const {actions} = JSON.parse(runCli(['.', '--json', '--no-sizes'], {cwd: root}).stdout)
    assert.deepEqual([actions[0].kind, actions[0].part], ['error', 'compose'])
  })

  it('shows the other parts where one cannot be looked at', () => {
    writeTree(root, {'compose.yaml': 'services: [', 'a.txt': ''})
    const {status, stdout} = runCli(['.', '--json', '--no-sizes'], {cwd: root})
    assert.equal(status, 0)
    const parts = new Map(
      JSON.parse(stdout).parts.map(({part, status: state}: {part: string; status: string}) => [part, state]),
    )
    assert.deepEqual(
      [parts.get('context'), parts.get('dockerfile'), parts.get('compose')],
      ['known', 'absent', 'failed'],
    )
  })

  for (const format of ['markdown', 'html', 'github']) {
    it(`escapes a hostile directory in ${format}`, () => {
      const name = '<b>|`x\u001b[31m'
      writeTree(root, {[`${name}/Dockerfile`]: 'FROM a\n'})
      const {status, stdout} = runCli(['overview', name, '--format', format, '--no-sizes'], {cwd: root})
      assert.equal(status, 0)
      assert.ok(!stdout.includes('\u001b') && (format !== 'html' || !stdout.includes('<b>')))
    })
  }

  it('refuses a directory that is not there', () => {
    assert.equal(runCli(['overview', 'none'], {cwd: root}).status, 2)
    assert.equal(runCli(['./none'], {cwd: root}).status, 2)
  })
})
