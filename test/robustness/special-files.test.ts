import assert from 'node:assert/strict'
import {execFileSync, spawn} from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {createServer} from 'node:net'
import path from 'node:path'
import {SlimCheckError} from '../../src/errors.js'
import {readFileOrNull} from '../../src/host/files/change-files.js'
import {readBeginnings, readFileBounded} from '../../src/host/files/read-file.js'
import {readGitIgnoreFiles} from '../../src/host/files/read-git-files.js'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {type AnalyzeRequest, analyzeRequest} from '../../src/services/context/analyze-request.js'
import {actAsOrdinaryUser} from '../helpers/ordinary-user.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

const READ_NAMES = [
  ...[
    '.dockerignore',
    'Dockerfile.dockerignore',
    '.gitignore',
    'package.json',
    'package-lock.json',
    '.npmrc',
    '.env',
  ],
  ...[
    'pyvenv.cfg',
    'src/pyvenv.cfg',
    'go.mod',
    'Makefile',
    '.git',
    '.git/info/exclude',
    'src/.gitignore',
    'id_rsa',
  ],
]

/** What stands where a file is expected. */
const KINDS: Record<string, (hostPath: string) => void> = {
  pipe: (hostPath) => execFileSync('mkfifo', [hostPath]),
  directory: (hostPath) => mkdirSync(hostPath),
  'link to itself': (hostPath) => symlinkSync(path.basename(hostPath), hostPath),
  'link out of the context': (hostPath) => symlinkSync('/dev/zero', hostPath),
  'link to nothing': (hostPath) => symlinkSync('nowhere', hostPath),
}

/**
 * Writes into a pipe how often it was opened for reading, each time that it is: whoever opens it, even for a moment, lets
 * the writer go on to the next number.
 */
const COUNTING_WRITER = `trap '' PIPE; number=0; while number=$((number + 1)); do echo $number > "$1"; done`

describe('what is no regular file', () => {
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {Dockerfile: 'FROM scratch\nCOPY . /\n', 'src/a.js': 'a'})
  })
  afterEach(() => removeTree(root))

  for (const [kind, make] of Object.entries(KINDS)) {
    it(`a ${kind} in the place of a file that is read`, async () => {
      for (const name of READ_NAMES) {
        mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
        make(path.join(root, name))
        const {before} = await analyzeContext({contextDir: root})
        assert.equal(before.fileCount, 2, name)
        rmSync(path.join(root, name.startsWith('.git/') ? '.git' : name), {recursive: true})
      }
    })

    it(`a ${kind} as the Dockerfile`, async () => {
      rmSync(path.join(root, 'Dockerfile'))
      make(path.join(root, 'Dockerfile'))
      await assert.rejects(
        analyzeContext({contextDir: root}),
        (error) => error instanceof SlimCheckError && /^dockerfile-(unreadable|not-found)$/.test(error.code),
      )
    })
  }

  /** What is read besides, and how one asks for it. */
  const ASKED: Record<string, AnalyzeRequest['choice']> = {
    '.slim-check.yaml': null,
    'compose.yaml': {composeFiles: []},
    'docker-bake.json': {bakeFiles: []},
    'docker-bake.hcl': {bakeFiles: []},
  }
  for (const [name, choice] of Object.entries(ASKED)) {
    it(`${name} that is none, or may not be read, is a clear error`, async () => {
      const file = path.join(root, name)
      const refused = (): Promise<void> =>
        assert.rejects(
          analyzeRequest({
            build: {contextDir: root, workingDir: root},
            ...(choice !== undefined && {choice}),
          }),
          (error) =>
            error instanceof SlimCheckError && /^Cannot read|: (it is|permission)/.test(error.message),
        )
      for (const kind of ['pipe', 'directory', 'link out of the context']) {
        KINDS[kind]!(file)
        await refused()
        rmSync(file, {recursive: true})
      }
      writeFileSync(file, '{}', {mode: 0o000})
      chmodSync(root, 0o755)
      await actAsOrdinaryUser(refused)
    })
  }

  it('pipes, devices and sockets are listed and never opened', async () => {
    const pipe = path.join(root, 'package.json')
    execFileSync('mkfifo', [pipe])
    execFileSync('mkfifo', [path.join(root, '.gitconfig')])
    const server = createServer().listen(path.join(root, 'socket'))
    const writer = spawn('sh', ['-c', COUNTING_WRITER, 'sh', pipe], {stdio: 'ignore'})
    const given = process.env.HOME
    process.env.HOME = root
    try {
      await analyzeContext({contextDir: root})
      assert.equal(readFileBounded(pipe, 100).status, 'special')
      assert.equal(readBeginnings(root, [{path: 'package.json', maxBytes: 10}]).size, 0)
      assert.throws(() => readFileOrNull(pipe), {code: 'file-unreadable'})
      assert.deepEqual(readGitIgnoreFiles(root, []).files, [])
      assert.match(readOnce(pipe), /^1\n/, 'somebody opened the pipe before')
    } finally {
      process.env.HOME = given
      writer.kill('SIGKILL')
      server.close()
    }
  })

  it('the context may be a link, and a circle of links is no context', async () => {
    symlinkSync('src', path.join(root, 'to-src'))
    assert.equal((await analyzeContext({contextDir: path.join(root, 'to-src')})).before.fileCount, 1)
    symlinkSync('circle', path.join(root, 'circle'))
    await assert.rejects(analyzeContext({contextDir: path.join(root, 'circle')}), /links go in a circle/)
    assert.equal(readdirSync(root).length, 4)
  })

  it('empty text is no context', async () => {
    await assert.rejects(analyzeContext({contextDir: ''}), {code: 'context-empty'})
  })
})

/** Reads what a writer has ready. */
function readOnce(pipe: string): string {
  const descriptor = openSync(pipe, 'r')
  const buffer = Buffer.alloc(100)
  const length = readSync(descriptor, buffer)
  closeSync(descriptor)
  return buffer.toString('latin1', 0, length)
}
