import {SlimCheckError} from '../../errors.js'
import type {ImageArchive} from '../../host/archive/image/image-archive.js'
import type {ScannedLayer} from '../../host/archive/image/scanned-layer.js'
import {ImageFault} from '../../tree/image/image-fault.js'
import {type LayerStack, stackLayers} from '../../tree/image/layers/stack-layers.js'
import {findImages} from '../../tree/image/manifest/find-images.js'
import type {FoundImage, FoundImages} from '../../tree/image/manifest/found-image.js'
import {checkLayers} from './check-layers.js'
import {choosePlatform, type PlatformChoice} from './choose-platform.js'

/** An image read to the last entry. */
export interface LoadedImage {
  found: FoundImage
  layers: ScannedLayer[]
  stack: LayerStack
}

/** The images of an archive, and what stays open. */
export interface LoadedArchive {
  source: string
  images: LoadedImage[]
  absentPlatforms: string[]
  attestations: FoundImages['attestations']
  archive: ImageArchive
  isVerified: boolean
}

export interface LoadOptions extends PlatformChoice {
  /** Compares digests and diff ids. */
  verify: boolean
}

/**
 * Reads the images of an archive.
 * @throws SlimCheckError for what is no archive, and for one that contradicts itself
 */
export async function loadImages(
  source: string,
  open: (verifies: boolean) => Promise<ImageArchive>,
  options: LoadOptions,
): Promise<LoadedArchive> {
  const {verify} = options
  let archive: ImageArchive | null = null
  try {
    archive = await open(verify)
    const found = findImages(archive, verify)
    const chosen = choosePlatform(found.images, options)
    const images = await readLayers(archive, chosen, verify)
    const {absentPlatforms, attestations} = found
    return {source, images, absentPlatforms, attestations, archive, isVerified: verify}
  } catch (error) {
    archive?.close()
    throw explain(error, source)
  }
}

async function readLayers(
  archive: ImageArchive,
  images: FoundImage[],
  verify: boolean,
): Promise<LoadedImage[]> {
  const scanned = await archive.scan(
    images.flatMap(({layers}) => layers),
    verify,
  )
  const seed = (Math.random() * 2 ** 32) | 0
  return images.map((found) => {
    const layers = found.layers.map(({path}) => scanned.get(path)!)
    if (verify) checkLayers(found.layers, layers)
    return {
      found,
      layers,
      stack: stackLayers(
        layers.map(({tree}) => tree),
        seed,
      ),
    }
  })
}

function explain(error: unknown, source: string): unknown {
  if (error instanceof ImageFault) return new SlimCheckError('image-invalid', {source, reason: error.message})
  const {code, message} = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SlimCheckError('image-not-found', {source})
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new SlimCheckError('image-unreadable', {source, reason: message})
  return error
}
