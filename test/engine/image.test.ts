/** What an image holds, against what the engine itself exports and says. */
import assert from 'node:assert/strict'
import {execFileSync, spawnSync} from 'node:child_process'
import {copyFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {analyzeImage} from '../../src/index.js'
import {hasProgram, runOwn} from '../helpers/docker.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'

const BASE = `FROM scratch AS base
COPY busybox /bin/busybox
SHELL ["/bin/busybox", "sh", "-c"]
RUN /bin/busybox --install -s /bin
`

/** What is built on the base, one image each. */
const TAILS: readonly string[] = [
  'COPY app /app',
  'COPY app /app\nRUN rm /app/a',
  'COPY app /app\nRUN rm -rf /app',
  'COPY app /app\nRUN chown -R 7:7 /app',
  'COPY app /app\nRUN chmod 600 /app/a',
  'COPY app /app\nRUN touch /app/a',
  'COPY app /app\nRUN echo x > /app/a',
  'COPY app /app\nRUN ln /app/a /app/hard && ln -s a /app/soft',
  'COPY app /app\nRUN ln /app/a /app/hard\nRUN rm /app/a',
  'COPY app /app\nRUN rm -rf /app && mkdir /app && echo new > /app/n',
  'COPY app /app\nRUN mv /app/a /app/moved',
  'COPY app /app\nRUN mv /app /other',
  'COPY app /app\nRUN rm -rf /app && echo file > /app',
  'COPY app /app\nRUN rm -rf /app && ln -s /bin /app',
  'RUN dd if=/dev/zero of=/big bs=1k count=300\nRUN rm /big',
  'RUN dd if=/dev/zero of=/big bs=1k count=300 && rm /big',
  'WORKDIR /a/b/c\nCOPY app .\nRUN rm -r /a/b/c/sub',
  'COPY --link app /app\nCOPY --link app /app',
  'COPY app /app\nCOPY app/a /app/sub/b\nRUN rm /app/sub/c',
  'RUN mkdir -p /d/e && echo 1 > /d/e/f\nRUN rm -r /d/e\nRUN mkdir -p /d/e && echo 22 > /d/e/f',
]

describe('images on a real engine', () => {
  let directory: string
  const built: string[] = []

  before(function () {
    requireEngine(this)
    if (!hasProgram('busybox')) this.skip()
    directory = makeTemporaryDirectory()
    const busybox = execFileSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).trim()
    copyFileSync(busybox, path.join(directory, 'busybox'))
    mkdirSync(path.join(directory, 'app/sub'), {recursive: true})
    writeFileSync(path.join(directory, 'app/a'), 'a'.repeat(150_000))
    writeFileSync(path.join(directory, 'app/sub/b'), 'b'.repeat(20_000))
    writeFileSync(path.join(directory, 'app/sub/c'), 'c'.repeat(3000))
  })

  after(() => {
    for (const id of built) spawnSync('docker', ['rmi', '-f', id])
    if (directory !== undefined) removeTree(directory)
  })

  for (const tail of TAILS) {
    it(`hides what an export lacks: ${tail.replaceAll('\n', ' · ')}`, async () => {
      const id = build(tail)
      const [image] = (await analyzeImage({source: `docker:${id}`})).images
      assert.equal(image!.fileBytes, exportedBytes(id))
      assert.equal(image!.hiddenBytes, image!.unpackedBytes - image!.fileBytes)
      const {engine, engineSizes} = image!
      const same =
        engine!.store === 'containerd' ? engineSizes.containerd : (engineSizes.graphDriver as number | null)
      assert.equal(engine!.size, same, 'the engine’s own Size')
    })
  }

  it('finds the lines of the Dockerfile, and says what is wrong there', () => {
    const file = path.join(directory, 'Dockerfile')
    const id = build('COPY app /app\nRUN chown -R 7:7 /app')
    const {stdout, status} = runOwn(['image', id, '--file', file, '--json'])
    assert.equal(status, 0)
    const [image] = JSON.parse(stdout).images
    assert.deepEqual(
      image.layers.map(({line}: {line: number | null}) => line),
      [2, 4, 5, 6],
    )
    assert.deepEqual(
      image.findings.map(({rule, line}: {rule: string; line: number}) => [rule, line]),
      [['image-ownership-copied', 6]],
    )
    rmSync(file)
  })

  it('knows lines without a Dockerfile: the builder remembers them', function () {
    if (spawnSync('docker', ['buildx', 'history', 'ls']).status !== 0) this.skip()
    const id = build('COPY app /app\nRUN chown -R 7:7 /app', [])
    const {stdout, status} = runOwn(['image', id, '--json'])
    assert.equal(status, 0)
    const [image] = JSON.parse(stdout).images
    assert.deepEqual(
      image.layers.map(({line}: {line: number | null}) => line),
      [2, 4, 5, 6],
    )
    assert.equal(image.lineSource, 'record')
  })

  it('names an image that the engine does not have', () => {
    const {stderr, status} = runOwn(['image', 'nobody/has-this:1'])
    assert.equal(status, 2)
    assert.match(stderr, /nobody\/has-this:1/)
  })

  function build(tail: string, flags = ['--provenance=false']): string {
    const file = path.join(directory, 'Dockerfile')
    writeFileSync(file, `${BASE}${tail}\n`)
    // By id the containerd store saves nothing: what `build` prints is the digest of the config there.
    const id = `slim-check-test/image:${process.pid}-${built.length}`
    const words = ['build', '-q', '--network=none', ...flags, '-t', id, '-f', file, directory]
    execFileSync('docker', words, {stdio: ['ignore', 'pipe', 'pipe']})
    built.push(id)
    return id
  }
})

/** Bytes of the regular files in an export, hard links once, as tar lists them. */
function exportedBytes(id: string): number {
  const container = execFileSync('docker', ['create', '--network=none', id, 'x'], {encoding: 'utf8'}).trim()
  try {
    const listing = execFileSync('sh', ['-c', `docker export ${container} | tar tv --numeric-owner`], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const sizes = listing.split('\n').filter((line) => line.startsWith('-'))
    return sizes.reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0)
  } finally {
    spawnSync('docker', ['rm', '-f', container])
  }
}
