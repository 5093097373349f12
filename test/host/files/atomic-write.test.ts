import assert from 'node:assert/strict'
import {spawn, spawnSync} from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {type ReplaceFileCode, ReplaceFileError, replaceFile} from '../../../src/host/files/atomic-write.js'
import {itWhere} from '../../helpers/skip.js'

const MODULE = new URL('../../../src/host/files/atomic-write.js', import.meta.url).href
const IS_ROOT = process.getuid?.() === 0
const posixIt = itWhere(process.platform !== 'win32', 'not on Windows')
const encode = (text: string) => new TextEncoder().encode(text)

describe('replaceFile', () => {
  let directory: string
  let file: string

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'atomic-write-')))
    file = path.join(directory, '.dockerignore')
  })

  afterEach(() => {
    chmodSync(directory, 0o755)
    rmSync(directory, {recursive: true})
  })

  const assertAlone = (...names: string[]) => assert.deepEqual(readdirSync(directory).sort(), names.sort())
  const assertRefused = (code: ReplaceFileCode, act: () => void) =>
    assert.throws(
      act,
      (error) => error instanceof ReplaceFileError && error.code === code && error.path === file,
    )

  it('makes a file', () => {
    replaceFile(file, encode('new'), null)
    assert.equal(readFileSync(file, 'utf8'), 'new')
    assertAlone('.dockerignore')
  })

  posixIt('gives a new file mode 0644, less the umask', () => {
    const mask = process.umask(0o027)
    try {
      replaceFile(file, encode('new'), null)
    } finally {
      process.umask(mask)
    }
    assert.equal(statSync(file).mode & 0o7777, 0o640)
  })

  for (const mode of [0o600, 0o664, 0o755, 0o666]) {
    posixIt(`keeps mode ${mode.toString(8)}`, () => {
      writeFileSync(file, 'old')
      chmodSync(file, mode)
      replaceFile(file, encode('new'), encode('old'))
      assert.equal(readFileSync(file, 'utf8'), 'new')
      assert.equal(statSync(file).mode & 0o7777, mode)
      assertAlone('.dockerignore')
    })
  }

  posixIt('keeps a symbolic link and replaces what it leads to', () => {
    mkdirSync(path.join(directory, 'docker'))
    const target = path.join(directory, 'docker/ignore')
    writeFileSync(target, 'old')
    symlinkSync('docker/ignore', file)
    replaceFile(file, encode('new'), encode('old'), {within: directory})
    assert.equal(readlinkSync(file), 'docker/ignore')
    assert.equal(readFileSync(target, 'utf8'), 'new')
    assert.ok(lstatSync(target).isFile())
    assert.deepEqual(readdirSync(path.dirname(target)), ['ignore'])
  })

  posixIt('refuses a link that leads out of the directory, unless it may', () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'atomic-write-outside-'))
    try {
      const target = path.join(outside, 'ignore')
      writeFileSync(target, 'old')
      symlinkSync(target, file)
      assertRefused('leads-out', () => replaceFile(file, encode('new'), encode('old'), {within: directory}))
      assert.equal(readFileSync(target, 'utf8'), 'old')
      replaceFile(file, encode('new'), encode('old'))
      assert.equal(readFileSync(target, 'utf8'), 'new')
    } finally {
      rmSync(outside, {recursive: true})
    }
  })

  posixIt('refuses a link to nothing, a directory, a file of several names', () => {
    symlinkSync('gone', file)
    assertRefused('dangling-link', () => replaceFile(file, encode('new'), null))
    rmSync(file)
    symlinkSync('.dockerignore', file)
    assertRefused('dangling-link', () => replaceFile(file, encode('new'), null))
    rmSync(file)
    mkdirSync(file)
    assertRefused('not-a-file', () => replaceFile(file, encode('new'), null))
    rmSync(file, {recursive: true})
    writeFileSync(path.join(directory, 'other'), 'old')
    linkSync(path.join(directory, 'other'), file)
    assertRefused('hard-linked', () => replaceFile(file, encode('new'), encode('old')))
    assertAlone('.dockerignore', 'other')
  })

  it('refuses a file that changed, appeared or vanished meanwhile', () => {
    assertRefused('changed', () => replaceFile(file, encode('new'), encode('old')))
    assertAlone()
    writeFileSync(file, 'theirs')
    assertRefused('changed', () => replaceFile(file, encode('new'), encode('old')))
    assertRefused('changed', () => replaceFile(file, encode('new'), null))
    assert.equal(readFileSync(file, 'utf8'), 'theirs')
    assertAlone('.dockerignore')
  })

  it('refuses a directory that does not exist', () => {
    file = path.join(directory, 'gone/.dockerignore')
    assertRefused('no-directory', () => replaceFile(file, encode('new'), null))
  })

  posixIt('refuses a read-only directory', () => {
    writeFileSync(file, 'old')
    chmodSync(file, 0o666)
    chmodSync(directory, 0o555)
    assert.equal(runReplace(file, {asNobody: true}), 'not-permitted')
    chmodSync(directory, 0o755)
    assertAlone('.dockerignore')
  })

  posixIt('refuses a read-only file, though its directory would allow a rename', () => {
    writeFileSync(file, 'old')
    chmodSync(file, 0o444)
    chmodSync(directory, 0o777)
    assert.equal(runReplace(file, {asNobody: true}), 'not-permitted')
    assert.equal(readFileSync(file, 'utf8'), 'old')
    assertAlone('.dockerignore')
  })

  posixIt('leaves the old file and nothing else when there is no space', () => {
    writeFileSync(file, 'old')
    assert.equal(runReplace(file, {sizeLimited: true}), 'no-space')
    assert.equal(readFileSync(file, 'utf8'), 'old')
    assertAlone('.dockerignore')
  })

  posixIt('leaves a whole file whenever it is killed', async () => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(100_000))
    writeFileSync(file, contents[0]!)
    for (let delayMs = 1; delayMs <= 20; delayMs++) {
      await killWhileReplacing(file, contents, delayMs)
      assert.ok(contents.includes(readFileSync(file, 'utf8')), `whole when killed after ${delayMs} ms`)
    }
  })
})

