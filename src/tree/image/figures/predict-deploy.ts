/** A layer as a registry has it. */
export interface RemoteLayer {
  diffId: string
  /** Of the compressed blob; null where only an uncompressed one is known. */
  digest: string | null
  /** Of the blob, or an estimate. */
  bytes: number
}

/** An image as far as a pull looks at it. */
export interface RemoteImage {
  /** See `idsOf`: two images that have one of them in common are the same. */
  ids: readonly string[]
  configBytes: number
  layers: readonly RemoteLayer[]
}

/** What one kind of host downloads. */
export interface Download {
  /** Config and layers; manifests not. */
  bytes: number
  /** The layers that come, 0-based; one that stands twice in an image comes once. */
  layers: number[]
}

/**
 * Predicts what a host with a graph driver downloads: it shares the layers at the bottom, as far as the same compressed
 * blobs follow one another (docs/image.md 5.3).
 * @param present images that the host has pulled
 */
export function predictClassicDownload(image: RemoteImage, present: readonly RemoteImage[]): Download {
  if (isPresent(image, present)) return {bytes: 0, layers: []}
  const shared = Math.max(0, ...present.map((other) => countShared(image, other, isSameBlob)))
  return download(image, (index) => index >= shared)
}

/**
 * Predicts what a host with the containerd store downloads: it shares every blob by its digest, and the layers at the
 * bottom whatever their compression (docs/image.md 5.4).
 * @param present images that the host has pulled
 */
export function predictContainerdDownload(image: RemoteImage, present: readonly RemoteImage[]): Download {
  if (isPresent(image, present)) return {bytes: 0, layers: []}
  const shared = Math.max(0, ...present.map((other) => countShared(image, other, isSameTar)))
  const others = present.flatMap(({layers}) => layers)
  const known = (layer: RemoteLayer) => others.some((other) => isSameBlob(layer, other))
  return download(image, (index) => index >= shared && !known(image.layers[index]!))
}

/** How many layers two images have in common at the bottom. */
export function countShared(
  {layers}: RemoteImage,
  other: RemoteImage,
  isSame: (one: RemoteLayer, other: RemoteLayer) => boolean = isSameTar,
): number {
  const end = layers.findIndex((layer, index) => {
    const counterpart = other.layers[index]
    return counterpart === undefined || !isSame(layer, counterpart)
  })
  return end === -1 ? layers.length : end
}

function isPresent({ids}: RemoteImage, present: readonly RemoteImage[]): boolean {
  return present.some((other) => other.ids.some((id) => ids.includes(id)))
}

/** If a blob is unknown, both images are assumed to be compressed by the same client. */
function isSameBlob(one: RemoteLayer, other: RemoteLayer): boolean {
  return one.digest === null || other.digest === null ? isSameTar(one, other) : one.digest === other.digest
}

function isSameTar(one: RemoteLayer, other: RemoteLayer): boolean {
  return one.diffId === other.diffId
}

function download({configBytes, layers}: RemoteImage, comes: (index: number) => boolean): Download {
  const seen = new Set<string>()
  const coming: number[] = []
  let bytes = configBytes
  layers.forEach((layer, index) => {
    const key = layer.digest ?? layer.diffId
    if (!comes(index) || seen.has(key)) return
    seen.add(key)
    coming.push(index)
    bytes += layer.bytes
  })
  return {bytes, layers: coming}
}
