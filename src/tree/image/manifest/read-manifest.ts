import {ImageFault} from '../image-fault.js'
import {
  type ArchiveReader,
  asList,
  asObject,
  type Descriptor,
  type JsonObject,
  parse,
  textOr,
} from './archive-files.js'
import {asDigest, blobPath, shorten} from './digest.js'
import type {FoundImage, LayerRef} from './found-image.js'
import {type ImageConfig, isObject, platformOf, readImageConfig} from './image-config.js'

/** A blob that an image needs and the archive does not have. */
export class MissingBlob extends ImageFault {}

/** Reads a descriptor. @throws ImageFault for one without a digest */
export function asDescriptor(value: unknown, what: string): Descriptor {
  const {digest, size, mediaType, annotations, platform} = asObject(value, `the descriptor of ${what}`)
  if (size !== undefined && !(Number.isSafeInteger(size) && (size as number) >= 0))
    throw new ImageFault(`${what} has an invalid size: ${shorten(size)}`)
  return {
    digest: asDigest(digest, what),
    size: (size as number | undefined) ?? null,
    mediaType: textOr(mediaType, ''),
    annotations: isObject(annotations) ? annotations : {},
    platform: isObject(platform) ? platform : null,
  }
}

/**
 * Reads an image by its manifest.
 * @throws MissingBlob where the config or a layer is not in the archive
 * @throws ImageFault for what contradicts itself
 */
export function readManifest(
  reader: ArchiveReader,
  manifest: JsonObject,
  {digest, platform}: Descriptor,
  manifestBytes: number,
): FoundImage {
  const path = blobPath(digest)
  if (manifest.config === undefined)
    throw new ImageFault(`${path} is a manifest without a config, as schema 1 has`)
  const configDescriptor = asDescriptor(manifest.config, 'a config')
  const content = reader.blob(configDescriptor)
  if (content === null) throw new MissingBlob(`the config ${configDescriptor.digest} is missing`)
  const config = readImageConfig(parse(content, blobPath(configDescriptor.digest)), 'the config')
  const descriptors = asList(manifest.layers ?? [], path, 'layers').map((one) => asDescriptor(one, 'a layer'))
  checkCount(config, descriptors.length)
  const layers = descriptors.map((one, at) => layerRef(reader, one, config.diffIds[at]!))
  return {
    refs: [],
    platform: config.platform ?? (platform && platformOf(platform)),
    configDigest: configDescriptor.digest,
    manifestDigest: digest,
    indexDigest: null,
    configBytes: content.length,
    manifestBytes,
    config,
    annotations: isObject(manifest.annotations) ? manifest.annotations : {},
    layers,
  }
}

/** @throws ImageFault where an image has other layers than its config says */
export function checkCount({diffIds}: ImageConfig, layerCount: number): void {
  if (diffIds.length !== layerCount)
    throw new ImageFault(`its config names ${diffIds.length} layers, and its manifest ${layerCount}`)
}

function layerRef(reader: ArchiveReader, {digest, size, mediaType}: Descriptor, diffId: string): LayerRef {
  const path = blobPath(digest)
  const present = reader.files.sizeOf(path)
  if (present === null) throw new MissingBlob(`the layer ${digest} is missing`)
  if (size !== null && present !== size)
    throw new ImageFault(`the layer ${digest} has ${present} bytes, and the manifest says ${size}`)
  return {diffId, path, digest, size: present, mediaType: mediaType === '' ? null : mediaType}
}
