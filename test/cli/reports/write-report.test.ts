import assert from 'node:assert/strict'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** Commands that need no engine, and what tells their uploads of SARIF apart. */
const COMMANDS: [command: string, category: string | undefined][] = [
  ['context', undefined],
  ['cache', 'slim-check/cache/'],
  ['dockerfile', 'slim-check/dockerfile/'],
  ['compose', 'slim-check/compose/'],
]

describe('the forms of reports', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      Dockerfile: 'FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
      'compose.yaml': 'services: {web: {build: .}}\n',
      'package.json': '{}',
      'package-lock.json': '{}',
      'src/a.js': 'x',
    })
  })
  after(() => removeTree(root))
  const run = (...words: string[]) => runCli(words, {cwd: root})

  for (const [command, category] of COMMANDS) {
    it(`${command}: SARIF says whose it is`, () => {
      const {stdout} = run(command, '.', '--fail-on', 'never', '--format', 'sarif')
      assert.equal(JSON.parse(stdout).runs[0].automationDetails?.id, category)
    })
  }

  it('an overview has no places for SARIF', () => {
    const {status, stderr} = run('.', '-o', 'overview.sarif')
    assert.equal(status, 2)
    assert.match(
      stderr,
      /^Error: --format sarif: this report has no findings with a file and a line\nTry this: /,
    )
  })

  it('a file has no colours', () => {
    const {stdout} = run('cache', '.', '--color', 'always', '-o', '-')
    assert.doesNotMatch(stdout, /\u001b/)
  })
})
