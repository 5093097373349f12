import assert from 'node:assert/strict'
import path from 'node:path'
import {analyzeImage} from '../../../src/index.js'
import {projectRoot, readConformanceRows} from '../../helpers/project.js'

interface Pull {
  blobs: [digest: string, bytes: number][]
  blobBytes: number
  manifestBytes: number
}

interface Pair {
  from: string | null
  to: string
  sharedPrefix: number
  sharedAnywhere: number
  newTarBytes: number
  newFileBytes: number
  pull: {overlay2: Pull; containerd: Pull}
}

const archive = (file: string) => path.join(projectRoot, 'test/conformance/image/data', file)

describe('what a deploy pulls, by the conformance table', () => {
  const pairs = readConformanceRows<Pair>('image/pairs.jsonl')

  for (const {to, pull} of pairs.filter(({from}) => from === null)) {
    it(`nothing → ${to}`, async () => {
      const [image] = (await analyzeImage({source: archive(to)})).images
      assert.equal(image!.pullBytes, pull.overlay2.blobBytes + pull.overlay2.manifestBytes)
      assert.equal(image!.deploy, null)
    })
  }

  for (const pair of pairs.filter(({from}) => from !== null)) {
    it(`${pair.from} → ${pair.to}`, async () => {
      const {overlay2, containerd} = pair.pull
      const [image] = (await analyzeImage({source: archive(pair.to), to: archive(pair.from!)})).images
      const {classic, containerd: store} = image!.deploy!
      assert.deepEqual([classic.bytes, store.bytes], [overlay2.blobBytes, containerd.blobBytes])
      assert.deepEqual([classic.isEstimate, store.isEstimate], [false, false])
      const blobs = containerd.blobs.map(([digest]) => digest)
      for (const index of store.layers) assert.ok(blobs.includes(image!.layers[index]!.digest!))
      const {sharedLayers, layers} = image!.compare!
      assert.equal(sharedLayers, pair.sharedPrefix)
      const fresh = layers.filter(({status}) => status === 'changed' || status === 'new')
      assert.equal(layers.length - fresh.length, pair.sharedAnywhere)
      assert.equal(
        sumOf(fresh, (index) => image!.layers[index]!.tarBytes),
        pair.newTarBytes,
      )
      assert.equal(
        sumOf(fresh, (index) => image!.layers[index]!.fileBytes),
        pair.newFileBytes,
      )
    })
  }

  it('says why a layer comes again', async () => {
    const reasons = async (to: string, from: string) => {
      const [image] = (await analyzeImage({source: archive(to), to: archive(from)})).images
      return image!.compare!.layers.map(({status, reason}) => [status, reason])
    }
    assert.deepEqual(await reasons('pair-app-touched.tar', 'pair-app2.tar'), [
      ['same', null],
      ['same', null],
      ['changed', 'times'],
      ['moved', null],
    ])
    assert.deepEqual((await reasons('pair-app2.tar', 'pair-app1.tar'))[3], ['changed', 'content'])
    assert.deepEqual(
      (await reasons('pair-app-mid.tar', 'pair-app1.tar')).map(([status]) => status),
      ['same', 'moved', 'moved', 'changed'],
    )
  })

  it('takes uncompressed layers for what a pusher makes of them', async () => {
    const options = {source: archive('pair-app2-hybrid.tar'), to: archive('pair-app1-hybrid.tar')}
    const {deploy} = (await analyzeImage(options)).images[0]!
    assert.deepEqual([deploy!.classic.layers, deploy!.classic.isEstimate], [[3], true])
  })
})

function sumOf(layers: readonly {index: number}[], bytesOf: (index: number) => number): number {
  return layers.reduce((sum, {index}) => sum + bytesOf(index), 0)
}
