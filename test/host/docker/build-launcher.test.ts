/** The plugin behind Docker's `builder` alias, with a real docker client and a buildx that only says how it was called. */
import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {type Finished, hasDocker, runOwn, runProgram} from '../../helpers/docker.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const METADATA = '{"SchemaVersion":"0.1.0","Vendor":"x","Version":"v0.1.0","ShortDescription":"x"}'
const BUILDX = `#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then echo '${METADATA}'; exit 0; fi
printf '[%s]\\n' "$@"
echo "BUILDX_BUILDER=\${BUILDX_BUILDER-unset} DOCKER_CONTEXT=\${DOCKER_CONTEXT-unset} SLIM_CHECK=\${SLIM_CHECK-unset}"
echo "budget=\${SLIM_CHECK_MAX_TRANSFER-unset} socket=\${DOCKER_CLI_PLUGIN_SOCKET:+set} options=\${BUILDKIT_PROGRESS-unset}"
cat
exit 7
`
/** Keeps the thread that checks busy, so that there is something to interrupt. */
const SLOW = `import {isMainThread} from 'node:worker_threads'
import fs from 'node:fs'
if (!isMainThread) {
  fs.writeFileSync(process.env.STARTED, '')
  for (;;);
}
`

describe('the plugin behind the builder alias', () => {
  let root: string
  let context: string

  const config = (name: 'plain' | 'hooked'): string => path.join(root, name)
  const environment = (name: 'plain' | 'hooked', env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    DOCKER_HOST: undefined,
    DOCKER_CONTEXT: undefined,
    BUILDX_BUILDER: undefined,
    HOME: root,
    DOCKER_CONFIG: config(name),
    SLIM_CHECK: 'off',
    ...env,
  })
  const docker = (name: 'plain' | 'hooked', words: readonly string[], env: NodeJS.ProcessEnv): Finished =>
    runProgram('docker', words, {cwd: context, env: environment(name, env), input: 'from standard input\n'})

  before(function () {
    skipUnless(this, hasDocker() && process.platform !== 'win32', 'needs a Docker client')
    root = makeTemporaryDirectory()
    context = path.join(root, 'context')
    writeTree(root, {'context/Dockerfile': 'FROM scratch\nCOPY . /\n', 'slow.mjs': SLOW})
    for (const name of ['plain', 'hooked'] as const) {
      const directory = path.join(config(name), 'cli-plugins')
      mkdirSync(directory, {recursive: true})
      writeFileSync(path.join(directory, 'docker-buildx'), BUILDX, {mode: 0o755})
      for (const other of ['other', 'slimbuild']) {
        const words = ['context', 'create', other, '--docker', 'host=unix:///nonexistent.sock']
        assert.equal(docker(name, words, {}).status, 0)
      }
    }
    const words = ['hook', 'install', 'docker-build', '--max-transfer', '50MB']
    const installed = runOwn(words, {env: environment('hooked', {})})
    assert.equal(installed.status, 0, installed.stderr)
  })
  after(() => {
    if (root) removeTree(root)
  })

  for (const [line, env] of [
    ['build .'],
    ['build -t x --label a\tb .'],
    ['build'],
    ['build -'],
    ['build --help'],
    ['build --builder b .'],
    ['build . --builder=b'],
    ['build -- --builder'],
    ['image build .'],
    ['builder build .'],
    ['builder build slimbuild'],
    ['builder slimbuild'],
    ['builder ls'],
    ['builder du --verbose'],
    ['builder prune -f'],
    ['builder'],
    ['help builder'],
    ['buildx build .'],
    ['__complete build --'],
    ['-c other build .'],
    ['-cother build .'],
    ['-c=other build .'],
    ['--context=other build .'],
    ['-vc other version'],
    ['-c slimbuild build .'],
    ['-c other builder prune -f'],
    ['-c nonexistent build .'],
    ['-H unix:///x.sock build .'],
    ['-Hunix:///x.sock build .'],
    ['--host=unix:///x.sock build .'],
    ['--log-level=error --tls=false build .'],
    ['build .', {BUILDX_BUILDER: 'mine'}],
    ['build .', {BUILDX_BUILDER: ''}],
    ['build .', {DOCKER_HOST: 'unix:///x.sock'}],
    ['-c other build .', {DOCKER_HOST: 'unix:///x.sock'}],
    ['build .', {DOCKER_CONTEXT: 'other'}],
    ['build .', {DOCKER_CONTEXT: 'nonexistent'}],
    ['build .', {DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain'}],
    ['build .', {HOME: undefined}],
  ] as [string, NodeJS.ProcessEnv?][]) {
    it(`calls buildx as Docker does: docker ${line.replace('\t', ' ')} ${JSON.stringify(env ?? {})}`, () => {
      const words = line.split(' ').map((word) => word.replace('\t', ' '))
      const expected = docker('plain', words, env ?? {})
      const actual = docker('hooked', words, env ?? {})
      const texts = [expected, actual].map(({status, stdout, stderr}) =>
        JSON.stringify({status, stdout, stderr}).replaceAll('/hooked', '/plain'),
      )
      assert.equal(texts[1], texts[0])
    })
  }

  for (const line of ['-Dc other build .', '-Dcother build .', '-DH unix:///x.sock build .']) {
    // With -D newer clients write lines with the time of day to standard error.
    it(`calls buildx as Docker does: docker ${line}`, () => {
      const words = line.split(' ')
      assert.equal(docker('hooked', words, {}).stdout, docker('plain', words, {}).stdout)
    })
  }

  it('gives buildx an environment without the defaults of the check', () => {
    const {stdout, stderr} = docker('hooked', ['build', '.'], {SLIM_CHECK: undefined})
    assert.match(stderr, /^slim-check: [\d.]+ B in 1 file to transfer \(\d+ B when nothing has changed\)\n$/)
    assert.match(stdout, /SLIM_CHECK=unset\nbudget=unset/)
  })

  for (const [what, signal, isGroup] of [
    ['docker alone', 'SIGINT', false],
    ['docker alone', 'SIGTERM', false],
    ['all processes', 'SIGINT', true],
    ['all processes', 'SIGTERM', true],
  ] as const) {
    it(`ends, and builds nothing, when the check is interrupted: ${signal} to ${what}`, async () => {
      const started = path.join(root, `started-${signal}-${isGroup}`)
      const env = {
        ...process.env,
        ...environment('hooked', {SLIM_CHECK: 'on', STARTED: started}),
        NODE_OPTIONS: `--import ${path.join(root, 'slow.mjs')}`,
      }
      const build = spawn('docker', ['build', '.'], {cwd: context, env, detached: true})
      let output = ''
      build.stdout.on('data', (text) => {
        output += text
      })
      build.stdin.end()
      const ended = once(build, 'close')
      while (!existsSync(started) && build.exitCode === null) await wait(50)
      process.kill(isGroup ? -build.pid! : build.pid!, signal)
      const [status] = await ended
      assert.deepEqual([status, output], [130, ''])
    })
  }
})
