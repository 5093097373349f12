import assert from 'node:assert/strict'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import fc from 'fast-check'
import {parseIgnoreFile} from '../../../../src/languages/ignore/parse-ignore-file.js'
import type {FileTree} from '../../../../src/tree/model/file-tree.js'
import {
  encodeWalkIndex,
  isWalkIndex,
  WalkIndex,
  type WalkRecord,
} from '../../../../src/tree/walk/index/walk-index.js'
import {loadXattrReader} from '../../../../src/tree/walk/read-xattrs.js'
import {walkContext} from '../../../../src/tree/walk/walk.js'
import {chooseSeed} from '../../../helpers/random.js'
import {skipUnless} from '../../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../../helpers/tree.js'

/** So late that every change lies far enough back to be relied on. */
const LATER = 8e15
/** File systems give changes a new time every few milliseconds. */
const NEXT_TIME_MS = 50

/** Without the optional package, attributes cannot be read, and nothing is kept for the next walk. */
const isIndexKept = process.platform === 'linux' && loadXattrReader() !== null
const NO_INDEX = 'an index is kept on Linux, with the optional package @napi-rs/xattr'

describe('WalkIndex', () => {
  const record = makeRecord(['a', 'b', 'cc'], [3, 2, 3], [-1, 0, 0])

  it('reads what was written', () => {
    const content = share(encodeWalkIndex(record))
    assert.ok(isWalkIndex(content))
    const index = new WalkIndex(content)
    assert.deepEqual(
      [0, 1, 2].map((entry) => index.nameOf(entry)),
      ['a', 'b', 'cc'],
    )
    assert.deepEqual([index.endOf(-1), index.endOf(0), index.endOf(1)], [3, 3, 2])
    assert.ok(index.isSame(2, 12, 102))
    assert.ok(!index.isSame(2, 12, 103))
    assert.ok(!index.isSame(2, 13, 102))
  })

  it('reads a chain as deep as a path can be', () => {
    assert.ok(isWalkIndex(share(encodeWalkIndex(makeChain(2_000)))))
  })

  it('never relies on NaN', () => {
    const {changed} = record
    const unreliable = {...record, changed: Float64Array.from(changed, () => Number.NaN)}
    const index = new WalkIndex(share(encodeWalkIndex(unreliable)))
    assert.ok(!index.isSame(0, 10, Number.NaN))
  })

  it('refuses content with any byte changed, cut off or added', () => {
    const bytes = encodeWalkIndex(record)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({min: 1, max: 255}), (at, difference) => {
        const damaged = bytes.slice()
        damaged[at]! ^= difference
        return !isWalkIndex(share(damaged)) && !isWalkIndex(share(bytes.subarray(0, at)))
      }),
    )
    assert.ok(!isWalkIndex(share(Buffer.concat([bytes, Buffer.alloc(8)]))))
    assert.ok(!isWalkIndex(new SharedArrayBuffer(0)))
  })

  const hostile: [title: string, record: WalkRecord][] = [
    ['a name that leads out', makeRecord(['a', '..', 'c'], [1, 2, 3])],
    ['a name for the directory itself', makeRecord(['a', '.', 'c'], [1, 2, 3])],
    ['a name with a slash', makeRecord(['a', 'b/../..', 'c'], [1, 2, 3])],
    ['an empty name', makeRecord(['a', '', 'c'], [1, 2, 3])],
    ['a subtree that ends where it begins', makeRecord(['a', 'b', 'c'], [1, 1, 3])],
    ['a subtree that ends behind everything', makeRecord(['a', 'b', 'c'], [1, 4, 3], [-1, -1, 1])],
    ['a subtree that ends behind the one around it', makeRecord(['a', 'b', 'c'], [2, 3, 3], [-1, 0, 1])],
    ['a chain deeper than any path', makeChain(3_000)],
    ['an entry that does not name its directory', makeRecord(['a', 'b', 'c'], [3, 2, 3], [-1, 0, -1])],
    ['an entry that names a file as its directory', makeRecord(['a', 'b', 'c'], [1, 2, 3], [-1, 0, -1])],
    ['a number of a name that is left out', {...record, nameNumbers: Uint32Array.of(0, 2, 1)}],
  ]
  for (const [title, one] of hostile) {
    it(`refuses ${title}`, () => assert.ok(!isWalkIndex(share(encodeWalkIndex(one)))))
  }
})

