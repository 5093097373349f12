import {ImageFault} from '../image-fault.js'
import {type ArchiveReader, asList, asObject, type JsonObject, parse} from './archive-files.js'
import {algorithmOf, digestOf, digestOfPath, shorten} from './digest.js'
import {type FoundImage, type FoundImages, familiarName, type LayerRef} from './found-image.js'
import {isObject, readImageConfig} from './image-config.js'
import {checkCount, MissingBlob} from './read-manifest.js'

/**
 * Finds the images that a `manifest.json` of `docker save` lists: each config once, with all its names.
 * @throws ImageFault for a list that contradicts itself or names what is not in the archive
 */
export function readDockerList(reader: ArchiveReader, list: unknown): FoundImages {
  const entries = asList(list, 'manifest.json', 'images')
  if (entries.length > MAX_IMAGES) throw new ImageFault(`it lists ${entries.length} images`)
  const images = new Map<string, FoundImage>()
  for (const value of entries) {
    const image = readEntry(reader, asObject(value, 'an entry of manifest.json'))
    const known = images.get(image.configDigest)
    if (known === undefined) images.set(image.configDigest, image)
    else known.refs = [...new Set([...known.refs, ...image.refs])]
  }
  return {images: [...images.values()], absentPlatforms: [], attestations: []}
}

const MAX_IMAGES = 10_000

/** Names that an entry of `manifest.json` gives to the image of a config, by the config's path. */
export function namesInDockerList(list: unknown): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const entry of Array.isArray(list) ? list : []) {
    const digest = isObject(entry) && typeof entry.Config === 'string' ? digestOfPath(entry.Config) : null
    if (digest !== null) names.set(digest, tagsOf(entry))
  }
  return names
}

function readEntry(reader: ArchiveReader, entry: JsonObject): FoundImage {
  const path = entry.Config
  if (typeof path !== 'string' || path === '')
    throw new ImageFault('manifest.json has an entry without a config')
  const content = reader.files.read(path)
  if (content === null) throw new MissingBlob(`the config ${shorten(path)} is missing`)
  const named = digestOfPath(path)
  const digest = digestOf(content, named === null ? 'sha256' : algorithmOf(named))
  if (named !== null && named !== digest) throw new ImageFault(`${path} does not have the digest of its name`)
  const config = readImageConfig(parse(content, path), 'the config')
  const paths = asList(entry.Layers ?? [], 'manifest.json', 'layers')
  checkCount(config, paths.length)
  return {
    refs: tagsOf(entry),
    platform: config.platform,
    configDigest: digest,
    manifestDigest: null,
    indexDigest: null,
    configBytes: content.length,
    manifestBytes: 0,
    config,
    annotations: {},
    layers: paths.map((one, at) => layerRef(reader, one, config.diffIds[at]!)),
  }
}

function layerRef(reader: ArchiveReader, path: unknown, diffId: string): LayerRef {
  const size = typeof path === 'string' && path !== '' ? reader.files.sizeOf(path) : null
  if (size === null) throw new MissingBlob(`the layer ${shorten(path)} is missing`)
  return {diffId, path: path as string, digest: digestOfPath(path as string), size, mediaType: null}
}

function tagsOf({RepoTags}: JsonObject): string[] {
  const tags = Array.isArray(RepoTags) ? RepoTags.filter((tag) => typeof tag === 'string') : []
  return [...new Set(tags.map(familiarName))]
}
