import assert from 'node:assert/strict'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** Lines that let something in again: the files, the lines expected, and words of the reason. */
const CASES: [title: string, files: Record<string, string>, expected: string[], words?: string][] = [
  [
    'a file in a directory that Docker does not enter',
    {Dockerfile: 'FROM scratch\nCOPY scripts/run.sh /\n', '.dockerignore': 'scripts', 'scripts/run.sh': 'x'},
    ['safe !scripts/run.sh'],
    'Dockerfile:2 needs it, and "scripts" (line 1) keeps it out',
  ],
  [
    'a directory',
    {Dockerfile: 'FROM scratch\nCOPY a/b /\n', '.dockerignore': '*\n!c', 'a/b/x': 'x', 'a/y': 'y', c: ''},
    ['safe !a/b'],
  ],
  [
    'a file behind everything',
    {Dockerfile: 'FROM scratch\nCOPY x /\n', '.dockerignore': '**', x: 'x'},
    ['safe !x'],
  ],
  [
    'a directory that Docker does not enter',
    {Dockerfile: 'FROM scratch\nCOPY a/b /\n', '.dockerignore': 'a', 'a/b/x': 'x', 'a/b/c/y': 'y'},
    ['safe !a/b'],
  ],
  [
    'a name with a wildcard in it',
    {Dockerfile: 'FROM scratch\nCOPY ["d/[[]x]", "/"]\n', '.dockerignore': 'd', 'd/[x]': 'x'},
    ['review !d/[[]x]'],
  ],
  [
    'nothing that is not there',
    {Dockerfile: 'FROM scratch\nCOPY scripts/run.sh /\n', '.dockerignore': 'scripts', 'scripts/go.sh': 'x'},
    [],
  ],
  [
    'nothing that arrives',
    {
      Dockerfile: 'FROM scratch\nCOPY scripts/run.sh /\n',
      '.dockerignore': 'scripts\n!scripts/run.sh',
      'scripts/run.sh': 'x',
    },
    [],
  ],
  [
    'a line that names just this path is a question',
    {Dockerfile: 'FROM scratch\nCOPY x.cfg /\n', '.dockerignore': 'x.cfg', 'x.cfg': 'x'},
    ['review !x.cfg'],
    'the line names exactly this path',
  ],
  [
    'so is a secret',
    {
      Dockerfile: 'FROM scratch\nCOPY c/.env /\n',
      '.dockerignore': 'c',
      'c/.env': 'TOKEN=ab12cd34ef56ab12cd34ef',
    },
    ['review !c/.env'],
    'secret',
  ],
  [
    'so is what a build makes',
    {
      Dockerfile: 'FROM scratch\nCOPY web/node_modules /n\n',
      '.dockerignore': 'web',
      'web/node_modules/a/package.json': '{}',
      'web/package.json': '{}',
    },
    ['review !web/node_modules'],
    'should it come from this machine',
  ],
  [
    'so is a directory that brings more than its own line keeps out',
    {
      Dockerfile: 'FROM scratch\nCOPY a/b /\n',
      '.dockerignore': '**/*.tmp\na',
      'a/b/x': 'x',
      'a/b/y.tmp': 'y',
    },
    ['review !a/b'],
    'a/b/y.tmp',
  ],
  [
    'so is what another build would get',
    {
      Dockerfile: 'FROM scratch\nCOPY s/run.sh /\n',
      'other.Dockerfile': 'FROM scratch\nCOPY . /\n',
      '.dockerignore': 's\n*.Dockerfile',
      's/run.sh': 'x',
    },
    ['review !s/run.sh'],
    'other.Dockerfile',
  ],
  [
    'what a step must have',
    {
      Dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      '.dockerignore': '*-lock.json\nDockerfile\n.dockerignore',
      'package.json': '{"name": "a"}',
      'package-lock.json': '{"lockfileVersion": 3}',
    },
    ['safe !package-lock.json'],
    'Dockerfile:4',
  ],
]

function sum(amounts: readonly number[]): number {
  return amounts.reduce((one, other) => one + other, 0)
}

describe('lines that let in what a build needs', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  for (const [title, files, expected, words = ''] of CASES) {
    it(title, async () => {
      writeTree(root, files)
      const {report} = await analyzeInDepth({contextDir: root})
      const lines = report.suggestions.filter(({pattern}) => pattern.startsWith('!'))
      assert.deepEqual(
        lines.map(({confidence, pattern}) => `${confidence} ${pattern}`),
        expected,
      )
      const cost = report.after.transferBytes - report.before.transferBytes
      const safe = lines.filter(({confidence}) => confidence === 'safe')
      assert.equal(cost, sum(safe.map(({savedBytes}) => -savedBytes)))
      for (const {reason, savedBytes, fileCount} of lines) {
        assert.ok(reason.includes(words), reason)
        assert.ok(savedBytes < 0 && fileCount > 0, `${savedBytes} bytes, ${fileCount} files`)
      }
    })
  }

  it('cost what the report says, and mend the build', async () => {
    writeTree(root, CASES[0]![1])
    const {report, changes} = await analyzeInDepth({contextDir: root})
    const cost = report.after.transferBytes - report.before.transferBytes
    assert.equal(report.suggestions[0]!.savedBytes, -cost)
    writeTree(root, {'.dockerignore': new TextDecoder().decode(changes[0]!.after)})
    const {report: again} = await analyzeInDepth({contextDir: root})
    assert.deepEqual(
      again.findings.filter(({severity}) => severity === 'error'),
      [],
    )
    assert.equal(again.before.transferBytes, report.after.transferBytes)
    assert.deepEqual(again.suggestions, [])
  })
})
