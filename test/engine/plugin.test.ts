// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of bake files
/**
 * The program as Docker calls it: installed as a plugin and started by the real docker client. What Docker tells a plugin
 * by its environment must not reach the plugins that we call in turn.
 */
import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {findDockerPlugin} from '../../src/host/process/docker-places.js'
import {findBuildx, makeDockerConfig, runOwn} from '../helpers/docker.js'
import {type CliResult, runCli} from '../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'

const DOCKERFILE = 'FROM scratch\nARG A\nCOPY src /src\nCOPY . /all\n'
const PROJECT = {
  Dockerfile: DOCKERFILE,
  'compose.yaml': 'services:\n  app:\n    build: .\n  twin:\n    build: {context: ., args: {A: b}}\n',
  // Only buildx can evaluate it.
  'docker-bake.hcl':
    'variable "V" { default = "x" }\nfunction "up" {\n  params = [v]\n  result = upper(v)\n}\ntarget "default" {\n  matrix = { n = ["a", "b"] }\n  name = "app-${n}"\n  context = "."\n  args = { N = up(n), V = V }\n}\n',
}

describe('the plugin, started by docker', function () {
  this.timeout(90_000)
  let config = ''
  let root = ''

  before(function () {
    requireEngine(this)
    const buildx = findBuildx()
    if (buildx === null) this.skip()
    config = makeDockerConfig(buildx)
    // The context of the client that the tests use, so that the same engine answers.
    const own = path.join(
      process.env.DOCKER_CONFIG ?? path.join(process.env.HOME ?? '', '.docker'),
      'config.json',
    )
    if (existsSync(own)) copyFileSync(own, path.join(config, 'config.json'))
    const {status, stderr} = runOwn(['install'], {env: {DOCKER_CONFIG: config}})
    assert.equal(status, 0, stderr)
    root = path.join(makeTemporaryDirectory(), 'slimcheck-plugin')
    // No builder has seen it: what is cached took no time.
    writeTree(root, {...PROJECT, 'src/main.py': `print(${JSON.stringify(root)})\n`})
  })
  after(() => {
    if (config) removeTree(config)
    if (root) removeTree(path.dirname(root))
  })

  const run = (...words: string[]): CliResult => {
    const env = {...process.env, DOCKER_CONFIG: config, XDG_CACHE_HOME: path.join(config, 'cache')}
    const {status, stdout, stderr} = spawnSync('docker', ['slimcheck', ...words], {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    return {status, stdout, stderr}
  }
  /** What the program answers that nobody calls through docker. */
  const direct = (...words: string[]): string =>
    runCli(words, {cwd: root, env: {DOCKER_CONFIG: config, XDG_CACHE_HOME: path.join(config, 'cache')}})
      .stdout

  const rows: [words: string[], plans: string[]][] = [
    [
      ['context', '.', '--bake', 'docker-bake.hcl', '--json'],
      ['app-a', 'app-b'],
    ],
    [
      ['context', '.', '--compose', '--json'],
      ['app', 'twin'],
    ],
    [['context', '.', '--file', 'Dockerfile', '--json'], ['Dockerfile']],
  ]
  for (const [words, plans] of rows) {
    it(`answers ${words.join(' ')} as the program does that is called directly`, () => {
      const {status, stdout, stderr} = run(...words)
      assert.equal(status, 0, stderr)
      const report = JSON.parse(stdout) as {plans: {name: string}[]; findings: {rule: string}[]}
      assert.deepEqual(
        report.plans.map(({name}) => name),
        plans,
      )
      assert.deepEqual(
        report.findings.filter(({rule}) => rule === 'build-definition'),
        [],
      )
      assert.equal(stdout, direct(...words))
    })
  }

  it('asks compose for what only it can tell', function () {
    if (findDockerPlugin('compose', config) === null) this.skip()
    const {status, stderr, stdout} = run('compose', '.', '--json')
    assert.equal(status, 0, stderr)
    assert.equal(stdout, direct('compose', '.', '--json'))
  })

  it('reads the times of the last build from the history of buildx', () => {
    const built = spawnSync('docker', ['build', '--quiet', '--output', 'type=cacheonly', '.'], {
      cwd: root,
      encoding: 'utf8',
      env: {...process.env, DOCKER_CONFIG: config},
    })
    assert.equal(built.status, 0, built.stderr)
    const {status, stdout, stderr} = run('cache', '.', '--file', 'Dockerfile', '--json')
    assert.equal(status, 0, stderr)
    assert.match(stdout, /"lastSeconds": \d/)
  })

  it('reads an image of the engine, and what docker build --check finds', () => {
    const built = spawnSync('docker', ['build', '--quiet', '.'], {
      cwd: root,
      encoding: 'utf8',
      env: {...process.env, DOCKER_CONFIG: config},
    })
    assert.equal(built.status, 0, built.stderr)
    const image = built.stdout.trim()
    try {
      const {status, stdout, stderr} = run('image', image, '--json')
      assert.equal(status, 0, stderr)
      assert.equal((JSON.parse(stdout) as {images: unknown[]}).images.length, 1)
    } finally {
      spawnSync('docker', ['image', 'rm', image], {env: {...process.env, DOCKER_CONFIG: config}})
    }
    const words = ['dockerfile', '.', '--file', 'Dockerfile', '--check', '--json']
    const checkOf = (text: string) => (JSON.parse(text) as {check: object}).check
    assert.deepEqual(checkOf(run(...words).stdout), checkOf(direct(...words)))
  })

  it('hands a wrong bake file of the user on, and blames nothing else', () => {
    writeTree(root, {'broken.hcl': 'target "default" { context = nope("x") }\n'})
    const {status, stderr} = run('context', '.', '--bake', 'broken.hcl')
    assert.equal(status, 2)
    assert.match(stderr, /broken\.hcl/)
    assert.match(stderr, /nope/)
    assert.doesNotMatch(stderr, /unknown (?:command|shorthand flag|flag)/)
  })

  it('speaks of itself as it was called, and is described to docker', () => {
    assert.match(run('context', '--help').stdout, /docker slimcheck context \[DIR\]/)
    const help = spawnSync('docker', ['--help'], {
      encoding: 'utf8',
      env: {...process.env, DOCKER_CONFIG: config},
    })
    assert.match(help.stdout, /slimcheck\*?/)
    assert.ok(readFileSync(path.join(config, 'cli-plugins/docker-slimcheck'), 'utf8').length > 0)
  })
})
