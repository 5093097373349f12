import {nameLayer, type ReadLayers} from '../../../host/archive/image/image-archive.js'
import type {LayerDigests} from '../../../host/archive/image/scanned-layer.js'
import {ImageFault} from '../../../tree/image/image-fault.js'
import type {FoundImage, LayerRef} from '../../../tree/image/manifest/found-image.js'

/**
 * Compares the digests of layers with those that their images name; the last thing to do with them.
 * @throws ImageFault for a layer whose blob or tar has another one
 */
export async function checkDigests(
  images: readonly FoundImage[],
  {layers, finishDigests}: ReadLayers,
): Promise<void> {
  const computed = await finishDigests()
  for (const layer of images.flatMap((image) => image.layers))
    checkLayer(layer, layers.get(layer.path)!.digests ?? computed.get(layer.path)!)
}

function checkLayer(layer: LayerRef, {digest, diffId}: LayerDigests): void {
  if (layer.digest !== null && layer.digest !== digest)
    throw new ImageFault(`${nameLayer(layer)} does not have its digest: it is ${digest}`)
  if (layer.diffId !== diffId)
    throw new ImageFault(`${nameLayer(layer)} does not have its diff id: it is ${diffId}`)
}
