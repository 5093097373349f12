import assert from 'node:assert/strict'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('findProblems', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  /** What Git ignores is put there by a build, or by somebody: its line waits for it. */
  const cases: [title: string, files: Record<string, string>, dead: number[]][] = [
    ['names a line that matches nothing', {'.dockerignore': 'memos\n!kept'}, [1, 2]],
    ['leaves one in peace that Git ignores', {'.dockerignore': '/memos', '.gitignore': '/memos\n'}, []],
    ['and one of a directory', {'.dockerignore': './export', '.gitignore': 'export/\n'}, []],
    ['and one below it', {'.dockerignore': 'export/2024', '.gitignore': 'export/\n'}, []],
    ['and one of a nested file', {'.dockerignore': 'web/out2', 'web/.gitignore': '/out2\n'}, []],
    ['not one that Git takes back', {'.dockerignore': 'memos', '.gitignore': 'm*\n!memos\n'}, [1]],
    ['not one of another place', {'.dockerignore': 'web/memos', '.gitignore': '/memos\n'}, [1]],
    ['not one with a wildcard', {'.dockerignore': 'web/mem*s', '.gitignore': 'mem*s\n'}, [1]],
    ['leaves names of a kind in peace', {'.dockerignore': 'mem*s'}, []],
    ['nor what is no path', {'.dockerignore': './\n/\n!.', '.gitignore': '*\n'}, [1, 2, 3]],
    ['nor one that leads out', {'.dockerignore': '../memos', '.gitignore': '*\n'}, [1]],
  ]
  for (const [title, files, lines] of cases) {
    it(title, async () => {
      writeTree(root, {Dockerfile: 'FROM scratch\nCOPY . .\n', 'web/page.js': '', ...files})
      const {groups} = await analyzeInDepth({contextDir: root})
      const inIgnoreFile = groups[0]!.builds[0]!.findings.filter(({file}) => file === '.dockerignore')
      assert.deepEqual(
        inIgnoreFile.map(({line}) => line),
        lines,
      )
    })
  }
})
