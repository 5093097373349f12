import assert from 'node:assert/strict'
import {chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {findCacheDir} from '../../../src/host/files/find-cache-dir.js'
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
