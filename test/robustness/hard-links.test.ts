import assert from 'node:assert/strict'
import {execFileSync, spawnSync} from 'node:child_process'
import fs, {linkSync, mkdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import path from 'node:path'
import {listTransfer} from '../../src/services/entries/list-entries.js'
import {readColumns} from '../helpers/read-columns.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {withPatchedFs} from '../helpers/with-patched-fs.js'

/** Makes one of each kind; false where it cannot be made here. */
const KINDS: Record<string, (hostPath: string) => boolean> = {
  file: (hostPath) => writeFileSync(hostPath, 'x') === undefined,
  pipe: (hostPath) => spawnSync('mkfifo', [hostPath]).status === 0,
  device: (hostPath) => spawnSync('mknod', [hostPath, 'c', '1', '3']).status === 0,
}

describe('hard links', () => {
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  // Engine 28.5 counts 105 bytes for a Dockerfile and a pipe of two names, 113 for a device.
  for (const [kind, make] of Object.entries(KINDS)) {
    it(`of a ${kind} name the first one that is sent`, async function () {
      mkdirSync(path.join(root, 'ignored'))
      skipUnless(this, make(path.join(root, 'ignored/first')), `may not make a ${kind}`)
      for (const name of ['one', 'two']) linkSync(path.join(root, 'ignored/first'), path.join(root, name))
      writeFileSync(path.join(root, '.dockerignore'), 'ignored\n')
      const entries = await listTransfer({contextDir: root})
      const [one, two] = entries.filter(({path: name}) => !name.startsWith('.'))
      assert.deepEqual([one?.linkName, two?.type, two?.linkName], [undefined, 'hardlink', 'one'])
      const contentBytes = kind === 'file' ? 7 + 4 : 0
      assert.equal(two!.transferBytes, one!.transferBytes - contentBytes + 5)
    })
  }

  it('of a socket are links, too', async () => {
    const server = createServer().listen(path.join(root, 'one'))
    linkSync(path.join(root, 'one'), path.join(root, 'two'))
    const entries = await listTransfer({contextDir: root})
    assert.deepEqual(
      entries.map(({linkName}) => linkName),
      [undefined, 'one'],
    )
    server.close()
  })

  it('are told by every digit of their inode', () => {
    execFileSync('touch', ['a', 'b', 'c'], {cwd: root})
    const inodes: Record<string, bigint> = {a: 2n ** 60n, b: 2n ** 60n + 1n, c: 2n ** 60n}
    const {lstatSync} = fs
    // A file system with inodes that large cannot be made at will.
    const lstatLarge = (hostPath: string, options: {bigint?: boolean}) => {
      const stats = lstatSync(hostPath, options)!
      const ino = inodes[path.basename(hostPath)]!
      return Object.assign(stats, options.bigint ? {ino, nlink: 2n} : {ino: Number(ino), nlink: 2})
    }
    const {columns} = withPatchedFs({lstatSync: lstatLarge as typeof lstatSync}, () => readColumns(root))
    const [a, b, c] = [0, 1, 2].map((index) => columns.rare.get(index)?.inode)
    assert.ok(a !== undefined && a === c && a !== b)
  })
})
