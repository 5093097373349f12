import assert from 'node:assert/strict'
import {
  predictClassicDownload,
  predictContainerdDownload,
  type RemoteImage,
} from '../../../../src/tree/image/figures/predict-deploy.js'

const LAYERS = ['base', 'app'].map((name, at) => ({
  diffId: name,
  digest: `${name}.gz`,
  bytes: 100 * (at + 1),
}))
const IMAGE: RemoteImage = {ids: ['config', 'manifest', 'index'], configBytes: 7, layers: LAYERS}

/** What a host has, what comes to one with a graph driver, and to one with the containerd store. */
const ROWS: [string, RemoteImage[], number, number][] = [
  ['nothing', [], 307, 307],
  ['the image, named by its config', [{...IMAGE, ids: ['config']}], 0, 0],
  ['the image, named by its index', [{...IMAGE, ids: ['index']}], 0, 0],
  ['an image of the same layers', [{...IMAGE, ids: ['other']}], 7, 7],
  ['its base', [{ids: ['base'], configBytes: 5, layers: LAYERS.slice(0, 1)}], 207, 207],
  ['its upper layer on another base', [{ids: ['top'], configBytes: 5, layers: LAYERS.slice(1)}], 307, 107],
]

describe('what a deploy downloads', () => {
  for (const [has, present, classic, containerd] of ROWS) {
    it(`to a host that has ${has}`, () => {
      assert.equal(predictClassicDownload(IMAGE, present).bytes, classic)
      assert.equal(predictContainerdDownload(IMAGE, present).bytes, containerd)
    })
  }
})
