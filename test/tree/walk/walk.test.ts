import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import type {FileTree} from '../../../src/tree/model/file-tree.js'
import {walkContext} from '../../../src/tree/walk/walk.js'
import {projectRoot} from '../../helpers/project.js'
import {makeTemporaryDirectory, removeTree, type TreeRow, writeTree} from '../../helpers/tree.js'

const TREE: TreeRow[] = [
  ['dir', 'a'],
  ['file', 'a/x', 1],
  ['file', 'a-', 2],
  ['file', 'a.txt', 3],
  ['file', 'B', 4],
  ['file', 'é', 5],
  ['file', '\u{1F600}', 6],
  ['file', '\uFF21', 7],
  ['symlink', 'up', '../..'],
  ['symlink', 'a/loop', '.'],
  ['dir', 'node_modules/x'],
  ['file', 'node_modules/x/i.js', 8],
  ['file', 'one', 9],
  ['hardlink', 'two', 'one'],
]

const ALL = [
  'B',
  'a',
  'a/loop',
  'a/x',
  'a-',
  'a.txt',
  'node_modules',
  'node_modules/x',
  'node_modules/x/i.js',
  'one',
  'two',
  'up',
  'é',
  '\uFF21',
  '\u{1F600}',
]

describe('walkContext', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {}, TREE)
  })
  after(() => removeTree(root))

  const cases: [title: string, ignoreFiles: string[], notRead: string[]][] = [
    ['reads everything without an ignore file', [''], []],
    ['does not enter an ignored directory', ['node_modules'], ['node_modules/x', 'node_modules/x/i.js']],
    ['enters it when a literal negation lies inside', ['node_modules\n!node_modules/x/i.js'], []],
    [
      'does not enter it when the negation lies elsewhere',
      ['node_modules\n!a/x'],
      ['node_modules/x', 'node_modules/x/i.js'],
    ],
    ['enters it when any negation holds a wildcard', ['node_modules\n!*.txt'], []],
    ['enters what one of several ignore files needs', ['node_modules', 'a'], []],
    [
      'does not enter what all of them keep out',
      ['node_modules', 'node_modules\na'],
      ['node_modules/x', 'node_modules/x/i.js'],
    ],
  ]
  for (const [title, ignoreFiles, notRead] of cases) {
    it(title, async () => {
      const patternSets = ignoreFiles.map((text) => parseIgnoreFile(text).patterns)
      const {tree} = await walkContext(root, {patternSets})
      assert.deepEqual(
        pathsOf(tree),
        ALL.filter((entry) => !notRead.includes(entry)),
      )
    })
  }

  it('records types, sizes, link targets and hard links', async () => {
    const {tree} = await walkContext(root)
    const one = tree.find('one')
    const two = tree.find('two')
    assert.equal(tree.typeOf(tree.find('a')), 'dir')
    assert.equal(tree.typeOf(tree.find('up')), 'symlink')
    assert.equal(tree.rareOf(tree.find('up'))?.linkTarget, '../..')
    assert.equal(tree.sizeOf(tree.find('a.txt')), 3)
    assert.equal(tree.rareOf(one)?.inode, tree.rareOf(two)?.inode)
    assert.equal(tree.rareOf(tree.find('B'))?.inode, undefined)
    assert.equal(tree.find('nowhere'), -1)
  })

  it('keeps the bytes of a name that is not valid UTF-8, and reads below it', async () => {
    const directory = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff])])
    mkdirSync(directory)
    writeFileSync(Buffer.concat([directory, Buffer.from('/f')]), 'x')
    const {tree} = await walkContext(root)
    const index = tree.find('b\uFFFD/f')
    assert.notEqual(index, -1)
    assert.deepEqual([...tree.pathBytesOf(index)], [0x62, 0xff, 0x2f, 0x66])
  })

  it('gives the same tree on one thread and on several', async () => {
    const many = makeTemporaryDirectory()
    for (let directory = 0; directory < 60; directory++) {
      for (let inner = 0; inner < 4; inner++) {
        const place = path.join(many, `d${directory}`, `e${inner}`)
        mkdirSync(place, {recursive: true})
        for (let file = 0; file < 50; file++) writeFileSync(path.join(place, `f${file}`), 'x'.repeat(file))
      }
    }
    const [one, several] = await Promise.all([walkContext(many, {useThreads: false}), walkContext(many)])
    assert.equal(one.tree.length, 60 * (1 + 4 * 51))
    assert.deepEqual(describeFileTree(several.tree), describeFileTree(one.tree))
    for (const startable of [0, 2]) {
      const preload = path.join(many, 'preload.cjs')
      writeFileSync(preload, limitThreads(startable))
      const args = ['--require', preload, path.join(projectRoot, 'bin/run.js'), 'ls', many]
      const {stdout, status} = spawnSync(process.execPath, args, {encoding: 'utf8', timeout: 30_000})
      assert.deepEqual([status, stdout.trimEnd().split('\n').length], [0, one.tree.length + 1])
    }
    removeTree(many)
  })

  it('gives an empty tree for a directory that vanished', async () => {
    const {tree} = await walkContext(path.join(root, 'nowhere'))
    assert.equal(tree.length, 0)
  })
})

/** A machine of eight processors that lets no more than some threads start. */
function limitThreads(startable: number): string {
  return `const threads = require('node:worker_threads')
const {Worker} = threads
let started = 0
threads.Worker = class extends Worker {
  constructor(...given) {
    if (started++ >= ${startable}) throw Object.assign(new Error('EAGAIN'), {code: 'ERR_WORKER_INIT_FAILED'})
    super(...given)
  }
}
require('node:os').availableParallelism = () => 8
require('node:module').syncBuiltinESMExports()`
}

function pathsOf(tree: FileTree): string[] {
  return Array.from({length: tree.length}, (_, index) => tree.pathOf(index))
}

function describeFileTree(tree: FileTree): unknown[] {
  return pathsOf(tree).map((entry, index) => [
    entry,
    tree.modeOf(index),
    tree.sizeOf(index),
    tree.endOf(index),
  ])
}
