import assert from 'node:assert/strict'
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import fs, {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {ReplaceFileError, replaceFile} from '../../src/host/files/atomic-write.js'
import {removeFile} from '../../src/host/files/change-files.js'
import type {Analysis} from '../../src/services/analysis/analysis.js'
import {analyzeInDepth} from '../../src/services/context/analyze-context.js'
import {writeChanges} from '../../src/services/context/write-changes.js'
import {openProgramToAll} from '../helpers/ordinary-user.js'
import {projectRoot} from '../helpers/project.js'
import {withRandom} from '../helpers/random.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {withPatchedFs} from '../helpers/with-patched-fs.js'

const PROGRAM = path.join(projectRoot, 'bin/run.js')
const OLD = '# mine\ndist\n'

describe('writing', () => {
  const program = openProgramToAll()
  let root = ''
  let ignoreFile = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
    ignoreFile = path.join(root, '.dockerignore')
    writeTree(root, {
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      'package.json': '{"scripts":{}}',
      'package-lock.json': '{}',
      'node_modules/a/package.json': '{}',
      'node_modules/a/index.js': 'x'.repeat(100_000),
      '.dockerignore': OLD,
    })
  })
  afterEach(() => removeTree(root))

  it('a file is whole and may be started, whenever its writer is killed', () =>
    withRandom(async (random) => {
      const file = path.join(root, 'launcher')
      const writer = fileURLToPath(new URL('./kill-writer.js', import.meta.url))
      let found = 0
      for (let turn = 0; turn < 8; turn++) {
        const child = spawn(process.execPath, [writer, file], {stdio: ['ignore', 'pipe', 'ignore']})
        const ended = once(child, 'exit')
        await once(child.stdout, 'data')
        // A stopped writer has done what a killed one would have done, and need not be started again.
        for (let stop = 0; stop < 40; stop++) {
          await new Promise((resolve) => setTimeout(resolve, random() * 4))
          child.kill('SIGSTOP')
          if (isThereAndWhole(file)) found++
          child.kill('SIGCONT')
        }
        child.kill('SIGKILL')
        await ended
        if (isThereAndWhole(file)) found++
      }
      assert.ok(found > 50, 'the file was hardly ever there')
    }))

  it('two at once: one writes, the other sees it or says so', async () => {
    const runs = [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, [PROGRAM, 'context', root, '--write'])
      let text = ''
      child.stderr.on('data', (chunk) => {
        text += chunk
      })
      child.stdout.resume()
      const [status] = await once(child, 'close')
      return {status, text}
    })
    for (const {status, text} of await Promise.all(runs)) {
      assert.ok(status === 0 || /changed meanwhile/.test(text), text)
    }
    const content = readFileSync(ignoreFile, 'utf8')
    assert.equal(content.match(/node_modules/g)?.length, 1)
    assert.ok(content.startsWith(OLD))
  })

  async function analyze(): Promise<Analysis> {
    return analyzeInDepth({contextDir: root})
  }

  const REFUSED: readonly (readonly [title: string, reason: RegExp, spoil: (file: string) => void])[] = [
    ['an editor changed it', /changed meanwhile/, (file) => writeFileSync(file, 'theirs\n')],
    ['it has another name', /hard-linked/, (file) => linkSync(file, `${file}.other`)],
    [
      'a directory took its place',
      /not a regular file|changed meanwhile/,
      (file) => {
        removeTree(file)
        mkdirSync(file)
      },
    ],
    [
      'a link out of the context took its place',
      /link out of|changed meanwhile/,
      (file) => {
        writeFileSync(`${path.dirname(file)}-outside`, OLD)
        removeTree(file)
        symlinkSync(`${path.dirname(file)}-outside`, file)
      },
    ],
  ]
  for (const [title, reason, spoil] of REFUSED) {
    it(`refuses when ${title}`, async () => {
      const analysis = await analyze()
      assert.equal(analysis.changes.length, 1)
      spoil(ignoreFile)
      await assert.rejects(writeChanges(analysis), reason)
      assert.deepEqual(findLitter(root), [])
      removeTree(`${root}-outside`)
    })
  }

  it('refuses when an editor saves while the temporary file is being written', () => {
    const {fsyncSync} = fs
    const saveMeanwhile = (descriptor: number): void => {
      fsyncSync(descriptor)
      writeFileSync(ignoreFile, 'theirs\n')
    }
    withPatchedFs({fsyncSync: saveMeanwhile}, () => {
      assert.throws(() => replaceFile(ignoreFile, Buffer.from('ours\n'), Buffer.from(OLD)), {code: 'changed'})
    })
    assert.equal(readFileSync(ignoreFile, 'utf8'), 'theirs\n')
    assert.deepEqual(findLitter(root), [])
  })

  it('a read-only directory, file or file system is left alone, with a message', () => {
    chmodSync(ignoreFile, 0o444)
    // In a directory that may be written a rename would replace even a read-only file.
    for (const mode of [0o555, 0o777]) {
      chmodSync(root, mode)
      const {status, stderr} = program.runAsOrdinaryUser(['context', root, '--write'])
      assert.equal(status, 2)
      assert.match(stderr, /^Error: Cannot write "\.dockerignore": permission denied\n/)
      assert.equal(readFileSync(ignoreFile, 'utf8'), OLD)
    }
  })

  it('a full disk leaves the old file', function () {
    const mounted = path.join(root, 'small')
    mkdirSync(mounted)
    skipUnless(this, mount(mounted), 'may not mount a small file system')
    try {
      const file = path.join(mounted, 'file')
      writeFileSync(file, OLD)
      const content = Buffer.alloc(1 << 20)
      assert.throws(
        () => replaceFile(file, content, Buffer.from(OLD)),
        (error) => error instanceof ReplaceFileError && error.code === 'no-space',
      )
      assert.equal(readFileSync(file, 'utf8'), OLD)
      assert.deepEqual(readdirSync(mounted), ['file'])
      execFileSync('mount', ['-o', 'remount,ro', mounted])
      assert.throws(() => replaceFile(file, Buffer.from('x'), Buffer.from(OLD)), {code: 'not-permitted'})
    } finally {
      execFileSync('umount', [mounted])
    }
  })

  it('undoing takes away no file that somebody else has written meanwhile', () => {
    writeFileSync(ignoreFile, 'theirs\n')
    removeFile(ignoreFile, Buffer.from('ours!!\n'))
    assert.equal(readFileSync(ignoreFile, 'utf8'), 'theirs\n')
    removeFile(ignoreFile, Buffer.from('theirs\n'))
    assert.ok(!existsSync(ignoreFile))
  })
})

const WHOLE = ['a', 'b'].map((letter) => Buffer.alloc(200_000, letter))

/** Checks what the writer left. @returns whether it left a file */
function isThereAndWhole(file: string): boolean {
  const descriptor = openIfThere(file)
  if (descriptor === null) return false
  const content = readFileSync(descriptor)
  const {mode} = fstatSync(descriptor)
  closeSync(descriptor)
  assert.ok(WHOLE.some((expected) => expected.equals(content)))
  assert.equal(mode & 0o111, 0o111)
  return true
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r')
  } catch {
    return null
  }
}

function findLitter(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.endsWith('.tmp'))
}

function mount(directory: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]).status === 0
}
