import type {ScannedLayer} from '../../host/archive/image/scanned-layer.js'
import type {
  ContextFiles,
  EngineSizes,
  HiddenPath,
  ImageLayerReport,
  ImageReport,
} from '../../report/image-report.js'
import {readCreatedBy} from '../../tree/image/figures/created-by.js'
import {type HiddenFile, listHiddenFiles} from '../../tree/image/figures/hidden-files.js'
import {measureImage} from '../../tree/image/figures/image-figures.js'
import {measureLayer} from '../../tree/image/figures/layer-figures.js'
import type {PathTable} from '../../tree/image/layers/path-table.js'
import {fileOfStack, haveSameContent} from './compare-contents.js'
import type {LoadedImage} from './load/load-images.js'

/** Where the layers' instructions stand. */
export interface LayerLines {
  file: string | null
  /** By layer: 1-based; null or absent where it is not known. */
  lines: readonly (number | null)[]
  source: ImageReport['lineSource']
}

/** What is said of an image by itself. */
export type OwnReport = Omit<
  ImageReport,
  'engine' | 'base' | 'compare' | 'deploy' | 'contents' | 'duplicates' | 'findings' | 'budgets'
>

/** The files of an image that it does not show. */
export function findHidden(image: LoadedImage): HiddenFile[] {
  return listHiddenFiles(image.stack, (one, other) =>
    haveSameContent(fileOfStack(image, one), fileOfStack(image, other)),
  )
}

/** Makes the report of one image by itself. @param hidden see `findHidden` @param lines of each layer, where it is known */
export function reportImage(image: LoadedImage, hidden: readonly HiddenFile[], lines: LayerLines): OwnReport {
  const {found, stack} = image
  const {fileCount, fileBytes, directoryCount, symlinkCount} = measureImage(stack)
  const hiddenIn = image.layers.map(() => 0)
  for (const {layer, bytes} of hidden) hiddenIn[layer]! += bytes
  const layers = image.layers.map((_, index) => ({
    ...reportLayer(image, index, hiddenIn[index]!),
    file: lines.lines[index] ? lines.file : null,
    line: lines.lines[index] ?? null,
    contextFiles: null as ContextFiles | null,
  }))
  const unpackedBytes = sum(image.layers.map(({tree}) => sum(tree.files.sizes)))
  return {
    refs: found.refs,
    platform: found.platform,
    configDigest: found.configDigest,
    manifestDigest: found.manifestDigest,
    pullBytes: found.configBytes + found.manifestBytes + sum(layers.map((layer) => layer.pullBytes)),
    pullIsEstimate: layers.some((layer) => layer.pullIsEstimate),
    unpackedBytes,
    fileCount,
    fileBytes,
    directoryCount,
    symlinkCount,
    hiddenBytes: unpackedBytes - fileBytes,
    lineSource: layers.some(({line}) => line !== null) ? lines.source : null,
    layers,
    hiddenPaths: hidden.map((one) => reportHidden(one, stack.paths)),
    history: found.config.history,
    engineSizes: engineSizes(image),
  }
}

function reportLayer(
  image: LoadedImage,
  index: number,
  hiddenBytes: number,
): Omit<ImageLayerReport, 'file' | 'line' | 'contextFiles'> {
  const {found, layers} = image
  const scanned = layers[index]!
  const {diffId, digest, mediaType} = found.layers[index]!
  const figures = measureLayer(scanned.tree)
  const instruction = found.config.history?.find(({layer}) => layer === index)?.createdBy ?? null
  const {compression, compressedBytes, tarBytes, gzipEstimate} = scanned
  return {
    index,
    diffId,
    digest: digest ?? blobDigest(image, index),
    mediaType,
    compression,
    compressedBytes,
    pullBytes: gzipEstimate ?? compressedBytes,
    pullIsEstimate: gzipEstimate !== null,
    tarBytes,
    entryCount: scanned.tree.entryCount,
    payloadBytes: scanned.tree.payloadBytes,
    fileCount: figures.fileCount,
    fileBytes: figures.fileBytes,
    directoryCount: figures.directoryCount,
    symlinkCount: figures.symlinkCount,
    whiteoutCount: figures.whiteoutCount,
    instruction,
    step: instruction && readCreatedBy(instruction).text,
    hiddenBytes,
  }
}

/** The digest of a blob that the archive does not name; null where it is not computed. */
function blobDigest({found, layers, isVerified}: LoadedImage, index: number): string | null {
  const {compression, digests} = layers[index]!
  // The blob is the tar.
  if (compression === 'none') return isVerified ? found.layers[index]!.diffId : null
  return digests?.digest ?? null
}

function reportHidden({node, bytes, layer, hiddenBy, kind}: HiddenFile, paths: PathTable): HiddenPath {
  return {layer, ...pathOf(paths, node), bytes, hiddenByLayer: hiddenBy, kind}
}

/** A path as text, and as bytes where the text would lose something. */
function pathOf(paths: PathTable, node: number): {path: string; pathBytes?: string} {
  const bytes = paths.pathOf(node)
  const path = bytes.toString('utf8')
  return Buffer.from(path).equals(bytes) ? {path} : {path, pathBytes: bytes.toString('base64')}
}

function engineSizes({found, layers}: LoadedImage): EngineSizes {
  const payload = sum(layers.map(({tree}) => tree.payloadBytes))
  return {
    graphDriver: payload,
    overlay2: sum(layers.map(({tree}) => overlay2Size(tree))),
    containerd:
      found.manifestDigest === null
        ? null
        : found.configBytes + found.manifestBytes + sum(layers.map(({compressedBytes}) => compressedBytes)),
  }
}

function overlay2Size(tree: ScannedLayer['tree']): number {
  const {fileBytes, linkTargetBytes} = measureLayer(tree)
  return fileBytes + linkTargetBytes
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
