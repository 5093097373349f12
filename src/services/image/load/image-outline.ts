import {SlimCheckError} from '../../../errors.js'
import {ABSENT, runDocker} from '../../../host/process/run-docker.js'
import type {RemoteImage} from '../../../tree/image/figures/predict-deploy.js'
import {findImages} from '../../../tree/image/manifest/find-images.js'
import type {FoundImage} from '../../../tree/image/manifest/found-image.js'
import {isObject} from '../../../tree/image/manifest/image-config.js'
import {choosePlatform} from './choose-platform.js'
import {explainImageError, explainRefusal} from './explain-image-error.js'
import {type ImageSource, openSource} from './image-source.js'
import type {LoadedImage} from './load-images.js'

/** An image as far as its layers' names go. */
export interface ImageOutline extends RemoteImage {
  refs: string[]
}

const LIMIT_MS = 60_000
/** Matches no name. */
const NOTHING = '(?!)'

/** The outline of an image that was read. */
export function outlineOf({found, layers}: LoadedImage): ImageOutline {
  return {
    refs: found.refs,
    configDigest: found.configDigest,
    configBytes: found.configBytes,
    layers: layers.map(({compression, compressedBytes, gzipEstimate, digest}, at) => ({
      diffId: found.layers[at]!.diffId,
      digest: compression === 'none' ? null : (digest ?? found.layers[at]!.digest),
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
  const opened = await openSource(source, {verifies: false, keeps: NOTHING, platform: undefined})
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

function outlineOfFound({refs, configDigest, configBytes, layers}: FoundImage): ImageOutline {
  return {
    refs,
    configDigest,
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
    return {refs: [ref], configDigest: String(image!.Id), configBytes: 0, layers}
  }
  return askRegistry(ref, platform, outcome.status === 'failed' ? outcome.reason : 'it has no layers')
}

/** `docker buildx imagetools` brings the user's own credentials along. */
async function askRegistry(ref: string, platform: string | null, reason: string): Promise<ImageOutline> {
  const outcome = await runDocker(
    ['buildx', 'imagetools', 'inspect', '--format', '{{json .}}', ref],
    LIMIT_MS,
  )
  if (outcome.status !== 'done') throw explainRefusal(ref, reason)
  const raw = await runDocker(
    ['buildx', 'imagetools', 'inspect', '--raw', await manifestRef(ref, platform, outcome.output)],
    LIMIT_MS,
  )
  const manifest = raw.status === 'done' ? parseObject(raw.output) : null
  const diffIds = diffIdsOf(parseObject(outcome.output), platform)
  const config = manifest !== null && isObject(manifest.config) ? manifest.config : null
  const layers = manifest !== null && Array.isArray(manifest.layers) ? manifest.layers.filter(isObject) : []
  if (config === null || layers.length !== diffIds.length)
    throw new SlimCheckError('image-not-saved', {source: ref, reason: 'the registry has no such image'})
  return {
    refs: [ref],
    configDigest: String(config.digest),
    configBytes: Number(config.size),
    layers: layers.map(({digest, size}, at) => ({
      diffId: diffIds[at]!,
      digest: String(digest),
      bytes: Number(size),
    })),
  }
}

/** The name of the platform's manifest, where the name given leads to an index. */
async function manifestRef(ref: string, platform: string | null, output: string): Promise<string> {
  const answer = parseObject(output)
  const index = answer !== null && isObject(answer.manifest) ? answer.manifest : {}
  const manifests = Array.isArray(index.manifests) ? index.manifests.filter(isObject) : []
  const found = manifests.find(
    ({platform: one}) => isObject(one) && `${one.os}/${one.architecture}` === (platform ?? 'linux/amd64'),
  )
  return found === undefined ? ref : `${ref.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${found.digest}`
}

function diffIdsOf(answer: Record<string, unknown> | null, platform: string | null): string[] {
  const image = isObject(answer?.image) ? answer.image : {}
  const own = isObject(image.rootfs) ? image : image[platform ?? 'linux/amd64']
  const rootfs = isObject(own) && isObject(own.rootfs) ? own.rootfs : {}
  return Array.isArray(rootfs.diff_ids) ? rootfs.diff_ids.map(String) : []
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
