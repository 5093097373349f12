import assert from 'node:assert/strict'
import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {writeContextTar} from '../../src/host/archive/write-context-tar.js'
import {writeTransferTar} from '../../src/services/entries/write-transfer-tar.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

describe('a context written as a tar', () => {
  let root = ''
  let file = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
    file = `${root}.tar`
    writeTree(root, {Dockerfile: 'FROM scratch\nCOPY . /\n', 'src/run': 'x'})
  })
  afterEach(() => {
    removeTree(root)
    removeTree(file)
  })

  it('keeps set-user-id and sticky bits, and what is no file', async () => {
    chmodSync(path.join(root, 'src/run'), 0o4755)
    chmodSync(path.join(root, 'src'), 0o1777)
    execFileSync('mkfifo', [path.join(root, 'pipe')])
    const hasDevice = spawnSync('mknod', [path.join(root, 'null'), 'c', '1', '3']).status === 0
    await writeTransferTar({contextDir: root}, file)
    const listing = execFileSync('tar', ['tvf', file], {encoding: 'utf8'})
    assert.match(listing, /^-rwsr-xr-x .* src\/run$/m)
    assert.match(listing, /^drwxrwxrwt .* src\/?$/m)
    assert.match(listing, /^p.* pipe$/m)
    if (hasDevice) assert.match(listing, /^c.* 1,3 .* null$/m)
  })

  const SWAPPED: Record<string, (hostPath: string) => void> = {
    'a link': (hostPath) => symlinkSync('/etc/passwd', hostPath),
    'a pipe': (hostPath) => execFileSync('mkfifo', [hostPath]),
    'a device': (hostPath) => spawnSync('mknod', [hostPath, 'c', '1', '5']),
    'a directory': (hostPath) => mkdirSync(hostPath),
    nothing: () => {},
  }
  for (const [what, put] of Object.entries(SWAPPED)) {
    it(`leaves no tar when ${what} has taken a file's place`, async () => {
      put(path.join(root, 'swapped'))
      const entry = {path: 'swapped', type: 'file', mode: 0o644, size: 10, modified: 0} as const
      await assert.rejects(writeContextTar(root, [entry], file))
      const beside = readdirSync(path.dirname(file)).filter((name) => name.startsWith(path.basename(file)))
      assert.deepEqual(beside, [])
    })
  }

  it('says which name is not valid UTF-8', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), 'x')
    await assert.rejects(writeTransferTar({contextDir: root}, file), /"bad�" is not valid UTF-8/)
  })
})