describe('a walk with the index of the last one', () => {
  let root = ''
  let index: WalkIndex
  before(async function () {
    skipUnless(this, isIndexKept, NO_INDEX)
    root = makeTemporaryDirectory()
    for (let directory = 0; directory < 12; directory++) {
      const rows = Array.from({length: 6}, (_, file) => [`d${directory}/e/f${file}`, 'x'.repeat(file)])
      writeTree(root, Object.fromEntries(rows))
    }
    symlinkSync('d0', path.join(root, 'link'))
    linkSync(path.join(root, 'd1/e/f1'), path.join(root, 'other-name'))
    await sleep(NEXT_TIME_MS)
    index = await walkAndIndex(root)
  })
  after(() => {
    if (root !== '') removeTree(root)
  })

  it('asks again for nothing', async () => {
    const {tree, changedCount} = await walkContext(root, {index, isRecorded: true})
    assert.equal(changedCount, 0)
    const {tree: other} = await walkContext(root)
    assert.deepEqual(describeFileTree(tree), describeFileTree(other))
    const listNumbers = ({names, length}: FileTree): number[] =>
      Array.from({length}, (_, entry) => names.numberOf(entry))
    assert.deepEqual(listNumbers(tree), listNumbers(other))
  })

  it('sees every change', async () => {
    const {setAttributeSync} = await import('@napi-rs/xattr')
    for (const [title, change] of [...CHANGES, ...changesOfAttributes(setAttributeSync)]) {
      change((...names) => path.join(root, ...names))
      const {tree} = await walkContext(root, {index, isRecorded: true})
      assert.deepEqual(describeFileTree(tree), describeFileTree((await walkContext(root)).tree), title)
    }
  })

  it('reads what an ignore file had kept out', async () => {
    const patternSets = [parseIgnoreFile('d2\nd3/e').patterns]
    const pruned = await walkAndIndex(root, patternSets)
    const {tree} = await walkContext(root, {index: pruned, isRecorded: true})
    assert.deepEqual(describeFileTree(tree), describeFileTree((await walkContext(root)).tree))
  })

  it('reads what an ignore file had kept out of a walk with an index', async () => {
    const full = await walkAndIndex(root)
    for (const name of ['f0', 'f1', 'f3', 'f4']) chmodSync(path.join(root, 'd0/e', name), 0o640)
    const patternSets = [parseIgnoreFile('d3/e').patterns]
    const {record} = await walkContext(root, {index: full, patternSets, isRecorded: true})
    const {tree} = await walkContext(root, {index: toIndex(record!), isRecorded: true})
    assert.deepEqual(describeFileTree(tree), describeFileTree((await walkContext(root)).tree))
  })

  it('relies on no directory with a name that is not valid UTF-8', async () => {
    const own = makeTemporaryDirectory()
    writeFileSync(Buffer.concat([Buffer.from(`${own}/`), Buffer.from([0x62, 0xff])]), 'x')
    await sleep(NEXT_TIME_MS)
    const {tree, changedCount} = await walkContext(own, {index: await walkAndIndex(own), isRecorded: true})
    assert.deepEqual([tree.length, changedCount], [1, 1])
    removeTree(own)
  })

  it('keeps a valid name that holds a replacement character', async () => {
    const own = makeTemporaryDirectory()
    writeTree(own, {'b\uFFFD': 'x', 'c\uFFFD/d': 'x'})
    await sleep(NEXT_TIME_MS)
    const {tree, changedCount} = await walkContext(own, {index: await walkAndIndex(own), isRecorded: true})
    assert.deepEqual([tree.length, changedCount], [3, 0])
    removeTree(own)
  })

  it('does not take for settled what was away for a moment', async () => {
    const own = makeTemporaryDirectory()
    writeTree(own, Object.fromEntries(Array.from({length: 3_000}, (_, file) => [`p/q/${file}`, ''])))
    await sleep(NEXT_TIME_MS)
    let known = await walkAndIndex(own)
    let calls = 0
    // The directory inside does not change when the one around it moves.
    const onProgress = (): void => {
      calls++
      if (calls === 1) renameSync(path.join(own, 'p'), path.join(own, 'away'))
      if (calls === 2) renameSync(path.join(own, 'away'), path.join(own, 'p'))
    }
    const {record} = await walkContext(own, {index: known, isRecorded: true, onProgress})
    assert.ok(calls >= 2)
    if (record !== null) known = toIndex(record)
    const {tree} = await walkContext(own, {index: known, isRecorded: true})
    assert.equal(tree.length, 3_002)
    removeTree(own)
  })

  it('tells of a context that vanishes meanwhile', async () => {
    const own = makeTemporaryDirectory()
    writeTree(own, {'a/b': 'x'})
    await sleep(NEXT_TIME_MS)
    const known = await walkAndIndex(own)
    const onProgress = (): void => removeTree(own)
    const {tree, problem} = await walkContext(own, {index: known, isRecorded: true, onProgress})
    assert.deepEqual([tree.length, problem], [0, 'ENOENT'])
  })

  it('does not rely on what changed a moment ago', async () => {
    const own = makeTemporaryDirectory()
    writeTree(own, {'a/b': 'x'})
    const startedAt = statSync(path.join(own, 'a/b')).ctimeMs + 1_000
    const {record} = await walkContext(own, {isRecorded: true, startedAt})
    assert.deepEqual([...record!.changed, record!.root.changed], [Number.NaN, Number.NaN, Number.NaN])
    removeTree(own)
  })
})

