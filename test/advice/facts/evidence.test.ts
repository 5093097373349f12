import assert from 'node:assert/strict'
import {type EvidenceWant, listEvidence} from '../../../src/advice/facts/evidence.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {createFileTree} from '../rules/create-file-tree.js'

const TREE = [
  '.github/workflows/ci.yml',
  '.github/workflows/old/ci.yml',
  '.github/workflows/readme.md',
  'a/b/c/d/e/f/package.json',
  'a/b/c/d/e/f/g/package.json',
  'a/package.json',
  'link -> package.json',
  'node_modules/x/package.json',
  'package.json',
  'src/app.csproj',
  'src/package.json/x',
]

const LIMITS = {maxBytes: 10, maxFiles: 9}

const CASES: [title: string, wants: Partial<EvidenceWant>[], ignore: string, expected: string[]][] = [
  [
    'paths as they come',
    [{paths: ['src/app.csproj', 'a/package.json']}],
    '',
    ['src/app.csproj', 'a/package.json'],
  ],
  [
    'regular files only',
    [{paths: ['a', 'link', 'no', 'package.json/x', 'package.json']}],
    '',
    ['package.json'],
  ],
  [
    'a name in every directory of the project, the nearest first',
    [{globs: ['package.json']}],
    '',
    ['package.json', 'a/package.json', 'a/b/c/d/e/f/package.json'],
  ],
  ['a glob of names', [{globs: ['*.[cf]sproj']}], '', ['src/app.csproj']],
  ['a glob of a path', [{globs: ['.github/workflows/*.yml']}], '', ['.github/workflows/ci.yml']],
  ['a glob of a path with a slash in front', [{globs: ['/*.json']}], '', ['package.json']],
  ['what the ignore file leaves', [{globs: ['package.json'], maxFiles: 1}], '*\n!a/p*', ['a/package.json']],
  [
    'so many of each want, its paths first',
    [
      {paths: ['src/app.csproj'], globs: ['package.json'], maxFiles: 2},
      {globs: ['*.yml'], maxFiles: 1},
    ],
    '',
    ['src/app.csproj', 'package.json', '.github/workflows/ci.yml'],
  ],
]

describe('listEvidence', () => {
  const tree = createFileTree(TREE)
  for (const [title, wants, ignore, expected] of CASES) {
    it(`lists ${title}`, () => {
      const complete = wants.map((want) => ({...LIMITS, ...want}))
      const files = listEvidence(tree, complete, new IgnoreRules(parseIgnoreFile(ignore).patterns))
      assert.deepEqual(
        files,
        expected.map((path) => ({path, maxBytes: 10})),
      )
    })
  }

  it('lists a file once, with the most that anybody wants of it', () => {
    const wants = [9, 30, 20].map((maxBytes) => ({paths: ['package.json'], maxBytes, maxFiles: 1}))
    assert.deepEqual(listEvidence(tree, wants, null), [{path: 'package.json', maxBytes: 30}])
  })
})
