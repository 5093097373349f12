import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {findIndexDir, WalkIndexStore} from '../../../src/host/cache/walk-index-store.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import type {WalkRecord} from '../../../src/tree/walk/index/walk-index.js'
import {walkContext} from '../../../src/tree/walk/walk.js'
import {isRoot, itWhere, skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const onLinux = itWhere(process.platform === 'linux', 'on Linux only')

describe('findIndexDir', () => {
  it('is below the cache, on Linux alone', () => {
    const cache = makeTemporaryDirectory()
    const env = {XDG_CACHE_HOME: cache, LOCALAPPDATA: cache}
    assert.equal(findIndexDir(env, 'linux'), path.join(cache, 'docker-slim-check/walks'))
    for (const platform of ['darwin', 'win32'] as const) assert.equal(findIndexDir(env, platform), null)
    assert.equal(findIndexDir({...env, SLIM_CHECK_NO_CACHE: '1'}, 'linux'), null)
    removeTree(cache)
  })
})

describe('WalkIndexStore', () => {
  let root = ''
  let indexDir = ''
  let record: WalkRecord
  before(async function () {
    root = makeTemporaryDirectory()
    // A container's own file system is one that no index is kept for.
    skipUnless(this, WalkIndexStore.open(root, root, []) !== null, 'no index is kept for this file system')
    writeTree(root, {'walked/a/b': 'x', 'walked/c': 'x'})
    symlinkSync('walked', path.join(root, 'link'))
    const walked = await walkContext(path.join(root, 'walked'), {isRecorded: true})
    skipUnless(this, walked.record !== null, 'needs the optional package @napi-rs/xattr')
    record = walked.record!
  })
  beforeEach(() => {
    indexDir = path.join(makeTemporaryDirectory(), 'deep', 'below')
  })
  afterEach(() => removeTree(path.dirname(path.dirname(indexDir))))
  after(() => removeTree(root))

  const open = (name = 'walked', ignoreFile = ''): WalkIndexStore =>
    WalkIndexStore.open(indexDir, path.join(root, name), [parseIgnoreFile(ignoreFile).patterns])!

  onLinux('loads what was saved, for this directory only', () => {
    assert.equal(open().load(), null)
    open().save(record)
    assert.equal(open().load()?.length, 3)
    assert.equal(open('link').load()?.length, 3)
    assert.equal(open('walked/a').load(), null)
  })

  onLinux('keeps one for each choice of patterns, and takes the largest for another', () => {
    const small = {...record, length: 1, ends: Uint32Array.of(1), parents: Int32Array.of(-1)}
    open('walked', 'c').save(small)
    assert.equal(open().load()?.length, 1)
    open().save(record)
    assert.deepEqual(
      ['', 'c', '!c', 'other'].map((ignoreFile) => open('walked', ignoreFile).load()?.length),
      [3, 1, 3, 3],
    )
  })

  onLinux('keeps it from others, and leaves nothing beside it', () => {
    open().save(record)
    const [file, ...others] = readdirSync(indexDir)
    assert.deepEqual(others, [])
    assert.equal(statSync(path.join(indexDir, file!)).mode & 0o777, 0o600)
    assert.equal(statSync(indexDir).mode & 0o777, 0o700)
  })

  onLinux('takes a damaged file for none, and replaces it', () => {
    open().save(record)
    const file = path.join(indexDir, readdirSync(indexDir)[0]!)
    for (const content of ['', 'garbage', 'x'.repeat(5_000), '\0'.repeat(statSync(file).size)]) {
      writeFileSync(file, content)
      assert.equal(open().load(), null)
    }
    open().save(record)
    assert.equal(open().load()?.length, 3)
  })

  onLinux('does not take one that another user left', function () {
    skipUnless(this, isRoot, 'needs root')
    open().save(record)
    const file = path.join(indexDir, readdirSync(indexDir)[0]!)
    chownSync(file, 65_534, 65_534)
    assert.equal(open().load(), null)
  })

  onLinux('does not wait for a pipe', () => {
    open().save(record)
    const file = path.join(indexDir, readdirSync(indexDir)[0]!)
    rmSync(file)
    execFileSync('mkfifo', [file])
    assert.equal(open().load(), null)
  })

  onLinux('keeps those that were used last', () => {
    mkdirSync(path.join(indexDir, 'a-directory'), {recursive: true})
    symlinkSync('nowhere', path.join(indexDir, 'a-link'))
    open().save(record)
    const own = path.join(indexDir, readdirSync(indexDir)[0]!)
    utimesSync(own, 1, 1)
    open().load()
    for (let number = 0; number < 30; number++) {
      const file = path.join(indexDir, `${number}.walk`)
      writeFileSync(file, '')
      utimesSync(file, number, number)
    }
    open('walked/a').save(record)
    assert.equal(readdirSync(indexDir).length, 21)
    assert.ok(existsSync(own))
    assert.ok(!existsSync(path.join(indexDir, '0.walk')))
  })

  onLinux('says nothing where it cannot write', () => {
    mkdirSync(path.dirname(indexDir))
    writeFileSync(indexDir, 'a file in the way')
    open().save(record)
    assert.equal(open().load(), null)
  })

  onLinux('is not there for other file systems, nor for what is no directory to look at', () => {
    assert.equal(WalkIndexStore.open(indexDir, '/proc', []), null)
    assert.equal(WalkIndexStore.open(indexDir, path.join(root, 'nowhere'), []), null)
  })
})
