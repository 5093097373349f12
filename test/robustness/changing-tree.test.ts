import assert from 'node:assert/strict'
import fs, {chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {Worker} from 'node:worker_threads'
import {SlimCheckError} from '../../src/errors.js'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {listTransfer} from '../../src/services/entries/list-entries.js'
import {encodeWalkIndex, WalkIndex} from '../../src/tree/walk/index/walk-index.js'
import {walkContext} from '../../src/tree/walk/walk.js'
import {actAsOrdinaryUser} from '../helpers/ordinary-user.js'
import {readColumns} from '../helpers/read-columns.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {withPatchedFs} from '../helpers/with-patched-fs.js'

/** Changes what lies below `busy` without a pause: files appear, vanish and turn into directories, links and back. */
const CHANGER = `
const fs = require('node:fs')
const {workerData: {root, turns}} = require('node:worker_threads')
const quietly = (act) => { try { act() } catch {} }
for (let turn = 0; ; turn++) {
  const at = root + '/busy/' + (turn % 40)
  quietly(() => fs.rmSync(at, {recursive: true, force: true}))
  if (turn % 3 === 0) quietly(() => fs.writeFileSync(at, 'x'.repeat(turn % 500)))
  else if (turn % 3 === 1) quietly(() => { fs.mkdirSync(at + '/node_modules/a', {recursive: true}); fs.writeFileSync(at + '/node_modules/a/package.json', '{}') })
  else quietly(() => fs.symlinkSync('../still', at))
  Atomics.store(turns, 0, turn)
}`

/** Changes to see before the end. */
const ENOUGH_TURNS = 1_000

/** What a walk leaves once everything has stood still; null where no index is kept. */
async function indexSettled(root: string): Promise<WalkIndex | null> {
  await sleep(50)
  // So late that every change lies far enough back to be relied on.
  const {record} = await walkContext(root, {isRecorded: true, startedAt: 8e15})
  if (record === null) return null
  const content = encodeWalkIndex(record)
  const shared = new SharedArrayBuffer(content.length)
  new Uint8Array(shared).set(content)
  return new WalkIndex(shared)
}

describe('a tree that changes during the walk', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'still/a.txt': 'a',
      'still/b.txt': 'b',
      'busy/0': '',
    })
  })
  afterEach(() => removeTree(root))

  it('gives what stood still, and never fails', async () => {
    for (let file = 0; file < 2_500; file++) writeFileSync(path.join(root, 'still', `z${file}`), '')
    const index = await indexSettled(root)
    const turns = new Int32Array(new SharedArrayBuffer(4))
    const changer = new Worker(CHANGER, {eval: true, workerData: {root, turns}})
    try {
      for (let walks = 0; walks < 5 || Atomics.load(turns, 0) < ENOUGH_TURNS; walks++) {
        const entries = await listTransfer({contextDir: root})
        const still = entries.filter(({path: name}) => name.startsWith('still/')).map(({path: name}) => name)
        assert.deepEqual([still.length, ...still.slice(0, 2)], [2_502, 'still/a.txt', 'still/b.txt'])
        const {before} = await analyzeContext({contextDir: root})
        assert.ok(before.fileCount >= 3)
        const {tree} = await walkContext(root, {index, isRecorded: true})
        assert.notEqual(tree.find('still/b.txt'), -1)
        assert.equal(tree.endOf(tree.find('still')), tree.find('still') + 2_503)
      }
    } finally {
      await changer.terminate()
    }
  })

  it('is an error, not an empty context, when the context itself vanishes', async () => {
    const gone = path.join(root, 'gone')
    mkdirSync(gone)
    rmSync(gone, {recursive: true})
    assert.equal((await walkContext(gone)).problem, 'ENOENT')
    // It goes while its Dockerfile is being read.
    const context = path.join(root, 'context')
    mkdirSync(context)
    const dockerfile = path.join(root, 'Dockerfile')
    const analysis = analyzeContext({
      contextDir: context,
      dockerfile,
      get target() {
        if (Object.hasOwn(this, 'contextDir')) rmSync(context, {recursive: true, force: true})
        return ''
      },
    })
    await assert.rejects(
      analysis,
      (error) => error instanceof SlimCheckError && error.code === 'context-unreadable',
    )
  })

  it('keeps the listing of a file that became a directory in its place', async () => {
    renameSync(path.join(root, 'still'), path.join(root, 'moved'))
    writeFileSync(path.join(root, 'still'), 'now a file')
    const entries = await listTransfer({contextDir: root})
    const found = entries.map(({path: name, type}) => `${type} ${name}`)
    assert.ok(found.includes('file still') && found.includes('dir moved'))
  })

  it('leaves out a link that vanishes between two looks, and nothing else', () => {
    for (const name of ['a-link', 'z-link']) symlinkSync('a.txt', path.join(root, 'still', name))
    const {readlinkSync} = fs
    const vanish = ((hostPath: string) => {
      if (hostPath.endsWith('a-link')) rmSync(hostPath)
      return readlinkSync(hostPath)
    }) as typeof readlinkSync
    const {columns, problem, isSettled} = withPatchedFs({readlinkSync: vanish}, () =>
      readColumns(path.join(root, 'still')),
    )
    const names = Array.from({length: columns.length}, (_, index) => columns.nameOf(index))
    assert.deepEqual([problem, isSettled, names], [null, false, ['a.txt', 'b.txt', 'z-link']])
  })

  it('tells of a directory that lost its permissions', async function () {
    skipUnless(this, process.platform !== 'win32', 'no modes on Windows')
    chmodSync(root, 0o755)
    chmodSync(path.join(root, 'still'), 0o000)
    try {
      const {findings} = await actAsOrdinaryUser(() => analyzeContext({contextDir: root}))
      assert.deepEqual(
        findings.filter(({severity}) => severity === 'error').map(({rule}) => rule),
        ['unreadable-directory'],
      )
    } finally {
      chmodSync(path.join(root, 'still'), 0o755)
    }
  })
})
