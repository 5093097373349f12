/** Measured builds on a real engine: what they leave as it was, and what they tell. */
import assert from 'node:assert/strict'
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type {MeasureReport} from '../../src/report/measure/measure-report.js'
import {hasProgram, runOwn} from '../helpers/docker.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'

const BASE = 'slim-check-test-base:measure'
const OWN = 'slim-check-test-own:measure'

/** The cache mount counts: whoever empties it is found out; and no two runs of the first RUN give the same. */
const DOCKERFILE = `FROM ${BASE}
WORKDIR /app
COPY package.json ./
RUN head -c 20 /dev/urandom > /app/id
RUN --mount=type=cache,target=/counter n=$(cat /counter/n 2>/dev/null || echo 0); echo $((n+1)) > /counter/n; echo $((n+1)) > /app/count
COPY src src
RUN cat src/* > out && head -c 200000 /bin/busybox > library
USER 1000
CMD ["cat", "/app/out"]
`
const CONFIGURATION = `smoke:
  - run: cat /app/out
    output: one
  - files: [/app/library]
    absent: [/usr/bin/gcc]
  - user: "1000"
`

/** On an engine without a bridge only the host's network is there. */
const DOCKER_FLAGS = ['--', '--network=host']

describe('measured builds on a real engine', () => {
  let scratch = ''
  let project = ''

  before(function () {
    requireEngine(this)
    if (!hasProgram('busybox')) this.skip()
    scratch = makeTemporaryDirectory()
    project = path.join(scratch, 'shop')
    importBase(path.join(scratch, 'base'))
    mkdirSync(path.join(project, 'src'), {recursive: true})
    writeProject(DOCKERFILE)
    writeFileSync(path.join(project, 'package.json'), '{}')
    writeFileSync(path.join(project, 'src/index.js'), 'one\n')
    writeFileSync(path.join(project, '.slim-check.yaml'), CONFIGURATION)
  })

  after(() => {
    spawnSync('docker', ['image', 'rm', '-f', OWN, BASE])
    if (scratch !== '') removeTree(scratch)
  })

  const writeProject = (dockerfile: string): void =>
    writeFileSync(path.join(project, 'Dockerfile'), dockerfile)
  /** Runs of other users of the machine have a lock of their own. */
  const env = (): NodeJS.ProcessEnv => ({...process.env, TMPDIR: scratch})
  const measure = (...words: string[]) =>
    runOwn(['measure', 'shop', ...words, ...DOCKER_FLAGS], {cwd: scratch, env: env()})
  const read = (file: string): MeasureReport => JSON.parse(readFileSync(path.join(scratch, file), 'utf8'))
  /** Builds as the user does. @returns the layers: an image's id is of its attestation, too, which has times */
  const buildOwn = (): string => {
    execFileSync('docker', ['build', '--network=host', '-q', '-t', OWN, project])
    return execFileSync('docker', ['image', 'inspect', '--format={{json .RootFS.Layers}}', OWN], {
      encoding: 'utf8',
    })
  }

  /** What the user's own cache mount holds. */
  const readCounter = (): string => {
    const dockerfile = `FROM ${BASE}\nRUN --mount=type=cache,target=/counter : RUN_NUMBER; cat /counter/n > /n\nFROM scratch\nCOPY --from=0 /n /\n`
    const input = dockerfile.replace('RUN_NUMBER', String(process.hrtime.bigint()))
    const out = path.join(scratch, 'counter')
    execFileSync('docker', ['build', '--network=host', '-q', '-o', out, '-f', '-', scratch], {
      input,
      stdio: 'pipe',
    })
    return readFileSync(path.join(out, 'n'), 'utf8')
  }

  it('leaves files, images, containers, the cache and cache mounts as they are', () => {
    const image = buildOwn()
    const count = readCounter()
    const before = takeStock(project)
    const {status, stderr} = measure(
      '--runs',
      '1',
      '--scenario',
      'cold,unchanged,source',
      '--save',
      'baseline.md',
    )
    assert.equal(status, 0, stderr)
    const after = takeStock(project)
    assert.deepEqual(after.tree, before.tree)
    assert.deepEqual(after.images, before.images)
    assert.deepEqual(after.containers, before.containers)
    const missing = before.cache.filter((record) => !after.cache.includes(record))
    assert.deepEqual(missing, [], 'records of the cache are gone')
    assert.equal(buildOwn(), image, 'the next build of the user makes another image')
    assert.equal(readCounter(), count, 'the cache mount is not what it was')
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name.startsWith('slim-check-measure')),
      [],
    )
  })

  it('counts what ran, what crossed and what the image holds', () => {
    const [build] = read('baseline.json').builds
    const [cold, unchanged, source] = build!.scenarios
    assert.ok(cold!.ranCount >= 5, `${cold!.ranCount} steps ran`)
    assert.equal(unchanged!.ranCount, 0)
    const ran = source!.runs[0]!.steps.filter(({cached, line}) => !cached && line !== null)
    assert.deepEqual(
      ran.map(({line}) => line),
      [6, 7],
    )
    assert.equal(source!.changedPath, 'src/index.js')
    const {transfer, image, deploy, smoke} = build!
    assert.deepEqual(
      [transfer?.agrees, transfer?.measuredBytes, transfer?.measuredRebuildBytes],
      [true, transfer?.predictedBytes, transfer?.predictedRebuildBytes],
    )
    assert.equal(image?.layers.find(({line}) => line === 7)?.fileBytes, 200_004)
    assert.equal(image?.user, '1000')
    assert.equal(deploy?.firstLayer, image!.layers.find(({line}) => line === 6)!.index)
    assert.deepEqual(
      smoke?.checks.map(({status}) => status),
      ['passed', 'passed', 'passed', 'passed'],
    )
    assert.match(readFileSync(path.join(scratch, 'baseline.md'), 'utf8'), /--no-cache/)
  })

  it('says which layer grew, at which line, and what to do', () => {
    writeProject(DOCKERFILE.replace('200000', '900000'))
    const words = ['--runs', '1', '--scenario', 'cold', '--against', 'baseline.json', '--max-growth', '10%']
    const {status, stdout} = measure(...words)
    assert.equal(status, 1, stdout)
    const [build] = read('results.json').builds
    const unpacked = build!.changes.find(({figure}) => figure === 'unpacked')
    assert.equal(unpacked?.verdict, 'more')
    assert.equal(unpacked!.after - unpacked!.before, 700_000)
    const failed = read('results.json').thresholds.filter(({ok}) => !ok)
    const size = failed.find(({figure}) => figure === 'unpacked')
    assert.equal(size?.line, 7)
    assert.match(
      size!.message!,
      /layer \d+ \(Dockerfile:7\) "RUN cat .*" has 700 kB more.*\. .*docker-slim-check/,
    )
    const cold = build!.changes.find(({figure}) => figure === 'cold')
    assert.equal(cold?.verdict, 'same', 'a single run shows no difference')
    assert.equal(build!.smoke?.checks[0]?.before, 'passed')
  })

  it('gives RUNs the secrets of compose files, and keeps the values to itself', () => {
    const stack = path.join(scratch, 'stack')
    mkdirSync(stack)
    const secrets = 'secrets: {file: {file: ./word}, variable: {environment: HUSHED}}'
    const build = '{context: ., secrets: [file, {source: variable, target: other}]}'
    writeFileSync(path.join(stack, 'compose.yaml'), `services: {web: {build: ${build}}}\n${secrets}\n`)
    writeFileSync(path.join(stack, '.env'), 'HUSHED=hush\n')
    writeFileSync(path.join(stack, 'word'), 'hush')
    const mounts = ['file', 'other'].map((id) => `--mount=type=secret,id=${id},required`).join(' ')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    const check = 'both=$(cat /run/secrets/file /run/secrets/other) && [ ${#both} = 8 ]'
    writeFileSync(path.join(stack, 'Dockerfile'), `FROM ${BASE}\nRUN ${mounts} ${check}\n`)
    const words = ['measure', 'stack', '--compose', '--runs', '1', '--scenario', 'cold', '--json']
    const {status, stdout, stderr} = runOwn([...words, ...DOCKER_FLAGS], {cwd: scratch, env: env()})
    assert.equal(status, 0, stderr)
    assert.doesNotMatch(stdout + stderr, /hush/)
  })

  it('says of a build that fails which line it was, and leaves nothing', () => {
    const before = takeStock(project)
    writeProject(`${DOCKERFILE}RUN echo oh dear && exit 7\n`)
    const {status, stderr} = measure('--runs', '1', '--scenario', 'cold')
    assert.equal(status, 2)
    assert.match(stderr, /Dockerfile:10: The build of "Dockerfile" failed: .*exit code: 7 \(oh dear\)/)
    assert.deepEqual(takeStock(project).images, before.images)
    writeProject(DOCKERFILE)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`takes everything away when ${signal} ends it`, async () => {
      writeProject(`${DOCKERFILE}RUN sleep 30\n`)
      const before = takeStock(project)
      const words = [path.join(projectRoot, 'bin/run.js'), 'measure', 'shop', '--runs', '1', ...DOCKER_FLAGS]
      const child = spawn(process.execPath, words, {
        cwd: scratch,
        env: env(),
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        if (said === '') setTimeout(() => child.kill(signal), 700)
        said += piece
      })
      const [status] = await once(child, 'close')
      assert.equal(status, 2, said)
      assert.match(said, /Cancelled: everything that was measured so far was discarded/)
      assert.deepEqual(takeStock(project), {...before, cache: takeStock(project).cache})
      assert.deepEqual(
        readdirSync(scratch).filter((name) => name.startsWith('slim-check-measure')),
        [],
      )
      writeProject(DOCKERFILE)
    })
  }
})

