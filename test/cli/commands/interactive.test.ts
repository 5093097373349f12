import assert from 'node:assert/strict'
import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import stringWidth from 'string-width'
import {skipUnless} from '../../helpers/skip.js'
import {
  endTerminals,
  hasTerminal,
  runOnTerminal,
  type TerminalOptions,
  type Typed,
} from '../../helpers/terminal.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const DOCKERFILE =
  'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["node", "dist/index.js"]\n'
const PROJECT = {
  Dockerfile: DOCKERFILE,
  'package.json': '{"scripts":{"build":"tsc"}}',
  'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
  'src/index.ts': 'export {}\n',
  'node_modules/left/package.json': '{}',
  'node_modules/left/index.js': 'x'.repeat(50_000),
  'coverage/lcov.info': 'TN:\n'.repeat(5_000),
  'docs/guide.md': 'word '.repeat(9_000),
  '.gitignore': 'node_modules\ncoverage\n',
}
const COMPOSE =
  'services:\n  web:\n    build: .\n    healthcheck: {test: ["CMD", "true"], disable: true}\n    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: postgres\n'

const [UP, DOWN, ENTER, ESCAPE] = ['\u001b[A', '\u001b[B', '\r', '\u001b']

describe('--interactive on a terminal', () => {
  let root = ''
  before(function () {
    skipUnless(this, hasTerminal, 'script of util-linux is not there')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, PROJECT)
  })
  afterEach(() => {
    endTerminals()
    removeTree(root)
  })

  const run = (words: string[], typed: Typed[], options: Partial<TerminalOptions> = {}) =>
    runOnTerminal([...words, '--interactive'], typed, {cwd: root, ...options})
  const ignoreFile = (): string => readFileSync(path.join(root, '.dockerignore'), 'utf8')

  it('writes what is ticked, with a running total', async () => {
    const {status, text} = await run(
      ['context', '.'],
      [
        [/ticked: transfer/, ' '],
        [/ticked: transfer/, ENTER],
      ],
    )
    assert.equal(status, 0, text)
    const totals = [...text.matchAll(/(\d) of (\d) lines ticked: transfer (.*?) → (.*?),/g)]
    assert.ok(totals.length >= 2, text)
    const [first, last] = [totals[0]!, totals.at(-1)!]
    assert.equal(Number(first[1]) - Number(last[1]), 1)
    assert.notEqual(first[4], last[4])
    // The first line was taken off, and the total is what was then measured.
    assert.doesNotMatch(ignoreFile(), /node_modules/)
    assert.match(ignoreFile(), /coverage/)
    assert.ok(text.includes(`→ ${last[4]}, `))
    assert.match(text, /Created \.dockerignore/)
  })

  it('moves, and ticks all', async () => {
    const {status, text} = await run(
      ['context', '.'],
      [
        [/ticked: transfer/, DOWN],
        [/❯ \[x\] \+ \S*coverage/, UP],
        [/❯ \[x\] \+ \S*node_modules/, 'j'],
        [/❯ \[x\] \+ \S*coverage/, 'k'],
        [/❯ \[x\] \+ \S*node_modules/, 'a'],
        [/ticked: transfer/, ENTER],
      ],
    )
    assert.equal(status, 0, text)
    assert.match(ignoreFile(), /node_modules[\s\S]*docs|docs[\s\S]*node_modules/)
  })

  for (const [name, key] of [
    ['q', 'q'],
    ['Esc', ESCAPE],
    ['Ctrl-D', '\u0004'],
  ] as const) {
    it(`leaves on ${name} without writing`, async () => {
      const {status, text} = await run(['context', '.'], [[/ticked: transfer/, key]])
      assert.equal(status, 0, text)
      assert.match(text, /Nothing was written/)
      assert.ok(!existsSync(path.join(root, '.dockerignore')))
    })
  }

  it('ends on Ctrl-C as a call that was broken off', async () => {
    const {status, text} = await run(['context', '.'], [[/ticked: transfer/, '\u0003']])
    assert.equal(status, 2, text)
    assert.match(text, /nothing was written/)
    assert.ok(!existsSync(path.join(root, '.dockerignore')))
  })

  for (const columns of [60, 200]) {
    it(`shows reasons whole on ${columns} columns`, async () => {
      const {text} = await run(['context', '.'], [[/ticked: transfer/, 'q']], {columns})
      assert.doesNotMatch(text.replace(/ticked: …/g, ''), /…/)
      for (const line of text.split('\n').slice(0, -1)) {
        const shown = line.split('\r').at(-1)!
        assert.ok(stringWidth(shown) <= columns, `${stringWidth(shown)}: ${shown}`)
      }
    })
  }

  it('offers an ignore file of its own, and writes it when it is ticked', async () => {
    const service = (name: string): string =>
      `  ${name}: {build: {context: ., dockerfile: ${name}/Dockerfile}}\n`
    writeTree(root, {
      'compose.yaml': `services:\n${service('api')}${service('web')}`,
      Dockerfile: 'FROM scratch\n',
      'api/data/orders.csv': 'x'.repeat(1_500_000),
      'api/Dockerfile': 'FROM python:3\nWORKDIR /app\nCOPY . .\nWORKDIR /app/api\nCMD python -m run\n',
      'web/Dockerfile': 'FROM node\nWORKDIR /app\nCOPY . .\nCMD npm start\n',
    })
    const {status, text} = await run(
      ['context', '.', '--compose'],
      [
        [/\[ \] \? new file/, 'a'],
        [/new files save 1\.\d+ MB more/, ENTER],
      ],
      {columns: 120},
    )
    assert.equal(status, 0, text)
    assert.match(text, /Created api\/Dockerfile\.dockerignore/)
    assert.match(ignoreFile(), /^api\/data$/m)
  })

  it('does the same for changes of a Dockerfile', async () => {
    writeTree(root, {'.dockerignore': 'node_modules\ncoverage\n'})
    const left = await run(['dockerfile', '.', '--no-times'], [[/ticked: an edit of/, ESCAPE]], {
      columns: 200,
    })
    assert.equal(left.status, 0, left.text)
    assert.match(left.text, /Nothing was written/)
    assert.equal(readFileSync(path.join(root, 'Dockerfile'), 'utf8'), DOCKERFILE)
    const {status, text} = await run(
      ['dockerfile', '.', '--no-times'],
      [
        [/ticked: an edit of/, 'a'],
        [/ticked: an edit of src\/index\.ts runs \d of \d steps again instead of \d of \d/, ENTER],
      ],
      {columns: 200},
    )
    assert.equal(status, 0, text)
    const written = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
    assert.match(written, /COPY package\.json package-lock\.json \.\/\nRUN (?:--mount=\S+ )?npm ci\n/)
  })

  it('does the same for compose files, or says that there is nothing', async () => {
    writeTree(root, {'compose.yaml': COMPOSE})
    const {status, text} = await run(['compose', '.'], [[/ticked: |no changes to write/, 'q']])
    assert.notEqual(status, 2, text)
    assert.match(text, /Nothing was written|There are no changes to write/)
    assert.equal(readFileSync(path.join(root, 'compose.yaml'), 'utf8'), COMPOSE)
  })
})
