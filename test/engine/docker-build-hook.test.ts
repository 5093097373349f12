/** The hook docker-build with a real client, a real buildx and a real engine. */
import assert from 'node:assert/strict'
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import path from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {
  type Finished,
  findBuildx,
  makeDockerConfig,
  type RunOptions,
  runOwn,
  runProgram,
} from '../helpers/docker.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

const DOCKERFILE = 'FROM scratch\nCOPY . /\n'
const ALL_WELL = /^slim-check: [\d.]+ k?B in 2 files to transfer \(\d+ B when nothing has changed\)$/m

describe('the hook docker-build on a real engine', () => {
  const buildx = findBuildx()
  let plain: string
  let hooked: string
  let context: string

  const docker = (config: string, words: readonly string[], options: RunOptions = {}): Finished =>
    runProgram('docker', words, {...options, env: {DOCKER_CONFIG: config, ...options.env}})
  const launcher = (): string => path.join(hooked, 'cli-plugins/docker-slimbuild')
  /** Runs with a changed launcher, and puts it back. */
  const withLauncher = (change: (text: string) => string, run: () => void): void => {
    const text = readFileSync(launcher(), 'utf8')
    writeFileSync(launcher(), change(text))
    try {
      run()
    } finally {
      writeFileSync(launcher(), text)
    }
  }

  before(function () {
    if (buildx === null || runProgram('docker', ['version']).status !== 0) this.skip()
    plain = makeDockerConfig(buildx)
    hooked = makeDockerConfig(buildx)
    context = makeTemporaryDirectory()
    writeTree(context, {Dockerfile: DOCKERFILE, 'a.txt': 'a'})
    const {status, stderr} = runOwn(['hook', 'install', 'docker-build'], {env: {DOCKER_CONFIG: hooked}})
    assert.equal(status, 0, stderr)
  })

  after(() => {
    for (const directory of [plain, hooked, context]) if (directory) removeTree(directory)
  })

  for (const words of [
    ['build', '-q', '.'],
    ['image', 'build', '-q', '.'],
    ['builder', 'build', '-q', '.'],
    ['--log-level', 'error', 'build', '--quiet', '.'],
    ['-c', 'default', 'build', '-q', '.'],
  ]) {
    it(`makes the same image: docker ${words.join(' ')}`, () => {
      const expected = docker(plain, words, {cwd: context})
      const actual = docker(hooked, words, {cwd: context})
      assert.equal(expected.status, 0, expected.stderr)
      assert.equal(actual.status, 0, actual.stderr)
      assert.equal(actual.stdout, expected.stdout)
      assert.match(actual.stderr, ALL_WELL)
      assert.equal(actual.stderr.replace(ALL_WELL, '').trim(), expected.stderr.trim())
    })
  }

  for (const words of [
    ['build', '--nonsense', '.'],
    ['build'],
    ['build', '/nonexistent'],
    ['build', '--help'],
    ['builder', 'nonsense'],
    ['builder', 'ls', '--format', '{{.Name}}'],
    ['builder', 'du', '--filter', 'id=none'],
    ['builder', 'prune', '--help'],
    ['builder', 'prune', '--force', '--filter', 'id=none'],
    ['buildx', 'build', '-q', '.'],
    ['bake', '--print'],
  ]) {
    it(`changes nothing: docker ${words.join(' ')}`, function () {
      // Clients before 28 have no such command, and list all they have.
      if (words[0] === 'bake' && !/^Usage:.* bake /m.test(docker(plain, ['bake', '--help']).stdout))
        this.skip()
      const expected = docker(plain, words, {cwd: context})
      const actual = docker(hooked, words, {cwd: context})
      assert.equal(actual.status, expected.status)
      assert.equal(actual.stdout, expected.stdout)
      assert.equal(actual.stderr, expected.stderr)
    })
  }

  it('keeps the exit status of a build that fails', () => {
    const words = ['build', '-q', '-f', '-', '.']
    const input = 'FROM scratch\nCOPY missing /\n'
    const expected = docker(plain, words, {cwd: context, input})
    const actual = docker(hooked, words, {cwd: context, input})
    assert.notEqual(expected.status, 0)
    assert.equal(actual.status, expected.status)
  })

  it('hands standard input on', () => {
    const options = {cwd: context, input: 'FROM scratch\nLABEL a=b\n'}
    const expected = docker(plain, ['build', '-q', '-'], options)
    const actual = docker(hooked, ['build', '-q', '-'], options)
    assert.equal(expected.status, 0, expected.stderr)
    assert.deepEqual([actual.status, actual.stdout], [0, expected.stdout])
  })

  it('keeps arguments with spaces, quotes and line breaks', () => {
    const label = `x=a "b" 'c' $HOME\nd`
    const words = ['build', '-q', '--label', label, '.']
    const expected = docker(plain, words, {cwd: context})
    assert.equal(docker(hooked, words, {cwd: context}).stdout, expected.stdout)
  })

  it('says nothing with SLIM_CHECK=off', () => {
    const {stderr, status} = docker(hooked, ['build', '-q', '.'], {cwd: context, env: {SLIM_CHECK: 'off'}})
    assert.deepEqual([status, stderr], [0, ''])
  })

  it('reports an exceeded budget, and stops the build only when told to', () => {
    const env = {SLIM_CHECK_MAX_TRANSFER: '10'}
    const words = ['build', '-q', '.']
    const reported = docker(hooked, words, {cwd: context, env})
    assert.equal(reported.status, 0)
    assert.match(reported.stderr, /max-transfer: \d+ B is over 10 B/)
    const stopped = docker(hooked, words, {cwd: context, env: {...env, SLIM_CHECK: 'stop'}})
    assert.deepEqual([stopped.status, stopped.stdout], [1, ''])
  })

  it('builds when the check takes too long', () => {
    const env = {SLIM_CHECK_TIMEOUT: '0.001'}
    const {status, stderr} = docker(hooked, ['build', '-q', '.'], {cwd: context, env})
    assert.equal(status, 0)
    assert.match(stderr, /took longer than 0.001 s and was skipped; the build goes on/)
    assert.equal(stderr.trimEnd().split('\n').length, 1)
  })

  for (const [what, change] of [
    ['our program is gone', (text: string) => text.replace(/^slim_program=.*$/m, "slim_program='/gone'")],
    ['node is gone', (text: string) => text.replace(/^slim_node=.*$/m, "slim_node='/gone'")],
    ['node crashes', (text: string) => text.replace(/^slim_node=.*$/m, "slim_node='/bin/false'")],
    [
      'our program is broken',
      (text: string) => text.replace(/^slim_program=.*$/m, "slim_program='/etc/hostname'"),
    ],
  ] as const) {
    it(`builds when ${what}`, () => {
      withLauncher(change, () => {
        const {status, stdout, stderr} = docker(hooked, ['build', '-q', '.'], {cwd: context})
        assert.equal(status, 0, stderr)
        assert.match(stdout, /^sha256:/)
        assert.match(stderr, /the build goes on/)
      })
    })
  }

  it('builds without node on the PATH', () => {
    const directory = makeTemporaryDirectory()
    const {stdout} = runProgram('sh', ['-c', 'command -v docker'])
    symlinkSync(stdout.trim(), path.join(directory, 'docker'))
    const {status, stderr} = docker(hooked, ['build', '-q', '.'], {cwd: context, env: {PATH: directory}})
    removeTree(directory)
    assert.equal(status, 0, stderr)
    assert.match(stderr, ALL_WELL)
  })

  it('falls back to the builder that Docker itself takes when buildx goes', () => {
    const link = path.join(hooked, 'cli-plugins/docker-buildx')
    renameSync(link, `${link}.away`)
    try {
      withLauncher(
        (text) => text.replace(/^ {2}'.*docker-buildx'$/m, '  /gone'),
        () => {
          const {status, stderr} = docker(hooked, ['build', '-q', '.'], {cwd: context})
          assert.equal(status, 0, stderr)
          assert.match(stderr, /legacy builder/)
        },
      )
    } finally {
      renameSync(`${link}.away`, link)
    }
  })

  it('chains an alias that was there, and gives it back', () => {
    const config = makeDockerConfig(buildx)
    const file = path.join(config, 'config.json')
    const text = '{\n\t"aliases": {\n\t\t"builder": "buildx"\n\t}\n}'
    writeFileSync(file, text)
    assert.equal(runOwn(['hook', 'install', 'docker-build'], {env: {DOCKER_CONFIG: config}}).status, 0)
    const {status, stderr} = docker(config, ['build', '-q', '.'], {cwd: context})
    assert.equal(status, 0, stderr)
    assert.match(stderr, ALL_WELL)
    assert.equal(runOwn(['hook', 'uninstall', 'docker-build'], {env: {DOCKER_CONFIG: config}}).status, 0)
    assert.equal(readFileSync(file, 'utf8'), text)
    removeTree(config)
  })

  describe('when interrupted', () => {
    let server: Server
    let slow: string

    before((done) => {
      slow = makeTemporaryDirectory()
      // A build that never ends by itself: the engine waits for a file that never comes.
      server = createServer((_, response) => void response.writeHead(200).write('x')).listen(0, done)
    })
    after(() => {
      server.closeAllConnections()
      server.close()
      removeTree(slow)
    })

    /** Starts a build that asks for a file of the server. */
    function startBuild(file: string): ChildProcess {
      const {port} = server.address() as AddressInfo
      writeTree(slow, {Dockerfile: `FROM scratch\nADD http://127.0.0.1:${port}${file} /x\n`})
      const env = {...process.env, DOCKER_CONFIG: hooked}
      return spawn('docker', ['build', '.'], {cwd: slow, env, stdio: 'ignore', detached: true})
    }

    /** Waits until the engine asks for a file: the build before may have left a request under way. */
    function waitForRequest(file: string): Promise<IncomingMessage> {
      return new Promise((resolve) => {
        server.on('request', (request) => request.url === file && resolve(request))
      })
    }

    async function inTime<Result>(what: string, seconds: number, promise: Promise<Result>): Promise<Result> {
      const late = Symbol('late')
      const first = await Promise.race([promise, wait(seconds * 1000, late, {ref: false})])
      if (first === late) assert.fail(`${what} takes more than ${seconds} s`)
      return first as Result
    }

    for (const [what, isGroup] of [
      ['without a terminal (docker alone gets the signal)', false],
      ['as on a terminal (all of its processes get it)', true],
    ] as const) {
      it(`ends ${what}`, async () => {
        const file = `/${Date.now()}-${Math.random()}`
        const build = startBuild(file)
        try {
          const {socket} = await inTime('asking for the file', 20, waitForRequest(file))
          const gone = new Promise((resolve) => socket.once('close', resolve))
          const ended = once(build, 'exit')
          process.kill(isGroup ? -build.pid! : build.pid!, 'SIGINT')
          const [status] = await inTime('docker build', 5, ended)
          assert.notEqual(status, 0)
          await inTime("the engine's giving up", 5, gone)
        } finally {
          runProgram('kill', ['-KILL', '--', `-${build.pid}`])
        }
      })
    }
  })

  // Mocha runs nested suites last: what takes the hook away must stand in the last of them.
  describe('when uninstalled', () => {
    it('leaves nothing', () => {
      assert.equal(runOwn(['hook', 'uninstall', 'docker-build'], {env: {DOCKER_CONFIG: hooked}}).status, 0)
      const {stdout} = runProgram('ls', ['-A', hooked])
      assert.doesNotMatch(stdout, /config.json|slim-check/)
      assert.equal(docker(hooked, ['build', '-q', '.'], {cwd: context}).stderr, '')
      rmSync(hooked, {recursive: true})
    })
  })
})
