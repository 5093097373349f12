import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {runCli} from '../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

describe('how a run ends', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'leaky/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "index.js"]\n',
      'leaky/index.js': 'x',
      'leaky/.env': 'PASSWORD=hunter2hunter2\n',
      'steps/Dockerfile': 'FROM node:22\nCOPY . .\nRUN npm ci\nRUN npm run build\n',
      'steps/package.json': '{}',
      'steps/package-lock.json': '{}',
      'steps/index.js': 'x',
      'clean/Dockerfile': 'FROM node:22\nCOPY index.js /\n',
      'clean/index.js': 'x'.repeat(3000),
    })
    writeFileSync(path.join(root, 'never.yaml'), 'fail-on: never\n')
  })
  after(() => removeTree(root))

  const rows: [words: string[], status: number, lastLine: RegExp][] = [
    [['context', 'clean'], 0, /^$/],
    [
      ['context', 'leaky'],
      1,
      /^Exit status 1: 1 error \(secret-in-context\); with --fail-on never, findings do not fail the run$/,
    ],
    [['context', 'leaky', '--fail-on', 'never'], 0, /^$/],
    [['context', 'leaky', '--config', 'never.yaml'], 0, /^$/],
    [['context', 'leaky', '--config', 'never.yaml', '--fail-on', 'error'], 1, /^Exit status 1: 1 error/],
    [
      ['context', 'leaky', '--fail-on', 'warning'],
      1,
      /^Exit status 1: 1 error \(secret-in-context\), 1 warning \([\w-]+\);/,
    ],
    [['context', 'clean', '--max-transfer', '1kB'], 1, /^Exit status 1: max-transfer exceeded$/],
    [
      ['context', 'leaky', '--max-files', '1'],
      1,
      /^Exit status 1: 1 error \(secret-in-context\), max-files exceeded;/,
    ],
    [['cache', 'steps', '--max-rerun-steps', '1'], 1, /^Exit status 1: max-rerun-steps exceeded$/],
    [['context', 'leaky', '--json'], 1, /^Exit status 1: 1 error/],
    [['hook', 'check', 'clean'], 0, /^$/],
    [
      ['hook', 'check', 'leaky'],
      1,
      /^slim-check: refused \(exit status 1\)\. To skip the check once, set SLIM_CHECK=off$/,
    ],
    [['hook', 'check', 'clean', '--max-transfer', '1kB'], 1, /^slim-check: refused/],
  ]
  for (const [words, status, lastLine] of rows) {
    it(words.join(' '), () => {
      const result = runCli(words, {cwd: root})
      assert.equal(result.status, status, result.stdout + result.stderr)
      assert.match(result.stderr.trimEnd().split('\n').at(-1)!, lastLine)
    })
  }

  const quiet: [words: string[], stdout: RegExp, stderr: RegExp][] = [
    [['context', 'clean', '-q'], /^$/, /^$/],
    [['context', 'leaky', '--quiet'], /^$/, /^Exit status 1: 1 error/],
    [['context', 'clean', '--quiet', '--json'], /^\{\n {2}"schemaVersion"/, /^$/],
    [['cache', 'clean', '--quiet'], /^$/, /^$/],
    [['hook', 'check', 'clean', '--quiet'], /^$/, /^$/],
    [['hook', 'check', 'leaky', '--quiet'], /^slim-check: /, /refused/],
  ]
  for (const [words, stdout, stderr] of quiet) {
    it(`${words.join(' ')} says no more than it must`, () => {
      const result = runCli(words, {cwd: root})
      assert.match(result.stdout, stdout)
      assert.match(result.stderr, stderr)
    })
  }

  it('--color always colours a pipe, as FORCE_COLOR does', () => {
    for (const options of [{words: ['--color', 'always']}, {words: [], env: {FORCE_COLOR: '1'}}]) {
      const {stdout} = runCli(['context', 'clean', ...options.words], {cwd: root, ...options})
      assert.match(stdout, /\u001b\[/)
    }
    assert.doesNotMatch(runCli(['context', 'clean'], {cwd: root}).stdout, /\u001b\[/)
  })

  it('hook check names the finding, its place and what to do', () => {
    const {stdout} = runCli(['hook', 'check', 'leaky'], {cwd: root})
    assert.match(stdout, /^ {2}error: Dockerfile:3 "\.env" .* goes into the image/m)
  })

  it('hook check obeys the configuration of the project', () => {
    writeFileSync(path.join(root, 'leaky/.slim-check.yaml'), 'fail-on: never\n')
    assert.equal(runCli(['hook', 'check', 'leaky'], {cwd: root}).status, 0)
  })

  it('hook check is skipped with SLIM_CHECK=off, and says so', () => {
    const result = runCli(['hook', 'check', 'clean', '--max-transfer', '1kB'], {
      cwd: root,
      env: {SLIM_CHECK: 'off'},
    })
    assert.deepEqual([result.status, result.stdout], [0, 'slim-check: not checked, SLIM_CHECK=off\n'])
  })
})
