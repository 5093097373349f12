import assert from 'node:assert/strict'
import {chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {findCacheDir, type Keeping, keepNewest} from '../../../src/host/files/cache-dir.js'
import {isRoot, skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

describe('findCacheDir', () => {
  let home = ''
  beforeEach(() => {
    home = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(home))

  it('goes by the conventions of the platform', () => {
    const env = {HOME: home, LOCALAPPDATA: path.join(home, 'local')}
    const find = (more: object, platform: NodeJS.Platform): string =>
      path.relative(home, findCacheDir({...env, ...more}, platform)!).replaceAll('\\', '/')
    assert.equal(find({}, 'linux'), '.cache/docker-slim-check')
    assert.equal(find({XDG_CACHE_HOME: path.join(home, 'x')}, 'linux'), 'x/docker-slim-check')
    assert.equal(find({XDG_CACHE_HOME: 'relative'}, 'linux'), '.cache/docker-slim-check')
    assert.equal(find({}, 'darwin'), 'Library/Caches/docker-slim-check')
    assert.equal(find({}, 'win32'), 'local/docker-slim-check')
    assert.equal(findCacheDir({HOME: 'relative'}), null)
    assert.equal(findCacheDir({...env, SLIM_CHECK_NO_CACHE: '1'}), null)
  })

  const FOREIGN: readonly (readonly [title: string, make: (cache: string) => void])[] = [
    ["is another user's", (cache) => chownSync(cache, 65_534, 65_534)],
    ["lies in another user's", () => chownSync(home, 65_534, 65_534)],
    ['is a file', (cache) => writeFileSync(path.join(cache, 'docker-slim-check'), '')],
    [
      "is a link to another user's",
      (cache) => {
        mkdirSync(path.join(home, 'other'))
        chownSync(path.join(home, 'other'), 65_534, 65_534)
        symlinkSync('../other', path.join(cache, 'docker-slim-check'))
      },
    ],
  ]
  for (const [title, make] of FOREIGN) {
    it(`finds none where the place ${title}`, function () {
      skipUnless(this, isRoot, 'needs root')
      const cache = path.join(home, title.startsWith('lies') ? 'not/there' : '.cache')
      if (!title.startsWith('lies')) mkdirSync(cache)
      make(cache)
      chmodSync(home, 0o777)
      assert.equal(findCacheDir({XDG_CACHE_HOME: cache}), null)
    })
  }
})

describe('keepNewest', () => {
  /** By name, the older first: bytes. */
  const FILES = {a: 10, b: 20, c: 30, d: 40}
  const cases: [title: string, keeping: Keeping, kept: string][] = [
    ['keeps as many as it is told', {maxFiles: 2}, 'cd'],
    ['keeps all where there are fewer', {maxFiles: 5}, 'abcd'],
    ['keeps no more bytes than it is told', {maxFiles: 5, maxBytes: 89}, 'cd'],
    ['keeps what fits to the byte', {maxFiles: 5, maxBytes: 90}, 'bcd'],
    ['keeps the newest whatever its size', {maxFiles: 5, maxBytes: 1}, 'd'],
  ]
  for (const [title, keeping, kept] of cases) {
    it(title, () => {
      const directory = makeTemporaryDirectory()
      mkdirSync(path.join(directory, 'directory'))
      for (const [age, [name, bytes]] of Object.entries(FILES).entries()) {
        writeFileSync(path.join(directory, name), 'x'.repeat(bytes))
        utimesSync(path.join(directory, name), age + 1, age + 1)
      }
      keepNewest(directory, keeping)
      assert.deepEqual(readdirSync(directory), [...kept, 'directory'])
      removeTree(directory)
    })
  }
})
