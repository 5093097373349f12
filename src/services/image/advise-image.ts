import {type FoundKind, findContents} from '../../advice/facts/image/image-contents.js'
import type {DuplicateFiles, ImageFacts, ImageLayerFacts} from '../../advice/facts/image/image-facts.js'
import {runImageRules} from '../../advice/rules/image/all-image-rules.js'
import type {DuplicateReport, ImageFinding, ImageReport, LayerContent} from '../../report/image-report.js'
import {readCreatedBy} from '../../tree/image/figures/created-by.js'
import {type HiddenFile, listStoredAgain} from '../../tree/image/figures/hidden-files.js'
import {fileOfStack, haveSameContent, readContent} from './compare-contents.js'
import {findDuplicates} from './find-duplicates.js'
import type {LoadedImage} from './load/load-images.js'

/** What is known of an image besides itself. */
export interface AdviceInput {
  hidden: readonly HiddenFile[]
  layers: ImageReport['layers']
  baseLayers: number
  compare: ImageReport['compare']
  /** Reads all that may be alike, where contents were not read anyway. */
  comparesAll: boolean
}

export interface ImageAdvice {
  contents: LayerContent[]
  duplicates: DuplicateReport[] | null
  findings: ImageFinding[]
}

/** Says what the layers of an image hold, and what is wrong with it. */
export function adviseImage(image: LoadedImage, input: AdviceInput): ImageAdvice {
  const {stack} = image
  const contents = findContents(stack, (file, maxBytes) => readBeginning(image, file, maxBytes))
  const duplicates = findDuplicates(image, input.comparesAll)
  const facts: ImageFacts = {
    stack,
    layers: input.layers.map((layer) => layerFacts(layer, input.baseLayers)),
    hidden: input.hidden,
    storedAgain: listStoredAgain(stack, (one, other) =>
      haveSameContent(fileOfStack(image, one), fileOfStack(image, other)),
    ),
    contents,
    duplicates: duplicates ?? [],
    changes: input.compare?.layers ?? null,
  }
  return {
    contents: contents.map((found) => reportContent(found, image)),
    duplicates: duplicates?.map((one) => reportDuplicates(one, image)) ?? null,
    findings: runImageRules(facts),
  }
}

function layerFacts(layer: ImageReport['layers'][number], baseLayers: number): ImageLayerFacts {
  const {index, instruction, file, line, fileBytes, pullBytes} = layer
  const place = file === null || line === null ? null : {file, line}
  return {
    index,
    ...(instruction === null ? {keyword: '', text: ''} : readCreatedBy(instruction)),
    isBase: index < baseLayers,
    place,
    fileBytes,
    pullBytes,
  }
}

function readBeginning(image: LoadedImage, file: number, maxBytes: number): Uint8Array | null {
  const place = fileOfStack(image, file)
  const {beginnings, files} = image.stack.layers[place.layer]!
  return beginnings.get(place.file) ?? readContent(place, 0, Math.min(maxBytes, files.sizes[place.file]!))
}

function reportContent(
  {kind, node, layer, bytes, fileCount, shownBytes}: FoundKind,
  {stack}: LoadedImage,
): LayerContent {
  const path = stack.paths.pathOf(node).toString()
  return {kind: kind.kind, title: kind.title, role: kind.role, path, layer, bytes, fileCount, shownBytes}
}

function reportDuplicates({bytes, nodes}: DuplicateFiles, {stack}: LoadedImage): DuplicateReport {
  return {bytes, paths: nodes.map((node) => stack.paths.pathOf(node).toString())}
}
