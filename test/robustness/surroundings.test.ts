import assert from 'node:assert/strict'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs'
import {createServer, type Socket} from 'node:net'
import path from 'node:path'
import {hasDocker, makeDockerConfig} from '../helpers/docker.js'
import {openProgramToAll} from '../helpers/ordinary-user.js'
import {projectRoot} from '../helpers/project.js'
import {isRoot, skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

const PROGRAM = path.join(projectRoot, 'bin/run.js')

/** Loaded before the program: its walk says that it has begun, and takes time for each directory. */
const SLOW_WALK = `const fs = require('node:fs')
const {readdirSync} = fs
fs.readdirSync = (...values) => {
  if (String(values[0]).includes('node_modules')) {
    process.stderr.write('x')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  return readdirSync(...values)
}`

/** Loaded before the program: makes a file once the program has looked whether Docker's socket is there. */
const TELLS_OF_WATCH = `const fs = require('node:fs')
const {readFileSync} = fs
fs.readFileSync = (...values) => {
  const content = readFileSync(...values)
  if (values[0] === '/proc/net/unix') fs.writeFileSync(process.env.WATCHED, '')
  return content
}`

interface Finished {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs a line of shell with the program as `"$@"`. */
function runShell(line: string, words: readonly string[], options: object = {}): Finished {
  const {status, stdout, stderr} = spawnSync(
    'bash',
    ['-c', line, 'bash', process.execPath, PROGRAM, ...words],
    {
      encoding: 'utf8',
      timeout: 60_000,
      ...options,
    },
  )
  return {status, stdout, stderr}
}

describe('surroundings', () => {
  const program = openProgramToAll()
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'no such shell on Windows')
    root = makeTemporaryDirectory()
    chmodSync(root, 0o755)
    const files: Record<string, string> = {Dockerfile: 'FROM scratch\nCOPY . /\n'}
    for (let number = 0; number < 3_000; number++)
      files[`src/a-name-long-enough-for-a-full-pipe-${number}`] = 'x'
    writeTree(root, files)
  })
  after(() => removeTree(root))

  it('ends quietly when its reader goes away', () => {
    for (const words of [
      ['ls', root],
      ['ls', root, '--json'],
    ]) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
      const {stderr} = runShell('"$@" | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}', words)
      assert.equal(stderr, '', words.join(' '))
    }
  })

  it('says that standard output is full', function () {
    skipUnless(this, existsSync('/dev/full'), 'no /dev/full')
    for (const words of [
      ['ls', root],
      ['nothing', '--json'],
    ]) {
      const {status, stderr} = runShell('"$@" >/dev/full', words)
      assert.deepEqual([status, stderr], [2, 'Error: Cannot write to standard output: no space left\n'])
    }
  })

  it('runs with every standard stream closed', () => {
    assert.equal(runShell('"$@" <&- >&- 2>&-', ['context', root]).status, 0)
    const {status, stderr} = runShell('"$@" <&-', ['context', '-'])
    assert.equal(status, 2)
    assert.match(stderr, /standard input is empty/)
  })

  const ENVIRONMENTS: Record<string, Record<string, string>> = {
    'COLUMNS=0': {COLUMNS: '0'},
    'COLUMNS=1': {COLUMNS: '1'},
    'COLUMNS=-7': {COLUMNS: '-7'},
    'COLUMNS=garbage': {COLUMNS: 'garbage'},
    'COLUMNS=1e400': {COLUMNS: '1e400'},
    'TERM=dumb, LANG=C': {TERM: 'dumb', LANG: 'C', LC_ALL: 'C'},
    'FORCE_COLOR and NO_COLOR': {FORCE_COLOR: '3', NO_COLOR: '1'},
    'TZ=garbage': {TZ: 'Nowhere/Nothing'},
    'PATH empty': {PATH: ''},
    'HOME nowhere': {HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere', DOCKER_CONFIG: '/nowhere'},
  }
  it('says the same in every environment', async () => {
    const runs = Object.entries(ENVIRONMENTS).map(async ([title, env]) => {
      const child = spawn(process.execPath, [PROGRAM, 'context', root], {env: {...process.env, ...env}})
      const output = {stdout: '', stderr: ''}
      child.stdout.on('data', (chunk) => (output.stdout += chunk))
      child.stderr.on('data', (chunk) => (output.stderr += chunk))
      const [status] = await once(child, 'close')
      return {title, env, status, ...output}
    })
    for (const {title, env, status, stdout, stderr} of await Promise.all(runs)) {
      assert.deepEqual([status, stderr], [0, ''], title)
      assert.match(stdout, /3,001\s+files/, title)
      assert.ok(!stdout.includes('\u001b'), title)
      if (env.LANG === 'C') assert.match(stdout, /^[\n -~]*$/)
    }
  })

  it('a user without a name, a home and a shell', function () {
    skipUnless(this, isRoot, 'needs root, to become a user without a name')
    const env = {HOME: undefined, SHELL: undefined, XDG_CACHE_HOME: undefined}
    const {status, stderr} = program.runAsOrdinaryUser(['context', root], {uid: 54_321, env})
    assert.deepEqual([status, stderr], [0, ''])
  })

  it('a home that may not be read', () => {
    const home = path.join(root, '../', `${path.basename(root)}-home`)
    mkdirSync(home)
    writeFileSync(path.join(home, '.gitconfig'), '[core]\nexcludesfile = x\n')
    chmodSync(home, 0o000)
    const env = {HOME: home, XDG_CACHE_HOME: undefined}
    const {status, stderr} = program.runAsOrdinaryUser(['context', root], {env})
    chmodSync(home, 0o755)
    removeTree(home)
    assert.deepEqual([status, stderr], [0, ''])
  })

  it('a working directory that is gone', () => {
    const gone = path.join(root, 'gone')
    mkdirSync(gone)
    const {status, stderr} = runShell(`cd "${gone}"; rmdir "${gone}"; "$@"`, ['context', '.'])
    if (existsSync(gone)) rmdirSync(gone)
    assert.equal(status, 2)
    assert.match(stderr, /Error: The working directory no longer exists\nTry this: /)
    assert.doesNotMatch(stderr, /Internal|at .*:\d+/)
  })

  it('few open files', () => {
    const {status, stderr} = runShell('ulimit -n 48; "$@"', ['context', root])
    if (status !== 0)
      assert.match(stderr, /^Error: The limit of open files is too low for this process\nTry this: Raise/)
    assert.equal(runShell('ulimit -n 256; "$@"', ['context', root]).status, 0)
  })

  it('a small stack', () => {
    const {status, stderr} = runShell('ulimit -s 500; "$@"', ['ls', '--long', root])
    assert.deepEqual([status, stderr], [0, ''])
  })

  it('Ctrl-C ends a walk by the signal, and nothing is left', async () => {
    const place = path.join(root, 'walked')
    const modules = Array.from({length: 500}, (_, number) => [`node_modules/${number}/package.json`, '{}'])
    writeTree(place, {Dockerfile: 'FROM node\nCOPY . .\nRUN npm ci\n', ...Object.fromEntries(modules)})
    const preload = path.join(root, 'slow-walk.cjs')
    writeFileSync(preload, SLOW_WALK)
    const child = spawn(process.execPath, ['--require', preload, PROGRAM, 'context', place, '--write'])
    const ended = once(child, 'exit')
    child.stdout.resume()
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    const [status, signal] = await ended
    assert.ok(signal === 'SIGINT' || status === 130)
    assert.ok(!existsSync(path.join(place, '.dockerignore')))
  })

  /** Reads standard input, which never ends: only a signal ends the program. */
  const ENDLESS = ['context', '-']

  it('Docker that closes its socket ends the program, as Ctrl-C does, and an open one keeps it no longer', async () => {
    const socket = path.join(root, '../', `${path.basename(root)}.sock`)
    const connections: Socket[] = []
    const server = createServer((connection) => connections.push(connection)).listen(socket)
    try {
      const env = {...process.env, DOCKER_CLI_PLUGIN_SOCKET: socket}
      const finished = spawn(process.execPath, [PROGRAM, 'ls', root], {env})
      finished.stdout.resume()
      assert.deepEqual(await once(finished, 'exit'), [0, null])
      const child = spawn(process.execPath, [PROGRAM, ...ENDLESS], {env})
      const ended = once(child, 'exit')
      await once(server, 'connection')
      for (const connection of connections) connection.destroy()
      assert.deepEqual(await ended, [null, 'SIGINT'])
    } finally {
      server.close()
    }
  })

  it('Ctrl-C that only docker hears ends the plugin, too', async function () {
    skipUnless(this, hasDocker() && process.platform === 'linux', 'needs a Docker client on Linux')
    const config = makeDockerConfig(null)
    const preload = path.join(root, 'tells-of-watch.cjs')
    writeFileSync(preload, TELLS_OF_WATCH)
    const watched = path.join(root, 'watched')
    const env = {...process.env, DOCKER_CONFIG: config}
    try {
      spawnSync(process.execPath, [PROGRAM, 'install'], {env})
      const docker = spawn('docker', ['slimcheck', ...ENDLESS], {
        env: {...env, NODE_OPTIONS: `--require ${preload}`, WATCHED: watched},
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const ended = once(docker, 'exit')
      await waitFor(() => findPlugin(docker.pid!) !== null)
      const plugin = findPlugin(docker.pid!)!
      // A socket that is gone before the first look has never been there.
      await waitFor(() => existsSync(watched))
      docker.kill('SIGINT')
      try {
        await waitFor(() => !existsSync(`/proc/${plugin}`))
      } finally {
        docker.stdin.destroy()
      }
      await ended
    } finally {
      removeTree(config)
    }
  })
})

/** The program that docker has become the parent of; null while it is not there. */
function findPlugin(docker: number): string | null {
  const tasks = readdirSync(`/proc/${docker}/task`)
  const lists = tasks.map((task) => readFileSync(`/proc/${docker}/task/${task}/children`, 'utf8'))
  const children = lists.flatMap((list) => list.trim().split(' ')).filter((child) => child !== '')
  return children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('run.js')) ?? null
}

async function waitFor(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 50))
}