describe('a large walk with the index of the last one', () => {
  let root = ''
  before(function () {
    skipUnless(this, isIndexKept, NO_INDEX)
    root = makeTemporaryDirectory()
    for (let directory = 0; directory < 60; directory++) {
      const rows = Array.from({length: 80}, (_, file) => [
        `d${directory}/${'abc'[file % 3]}/${file % 7}/f${file}`,
        'x'.repeat(file),
      ])
      writeTree(root, Object.fromEntries(rows))
    }
    writeTree(root, {'d0/ünï': 'not ASCII', 'd0/c/ÿ/ñ': 'x'})
  })
  after(() => {
    if (root !== '') removeTree(root)
  })

  it('gives what a walk without it gives, whatever was changed and ignored meanwhile', async () => {
    const ignoreFiles = ['', '', 'd1*', '*/b\n!d3/b', '**/f1*', '*\n!d5/a']
    await sleep(NEXT_TIME_MS)
    const indexes = await Promise.all(
      ignoreFiles.map((text) => walkAndIndex(root, [parseIgnoreFile(text).patterns])),
    )
    const seed = chooseSeed()
    const rounds = fc.sample(
      fc.record({
        changes: fc.array(fc.tuple(fc.nat(RANDOM_CHANGES.length - 1), fc.nat(), fc.nat()), {maxLength: 8}),
        index: fc.nat(),
        ignoreFile: fc.constantFrom(...ignoreFiles),
        useThreads: fc.boolean(),
      }),
      {seed, numRuns: 12},
    )
    for (const [number, {changes, index: chosen, ignoreFile, useThreads}] of rounds.entries()) {
      const {tree: before} = await walkContext(root)
      const pick = (entry: number): string => path.join(root, before.pathOf(entry % before.length))
      for (const [change, one, other] of changes) {
        try {
          RANDOM_CHANGES[change]!(pick(one), pick(other))
        } catch {
          // What the ones before have taken away or moved cannot be changed.
        }
      }
      const patternSets = [parseIgnoreFile(ignoreFile).patterns]
      const expected = await walkContext(root, {patternSets, useThreads: false})
      const index = indexes[chosen % indexes.length]!
      const {tree, record} = await walkContext(root, {patternSets, useThreads, index, isRecorded: true})
      if (record !== null) indexes.push(toIndex(record))
      assert.deepEqual(
        describeFileTree(tree),
        describeFileTree(expected.tree),
        `seed ${seed}, round ${number}: ${JSON.stringify({changes, chosen, ignoreFile, useThreads})}`,
      )
    }
  })
})

/** Of two entries anywhere in the tree. */
const RANDOM_CHANGES: ((one: string, other: string) => void)[] = [
  (one) => writeFileSync(one, 'changed in its place'),
  (one) => rmSync(one, {recursive: true}),
  (one, other) => renameSync(one, other),
  (one, other) => renameSync(one, path.join(other, 'moved')),
  (one) => writeTree(path.join(one, 'new'), {'a/b': 'x', c: 'y'}),
  (one) => {
    rmSync(one, {recursive: true})
    mkdirSync(one)
    writeFileSync(path.join(one, 'f1'), 'x')
  },
  (one, other) => {
    rmSync(one, {recursive: true})
    symlinkSync(other, one)
  },
  (one, other) => {
    rmSync(one, {recursive: true})
    linkSync(other, one)
  },
  (one) => chmodSync(one, 0o755),
  (one, other) => {
    renameSync(one, `${one}.spare`)
    renameSync(other, one)
    renameSync(`${one}.spare`, other)
  },
  (one) => writeFileSync(Buffer.concat([Buffer.from(`${one}/`), Buffer.from([0x62, 0xff])]), 'x'),
  (one) => writeTree(one, {'b\uFFFD': 'valid UTF-8', 'c\uFFFD/f': 'x'}),
]