/** Replaces "old" in a process of its own and returns the error's code; root is let off too much. */
function runReplace(file: string, {asNobody = false, sizeLimited = false}): string {
  const length = sizeLimited ? 1_000_000 : 3
  const script = `
    const {replaceFile} = await import(${JSON.stringify(MODULE)})
    ${asNobody && IS_ROOT ? 'process.setgid(65534); process.setuid(65534)' : ''}
    try {
      replaceFile(${JSON.stringify(file)}, new Uint8Array(${length}), new TextEncoder().encode('old'))
      process.stdout.write('done')
    } catch (error) {
      process.stdout.write(String(error.code))
    }`
  const node = [process.execPath, '--input-type=module', '--eval', script]
  // A limit on the size of files fails in the middle of a write, as a full disk does.
  const [command, ...args] = sizeLimited ? ['sh', '-c', 'ulimit -f 8; exec "$@"', 'sh', ...node] : node
  return spawnSync(command!, args, {encoding: 'utf8'}).stdout
}

/** Starts a process that replaces the file over and over, and kills it after it has begun. */
async function killWhileReplacing(file: string, contents: string[], delayMs: number): Promise<void> {
  const script = `
    const {readFileSync, writeSync} = await import('node:fs')
    const {replaceFile} = await import(${JSON.stringify(MODULE)})
    const contents = ${JSON.stringify(contents.map((content) => content[0]))}.map((letter) => letter.repeat(100_000))
    writeSync(1, 'ready')
    for (let turn = 0; ; turn++) {
      const old = readFileSync(${JSON.stringify(file)})
      replaceFile(${JSON.stringify(file)}, Buffer.from(contents[turn % 2]), old)
    }`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  child.kill('SIGKILL')
  await exited
}