/** What the engine and the project hold. */
function takeStock(project: string): {
  tree: string[]
  images: string[]
  containers: string[]
  cache: string[]
} {
  const list = (...words: string[]): string[] =>
    execFileSync('docker', words, {encoding: 'utf8', maxBuffer: 2 ** 28})
      .split('\n')
      .filter(Boolean)
      .sort()
  return {
    tree: listTree(project),
    images: list('image', 'ls', '-a', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'),
    containers: list('ps', '-a', '--no-trunc', '--format', '{{.ID}}'),
    cache: execFileSync('docker', ['buildx', 'du', '--verbose'], {encoding: 'utf8', maxBuffer: 2 ** 28})
      .split(/\n\n+/)
      .filter((record) => record.includes('ID:'))
      .map((record) =>
        record
          .split('\n')
          .filter((line) => /^(?:ID|Size|Type):/.test(line))
          .join(' '),
      ),
  }
}

/** Names, modes, sizes, times and numbers of files. */
function listTree(root: string): string[] {
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).sort()
  return ['.', ...names].map((name) => {
    const {mode, size, mtimeMs, ino, nlink} = lstatSync(path.join(root, name))
    return [name, mode, size, mtimeMs, ino, nlink].join(' ')
  })
}

function importBase(root: string): void {
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).trim()
  for (const name of ['bin', 'etc', 'tmp']) mkdirSync(path.join(root, name), {recursive: true})
  copyFileSync(busybox, path.join(root, 'bin/busybox'))
  for (const applet of ['sh', 'cat', 'head', 'sleep']) symlinkSync('busybox', path.join(root, 'bin', applet))
  writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\nnode:x:1000:1000::/:/bin/sh\n')
  writeFileSync(path.join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\n')
  const tar = `${root}.tar`
  execFileSync('tar', ['-C', root, '-cf', tar, '.'])
  execFileSync('docker', ['import', '-c', 'ENV PATH=/bin', tar, BASE], {stdio: 'pipe'})
}
