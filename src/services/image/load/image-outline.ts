import {ABSENT, runDocker} from '../../../host/process/run-docker.js'
import {findImages} from '../../../tree/image/manifest/find-images.js'
import {type FoundImage, idsOf} from '../../../tree/image/manifest/found-image.js'
import {isObject} from '../../../tree/image/manifest/image-config.js'
import {choosePlatform} from './choose-platform.js'
import {explainImageError, explainRefusal} from './explain-image-error.js'
import {type ImageSource, openSource} from './image-source.js'
import type {LoadedImage} from './load-images.js'
import type {ImageOutline} from './outline.js'
import {parseObject} from './parse-object.js'
import {findInRegistry} from './registry-outline.js'

const LIMIT_MS = 60_000
/** Matches no name. */
const NOTHING = '(?!)'

/** The outline of an image that was read. */
export function outlineOf({found, layers}: LoadedImage): ImageOutline {
  return {
    refs: found.refs,
    ids: idsOf(found),
    configBytes: found.configBytes,
    layers: layers.map(({compression, compressedBytes, gzipEstimate, digests}, at) => ({
      diffId: found.layers[at]!.diffId,
      digest: compression === 'none' ? null : (digests?.digest ?? found.layers[at]!.digest),
      bytes: gzipEstimate ?? compressedBytes,
    })),
  }
}

/**
 * Reads only the names of an image's layers: from the manifests of an archive, from the engine, else from the registry.
 * @throws SlimCheckError where nobody knows the image
 */
export async function readOutline(source: ImageSource, platform: string | null): Promise<ImageOutline> {
  if (source.kind === 'engine') return askEngine(source.ref, platform)
  const opened = await openSource(source, {
    verifies: false,
    keeps: NOTHING,
    platform: undefined,
    asksEngine: false,
  })
  try {
    const {images} = findImages(opened.archive, false)
    const choice = {allPlatforms: false, platform: chooseOf(images, platform)}
    const [image] = choosePlatform(images, choice, source.shown)
    return outlineOfFound(image!)
  } catch (error) {
    throw explainImageError(error, source.shown)
  } finally {
    opened.archive.close()
  }
}

function chooseOf(images: readonly FoundImage[], platform: string | null): string | undefined {
  return images.some((image) => image.platform === platform) ? (platform ?? undefined) : undefined
}

function outlineOfFound(found: FoundImage): ImageOutline {
  const {refs, configBytes, layers} = found
  return {
    refs,
    ids: idsOf(found),
    configBytes,
    layers: layers.map(({diffId, digest, size}) => ({
      diffId,
      // The blob of an uncompressed layer is its tar.
      digest: digest === diffId ? null : digest,
      bytes: size ?? 0,
    })),
  }
}

async function askEngine(ref: string, platform: string | null): Promise<ImageOutline> {
  const outcome = await runDocker(['image', 'inspect', '--format', '{{json .}}', ref], LIMIT_MS)
  if (outcome.status === 'absent') throw explainRefusal(ref, ABSENT)
  const image = outcome.status === 'done' ? parseObject(outcome.output) : null
  const rootfs = image !== null && isObject(image.RootFS) ? image.RootFS.Layers : null
  if (Array.isArray(rootfs)) {
    const layers = rootfs.map((diffId) => ({diffId: String(diffId), digest: null, bytes: 0}))
    return {refs: [ref], ids: [String(image!.Id)], configBytes: 0, layers}
  }
  const remote = await findInRegistry(ref, platform ?? undefined)
  if (remote !== null) return remote
  throw explainRefusal(ref, outcome.status === 'failed' ? outcome.reason : 'it has no layers')
}