/** Each is done to what the ones before have left. */
const CHANGES: [title: string, change: (at: (...names: string[]) => string) => void][] = [
  ['a file that grew', (at) => writeFileSync(at('d0/e/f0'), 'longer')],
  ['a new file', (at) => writeFileSync(at('d0/e/new'), 'x')],
  ['a new file in a new directory', (at) => writeTree(at('d0'), {'fresh/deep/x': 'x'})],
  ['a file that is gone', (at) => rmSync(at('d1/e/f2'))],
  ['a directory that is gone', (at) => rmSync(at('d2'), {recursive: true})],
  ['a mode', (at) => chmodSync(at('d3/e/f3'), 0o600)],
  ['a time', (at) => utimesSync(at('d3/e/f4'), 1, 1)],
  ['a renamed file', (at) => renameSync(at('d4/e/f1'), at('d4/e/renamed'))],
  ['a file in the place of another', (at) => renameSync(at('d4/e/f2'), at('d4/e/f3'))],
  ['a directory under another name', (at) => renameSync(at('d5'), at('d55'))],
  [
    'two directories in each other’s place',
    (at) => {
      renameSync(at('d6'), at('spare'))
      renameSync(at('d7'), at('d6'))
      renameSync(at('spare'), at('d7'))
    },
  ],
  [
    'a directory in the place of a file',
    (at) => {
      rmSync(at('d8/e/f5'))
      mkdirSync(at('d8/e/f5'))
      writeFileSync(at('d8/e/f5/x'), 'x')
    },
  ],
  [
    'a file in the place of a directory',
    (at) => {
      rmSync(at('d9/e'), {recursive: true})
      writeFileSync(at('d9/e'), 'x')
    },
  ],
  [
    'a link to another target',
    (at) => {
      rmSync(at('link'))
      symlinkSync('d1/e', at('link'))
    },
  ],
  ['one name fewer for a file', (at) => rmSync(at('other-name'))],
  ['a file cut to nothing', (at) => truncateSync(at('d10/e/f5'), 0)],
  ['a file at the root', (at) => writeFileSync(at('a-new-one'), 'x')],
]

type SetAttribute = (file: string, name: string, value: Buffer) => void

/** Where the file system knows attributes. */
function changesOfAttributes(setAttribute: SetAttribute): typeof CHANGES {
  const add = (file: string): void => {
    try {
      setAttribute(file, 'user.slim-check', Buffer.from('x'))
    } catch (error) {
      assert.match(String(error), /not supported/i)
    }
  }
  return [
    ['an attribute', (at) => add(at('d11/e/f1'))],
    ['an attribute of a directory', (at) => add(at('d11/e'))],
  ]
}

async function walkAndIndex(root: string, patternSets = [parseIgnoreFile('').patterns]): Promise<WalkIndex> {
  const {record} = await walkContext(root, {patternSets, isRecorded: true, startedAt: LATER})
  return toIndex(record!)
}

function toIndex(record: WalkRecord): WalkIndex {
  const content = share(encodeWalkIndex(record))
  assert.ok(isWalkIndex(content))
  return new WalkIndex(content)
}

function describeFileTree(tree: FileTree): unknown[] {
  return Array.from({length: tree.length}, (_, index) => [
    Buffer.from(tree.pathBytesOf(index)).toString('latin1'),
    tree.modeOf(index),
    tree.sizeOf(index),
    tree.modifiedOf(index),
    tree.endOf(index),
    tree.rareOf(index),
  ])
}

function makeRecord(names: string[], ends: number[], parents = names.map(() => -1)): WalkRecord {
  const starts = names.map((_, entry) => names.slice(0, entry).join('').length)
  return {
    root: {inode: 1, changed: 2},
    length: names.length,
    nameStarts: Uint32Array.from([...starts, names.join('').length]),
    names: Buffer.from(names.join('')),
    parents: Int32Array.from(parents),
    ends: Uint32Array.from(ends),
    inodes: Float64Array.from(names, (_, entry) => 10 + entry),
    changed: Float64Array.from(names, (_, entry) => 100 + entry),
    nameNumbers: Uint32Array.from(names, (name) => [...new Set(names)].indexOf(name)),
    xattrBytes: new Uint32Array(names.length),
  }
}

/** One directory in another. */
function makeChain(depth: number): WalkRecord {
  const names = Array.from({length: depth}, () => 'd')
  return makeRecord(
    names,
    names.map(() => depth),
    names.map((_, entry) => entry - 1),
  )
}

function share(bytes: Uint8Array): SharedArrayBuffer {
  const content = new SharedArrayBuffer(bytes.length)
  new Uint8Array(content).set(bytes)
  return content
}
