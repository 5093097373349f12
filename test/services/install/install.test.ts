/** The plugin and the spelling, with a real docker client and real shells. */
import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {type Finished, hasDocker, hasProgram, runOwn, runProgram} from '../../helpers/docker.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('install', () => {
  let home: string
  let config: string
  let launcher: string
  let context: string
  const environment = (): NodeJS.ProcessEnv => ({
    HOME: home,
    DOCKER_CONFIG: config,
    ZDOTDIR: undefined,
    XDG_CONFIG_HOME: undefined,
  })
  const own = (words: string[], env: NodeJS.ProcessEnv = {}): Finished =>
    runOwn(words, {env: {...environment(), ...env}, cwd: context})
  const docker = (...words: string[]): Finished =>
    runProgram('docker', words, {env: environment(), cwd: context})

  beforeEach(() => {
    home = makeTemporaryDirectory()
    config = path.join(home, 'docker config')
    launcher = path.join(config, 'cli-plugins/docker-slimcheck')
    context = path.join(home, 'context')
    writeTree(context, {Dockerfile: 'FROM scratch\nCOPY . /\n'})
  })
  afterEach(() => removeTree(home))

  it('writes one file, twice the same, and takes it away', () => {
    assert.match(own(['install', '--dry-run']).stdout, /^Create .*docker-slimcheck\n---/)
    assert.ok(!existsSync(config))
    assert.match(own(['install']).stdout, /^Create /)
    assert.ok(statSync(launcher).mode & 0o111)
    assert.equal(own(['install']).stdout, 'Nothing to change\nNow try: docker slimcheck .\n')
    writeFileSync(launcher, `${readFileSync(launcher, 'utf8')}# older\n`)
    assert.match(own(['install']).stdout, /^Change /)
    assert.match(own(['uninstall']).stdout, /^Remove /)
    assert.deepEqual(readdirSync(path.join(config, 'cli-plugins')), [])
    assert.equal(own(['uninstall']).status, 0)
  })

  it('uninstall names the cache that stays, and leaves it', () => {
    const cache = path.join(home, '.cache/docker-slim-check')
    const uninstall = () => own(['uninstall'], {XDG_CACHE_HOME: path.dirname(cache)}).stdout
    // The program keeps its own compiled code there; without a cache there is nothing to name.
    const none = own(['uninstall'], {XDG_CACHE_HOME: path.dirname(cache), SLIM_CHECK_NO_CACHE: '1'}).stdout
    assert.doesNotMatch(none, /cache/)
    writeTree(cache, {'index.walk': 'x'})
    assert.ok(uninstall().includes(`The cache ${cache} is still there: delete it to leave nothing behind\n`))
    assert.ok(existsSync(path.join(cache, 'index.walk')))
  })

  it('touches nothing that is not ours', () => {
    mkdirSync(path.dirname(launcher), {recursive: true})
    writeFileSync(launcher, '#!/bin/sh\n')
    for (const command of ['install', 'uninstall']) {
      const {status, stderr} = own([command])
      assert.equal(status, 2)
      assert.match(stderr, /was not made by docker-slim-check/)
    }
    assert.equal(readFileSync(launcher, 'utf8'), '#!/bin/sh\n')
  })

  it('refuses to write through a link', () => {
    mkdirSync(path.dirname(launcher), {recursive: true})
    symlinkSync('/nonexistent', launcher)
    assert.equal(own(['install']).status, 2)
  })

  it('is a plugin to Docker', function () {
    skipUnless(this, hasDocker(), 'needs a Docker client')
    own(['install'])
    assert.match(docker('--help').stdout, /^ {2}slimcheck\* +See and slim/m)
    const {stdout, stderr} = docker('info', '--format', '{{json .ClientInfo.Plugins}}')
    const plugin = JSON.parse(stdout).find(({Name}: {Name: string}) => Name === 'slimcheck')
    assert.equal(plugin.Err, undefined)
    assert.equal(plugin.Path, launcher)
    assert.doesNotMatch(stderr, /invalid|slim/i)
    const direct = own(['context', '.']).stdout
    assert.equal(docker('slimcheck', 'context', '.').stdout, direct)
    assert.equal(docker('--log-level', 'error', 'slimcheck', 'context', '.').stdout, direct)
    assert.equal(docker('slimcheck', 'context', '/nonexistent').status, 2)
    for (const words of [
      ['help', 'slimcheck'],
      ['slimcheck', '--help'],
      ['slimcheck', 'help'],
    ]) {
      assert.match(docker(...words).stdout, /\$ docker slimcheck \[COMMAND\]/)
    }
    assert.match(docker('help', 'slimcheck', 'context').stdout, /\$ docker slimcheck context \./)
  })

  it('changes the configuration that docker --config names', function () {
    skipUnless(this, hasDocker(), 'needs a Docker client')
    own(['install'])
    const other = path.join(home, 'other')
    mkdirSync(path.join(other, 'cli-plugins'), {recursive: true})
    writeFileSync(path.join(other, 'cli-plugins/docker-slimcheck'), readFileSync(launcher), {mode: 0o755})
    const {status, stderr} = docker('--config', other, 'slimcheck', 'uninstall')
    assert.equal(status, 0, stderr)
    assert.ok(existsSync(launcher))
    assert.deepEqual(readdirSync(path.join(other, 'cli-plugins')), [])
  })

  it("completes by Docker's protocol", function () {
    skipUnless(this, hasDocker(), 'needs a Docker client')
    own(['install'])
    for (const [words, expected] of [
      [['con'], /^context\t.*\n:4\n/],
      [['hook', 'in'], /^install\t.*\n:4\n/],
      [['hook', 'install', 'a'], /^after-build\n:4\n/],
      [['context', '--fil'], /^--file\t.*\n:4\n/],
      [['context', '--file', ''], /^:0\n/],
      [['context', ''], /^:16\n/],
      [['nonsense', ''], /^:4\n/],
    ] as const) {
      assert.match(docker('__complete', 'slimcheck', ...words).stdout, expected, words.join(' '))
    }
  })

  describe('the spelling docker slim-check', () => {
    const lines = [
      'docker slim-check context .',
      'docker slim-check context /nonexistent',
      'echo "status $?"',
      'docker slim-check --help',
      'docker help slim-check context',
      'docker __complete slim-check con',
      'docker __complete imag',
      'docker nonsense',
      'echo "status $?"',
      "docker version --format '{{.Client.Version}} a b'",
    ].join('\n')

    for (const [shell, startupFile] of [
      ['bash', '.bashrc'],
      ['zsh', '.zshrc'],
      ['fish', '.config/fish/config.fish'],
    ] as const) {
      it(`works in ${shell} by its start-up file, and goes without a trace`, function () {
        const isThere = hasDocker() && hasProgram(shell) && process.platform === 'linux'
        skipUnless(this, isThere, `needs a Docker client and ${shell} on Linux`)
        const file = path.join(home, startupFile)
        const text = 'true # mine'
        writeTree(home, {[startupFile]: text})
        const env = {SHELL: `/bin/${shell}`}
        assert.doesNotMatch(own(['install', '--shell', '--dry-run'], env).stdout, /works|Now try/)
        const refused = own(['install', '--shell'], env)
        assert.equal(refused.status, 2)
        assert.match(refused.stderr, /--yes/)
        assert.equal(readFileSync(file, 'utf8'), text)
        assert.equal(own(['install', '--shell', '--yes'], env).status, 0)
        own(['install', '--shell', '--yes'], env)

        const script = shell === 'fish' ? lines.replaceAll('$?', '$status') : lines
        const {stdout} = runProgram(shell, ['-i', '-c', script], {env: environment(), cwd: context})
        assert.ok(stdout.includes(own(['context', '.']).stdout), stdout)
        assert.match(stdout, /status 2\n/)
        assert.match(stdout, /\$ docker slim-check \[COMMAND\]/)
        assert.match(stdout, /^ {4}\$ docker slim-check context \.$/m)
        assert.match(stdout, /^context\t.*\n:4\n[\s\S]*^images\t/m)
        assert.match(stdout, /status 1\n[\d.]+\S* a b\n/)

        own(['uninstall'])
        assert.equal(readFileSync(file, 'utf8'), text)
      })
    }

    it('is printed for every shell, and for no other', () => {
      for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
        assert.match(own(['shell-init', shell]).stdout, /^function docker/)
        assert.doesNotMatch(own(['shell-init', shell]).stdout, /\n\n/)
      }
      assert.equal(own(['shell-init', 'tcsh']).status, 2)
      assert.equal(own(['install', '--shell', '--yes'], {SHELL: '/bin/tcsh'}).status, 2)
    })
  })
})
