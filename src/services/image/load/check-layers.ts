import {nameLayer} from '../../../host/archive/image/image-archive.js'
import type {ScannedLayer} from '../../../host/archive/image/scanned-layer.js'
import {ImageFault} from '../../../tree/image/image-fault.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'

/** @throws ImageFault for a layer whose blob or tar has another digest than the image says */
export function checkLayers(refs: readonly LayerRef[], layers: readonly ScannedLayer[]): void {
  refs.forEach((ref, at) => {
    const {digest, diffId} = layers[at]!
    if (ref.digest !== null && ref.digest !== digest)
      throw new ImageFault(`${nameLayer(ref)} does not have its digest: it is ${digest}`)
    if (ref.diffId !== diffId)
      throw new ImageFault(`${nameLayer(ref)} does not have its diff id: it is ${diffId}`)
  })
}
