/** What a deploy pulls, against the log of a registry; images that only a registry has. */
import assert from 'node:assert/strict'
import {execFile} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import path from 'node:path'
import {promisify} from 'node:util'
import {gzipSync} from 'node:zlib'
import {analyzeImage} from '../../src/index.js'
import {tarEntry, tarOf, writeLayout} from '../helpers/image-archive.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {type BlobRegistry, startBlobRegistry} from './blob-registry.js'
import {requireEngine} from './engine.js'

/** The registry answers in this process: nothing may wait for a program without letting it. */
const run = promisify(execFile)

/** Layers by name; `z:` stands for another compression of the same tar. */
const CASES: readonly {what: string; has: string; pulls: string}[] = [
  {what: 'a layer on top is new', has: 'a b', pulls: 'a b c'},
  {what: 'the last layer changed', has: 'a b c', pulls: 'a b d'},
  {what: 'a low layer changed', has: 'a b c', pulls: 'd b c'},
  {what: 'layers changed places', has: 'a b c', pulls: 'a c b'},
  {what: 'a layer is gone', has: 'a b c', pulls: 'a b'},
  {what: 'the image is there', has: 'a b', pulls: 'a b'},
  {what: 'nothing is shared', has: 'a b', pulls: 'c d'},
  {what: 'a layer comes twice', has: 'a', pulls: 'a b c b'},
  {what: 'the same tars, another compression', has: 'a b', pulls: 'z:a z:b c'},
]

describe('registries and a real engine', () => {
  let root: string
  let registry: BlobRegistry
  let store: 'classic' | 'containerd'
  const layouts: Record<string, string> = {}
  const pulled: string[] = []

  before(async function () {
    requireEngine(this)
    root = makeTemporaryDirectory()
    CASES.forEach(({has, pulls}, at) => {
      // No engine has seen these bytes before.
      const layer = createLayers()
      layouts[`has${at}`] = write(`has${at}`, has, layer)
      layouts[`pulls${at}`] = write(`pulls${at}`, pulls, layer)
    })
    layouts.remote = write('remote', 'a b c', createLayers())
    registry = await startBlobRegistry(layouts)
    const {stdout} = await run('docker', ['info', '--format', '{{json .DriverStatus}}'])
    store = stdout.includes('io.containerd.snapshotter') ? 'containerd' : 'classic'
  })

  after(async () => {
    for (const ref of pulled) await run('docker', ['rmi', '-f', ref]).catch(() => {})
    registry?.close()
    if (root !== undefined) removeTree(root)
  })

  for (const [at, {what, has, pulls}] of CASES.entries()) {
    it(`pulls what was predicted: ${what} (${has} → ${pulls})`, async () => {
      await pull(`has${at}`)
      registry.sent.clear()
      await pull(`pulls${at}`)
      const [image] = (await analyzeImage({source: layouts[`pulls${at}`]!, to: layouts[`has${at}`]!})).images
      const predicted = image!.deploy![store]
      assert.equal(predicted.isEstimate, false)
      assert.equal(predicted.bytes, sum(registry.sent.values()))
      const digests = predicted.layers.map((index) => image!.layers[index]!.digest!)
      const config = has === pulls ? [] : [image!.configDigest]
      assert.deepEqual([...registry.sent.keys()].sort(), [...config, ...digests].sort())
    })
  }

  it('reads what only the registry has: as the image that a host has, and as the one to compare with', async () => {
    const ref = `${registry.host}/has1:1`
    await run('docker', ['rmi', '-f', ref])
    for (const flag of ['--deployed', '--to']) {
      const {stdout} = await image([layouts.pulls1!, flag, ref, '--json'])
      const {deploy, compare, layers} = JSON.parse(stdout).images[0]
      assert.deepEqual(deploy.over, [ref])
      assert.deepEqual(deploy.remote, [ref])
      assert.equal(compare, null)
      assert.deepEqual([deploy.classic.layers, deploy.containerd.layers], [[2], [2]])
      assert.equal(deploy.classic.isEstimate, false)
      assert.ok(deploy.classic.bytes > layers[2].compressedBytes)
    }
  })

  it('says what a first pull downloads of an image that only the registry has', async () => {
    const ref = `${registry.host}/remote:1`
    registry.sent.clear()
    const failed = await image([ref]).then(
      () => null,
      (error: {code: number; stderr: string}) => error,
    )
    assert.equal(failed?.code, 2)
    assert.match(
      failed!.stderr,
      /Only the registry has the image .*remote:1": a first pull downloads .* in 3 layers/,
    )
    assert.ok(registry.sent.size <= 1, 'the config, and no layer')
  })

  async function pull(name: string): Promise<void> {
    const ref = `${registry.host}/${name}:1`
    pulled.push(ref)
    await run('docker', ['pull', '-q', ref])
  }

  function image(words: readonly string[]) {
    return run(process.execPath, [path.join(projectRoot, 'bin/run.js'), 'image', ...words])
  }

  function write(name: string, layers: string, layer: (name: string) => Buffer): string {
    const blobs = layers.split(' ').map((one) => {
      const tar = layer(one.replace('z:', ''))
      return {tar, blob: gzipSync(tar, {level: one.startsWith('z:') ? 0 : 6})}
    })
    return writeLayout(path.join(root, name), blobs, {isTyped: true})
  }
})

/** Layers of a few thousand bytes, each the same whenever it is asked for. */
function createLayers(): (name: string) => Buffer {
  const tars = new Map<string, Buffer>()
  return (name) => {
    const tar = tars.get(name) ?? tarOf(tarEntry(name, randomBytes(2000 + 100 * name.charCodeAt(0))))
    tars.set(name, tar)
    return tar
  }
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0)
}
