import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {listTransfer} from '../../src/services/entries/list-entries.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {exportIncludedPaths, requireEngine} from './engine.js'

const FILES = Object.fromEntries(
  [
    ...[
      'aa',
      'aab',
      'a{2}x',
      'ab',
      'a.b',
      'a|b',
      'a$',
      'a^',
      'd1',
      'd12',
      'Ab',
      '[x]',
      'é',
      '日本',
      '_x',
      'n{a}',
    ],
    ...[
      'src/app.js',
      'src/node_modules/x.js',
      'node_modules/y/i.js',
      'dist/app.js',
      'dist/sub/keep.txt',
      '.env',
      'a b',
    ],
  ].map((name) => [name, name]),
)

/** Odd patterns above all: what a pattern means is what the engine does with it. */
const IGNORE_FILES = [
  '',
  'node_modules\n',
  '**/node_modules\n!src/node_modules/x.js\n',
  '*\n!src\n!dist/sub/keep.txt\n',
  'dist\n!dist/**/keep.txt\n',
  'a{2}*\n',
  '?{2}\n',
  'a|b*\n',
  '[[:alpha:]]{2}\n',
  '\\d{1,2}\n',
  '\\p{Greek}*\n*[^[:alpha:]]\n',
  '\\Q[x]\\E*\n',
  '^*\n',
  'a\\{2\\}*\n',
  '*.b\n/é\n./日本\nsrc/../d1\n',
  '\uFEFFaa\r\n ab \r\n#d1\r\n #d1\r\n',
]

describe('the included set against a real engine', () => {
  let root = ''
  let workDir = ''
  before(function () {
    requireEngine(this)
    root = makeTemporaryDirectory()
    workDir = makeTemporaryDirectory()
    writeTree(root, FILES, [
      ['symlink', 'link', 'src'],
      ['dir', 'empty/inside'],
    ])
  })
  after(() => {
    removeTree(root)
    removeTree(workDir)
  })

  for (const ignoreFile of IGNORE_FILES) {
    it(JSON.stringify(ignoreFile), async () => {
      writeFileSync(path.join(root, '.dockerignore'), ignoreFile)
      const ours = (await listTransfer({contextDir: root})).map((entry) => entry.path).sort()
      assert.deepEqual(ours, exportIncludedPaths(root, workDir))
    })
  }
})
