import {ImageFault} from '../image-fault.js'
import {type ArchiveFiles, ArchiveReader, asObject, type Descriptor} from './archive-files.js'
import {blobPath, digestOf} from './digest.js'
import type {FoundImages} from './found-image.js'
import {isObject} from './image-config.js'
import {namesInDockerList, readDockerList} from './read-docker-list.js'
import {readIndex} from './read-index.js'
import {readManifest} from './read-manifest.js'

/**
 * Finds the images of an archive of any kind (docs/image.md 1): an OCI layout, the list of `docker save`, or both, in
 * which case the layout counts; and skopeo's `dir:`.
 * @param verifies whether digests of manifests and configs are compared
 * @throws ImageFault for an archive without an image, or one that contradicts itself
 */
export function findImages(files: ArchiveFiles, verifies: boolean): FoundImages {
  const reader = new ArchiveReader(files, verifies)
  const index = reader.json('index.json')
  if (index !== undefined) return findInLayout(reader, index)
  const list = reader.json('manifest.json')
  if (isObject(list) && isObject(list.config)) return findInSkopeoDirectory(files, list, verifies)
  if (list !== undefined) return required(readDockerList(reader, list), 'manifest.json lists no image')
  if (files.sizeOf('repositories') !== null)
    throw new ImageFault(
      'it is in the format of docker save before 1.10, which engines no longer load either',
    )
  throw new ImageFault(explainAbsence(files))
}

/** Why an archive has no image, by what else it has. */
function explainAbsence(files: ArchiveFiles): string {
  if (files.isEmpty) return 'it is empty'
  if (ROOT_FILES.some((path) => files.sizeOf(path) !== null))
    return 'it is a root file system, as docker export writes it; docker save writes the layers'
  const absence = 'it has no index.json and no manifest.json'
  return files.isCutOff ? `${absence}; it seems to be cut off` : absence
}

const ROOT_FILES = ['.dockerenv', 'etc/passwd', 'etc/os-release', 'bin/busybox']

function findInLayout(reader: ArchiveReader, index: unknown): FoundImages {
  const found = required(readIndex(reader, index), 'index.json names no image')
  const names = namesInDockerList(optionalJson(reader, 'manifest.json'))
  for (const image of found.images)
    if (image.refs.length === 0) image.refs = names.get(image.configDigest) ?? []
  return found
}

function required(found: FoundImages, otherwise: string): FoundImages {
  if (found.images.length === 0) throw new ImageFault(otherwise)
  return found
}

function optionalJson(reader: ArchiveReader, path: string): unknown {
  try {
    return reader.json(path)
  } catch {
    return undefined
  }
}

/** `manifest.json` is the manifest, and each blob lies beside it under its digest's hexadecimal digits. */
function findInSkopeoDirectory(files: ArchiveFiles, value: unknown, verifies: boolean): FoundImages {
  const manifest = asObject(value, 'manifest.json')
  const content = files.read('manifest.json')!
  const descriptor: Descriptor = {
    digest: digestOf(content),
    size: content.length,
    mediaType: '',
    annotations: {},
    platform: null,
  }
  const nameOf = (path: string) => path.replace(/^blobs\/[^/]+\//, '')
  const beside: ArchiveFiles = {
    sizeOf: (path) => files.sizeOf(nameOf(path)),
    read: (path) => files.read(nameOf(path)),
  }
  const image = readManifest(new ArchiveReader(beside, verifies), manifest, descriptor, content.length)
  const layers = image.layers.map((layer) => ({...layer, path: nameOf(blobPath(layer.digest!))}))
  return {images: [{...image, layers}], absentPlatforms: [], attestations: []}
}
