import type {DeployReport, ImageComparison, LayerComparison} from '../../report/image-report.js'
import {compareLayers} from '../../tree/image/figures/compare-layers.js'
import {measureImage} from '../../tree/image/figures/image-figures.js'
import {measureLayer} from '../../tree/image/figures/layer-figures.js'
import {
  countShared,
  predictClassicDownload,
  predictContainerdDownload,
} from '../../tree/image/figures/predict-deploy.js'
import {haveSameContent} from './compare-contents.js'
import {outlineOf} from './load/image-outline.js'
import type {LoadedImage} from './load/load-images.js'
import type {ImageOutline} from './load/outline.js'

/** Compares an image with another, layer by layer. */
export function compareImages(image: LoadedImage, other: LoadedImage): ImageComparison {
  const sharedLayers = countShared(outlineOf(image), outlineOf(other))
  const matching = new LayerMatching(image, other, sharedLayers)
  const layers = image.layers.map((_, index) => matching.compare(index))
  const unpackedBytes = sum(other.layers.map(({tree}) => sum(tree.files.sizes)))
  const {fileBytes} = measureImage(other.stack)
  return {
    refs: other.found.refs,
    pullBytes:
      other.found.configBytes +
      other.found.manifestBytes +
      sum(outlineOf(other).layers.map(({bytes}) => bytes)),
    unpackedBytes,
    fileBytes,
    hiddenBytes: unpackedBytes - fileBytes,
    sharedLayers,
    layers,
    removed: matching.listUnmatched(),
  }
}

/** Finds for each layer of an image the one of another image that it stands for. */
class LayerMatching {
  private readonly taken = new Set<number>()

  constructor(
    private readonly image: LoadedImage,
    private readonly other: LoadedImage,
    private readonly sharedLayers: number,
  ) {
    // A layer that stands elsewhere unchanged is nobody else's counterpart.
    const ids = new Set(image.found.layers.map(({diffId}) => diffId))
    other.found.layers.forEach(({diffId}, index) => {
      if (ids.has(diffId)) this.taken.add(index)
    })
  }

  compare(index: number): LayerComparison {
    const {diffId} = this.image.found.layers[index]!
    if (index < this.sharedLayers)
      return {...unchanged(index), status: 'same', was: index, wasBytes: this.bytesOf(index)}
    const same = this.other.found.layers.findIndex((layer) => layer.diffId === diffId)
    if (same !== -1) return {...unchanged(index), status: 'moved', was: same, wasBytes: this.bytesOf(same)}
    const was = this.findCounterpart(index)
    return was === null ? unchanged(index) : this.compareWith(index, was)
  }

  listUnmatched(): ImageComparison['removed'] {
    return this.other.found.layers.flatMap((_, index) =>
      this.taken.has(index)
        ? []
        : [{index, instruction: instructionOf(this.other, index), fileBytes: this.bytesOf(index)}],
    )
  }

  private compareWith(index: number, was: number): LayerComparison {
    this.taken.add(was)
    const [before, after] = [this.other.stack.layers[was]!, this.image.stack.layers[index]!]
    const {kind, changedCount, changedBytes, examples} = compareLayers(before, after, (one, other) =>
      haveSameContent(
        {image: this.other, layer: was, file: one},
        {image: this.image, layer: index, file: other},
      ),
    )
    return {
      index,
      status: 'changed',
      was,
      wasBytes: this.bytesOf(was),
      reason: kind,
      changedCount,
      changedBytes,
      examples: examples.map((path) => path.toString()),
    }
  }

  /** The layer that the same instruction made. */
  private findCounterpart(index: number): number | null {
    const instruction = instructionOf(this.image, index)
    if (instruction === null) return null
    const found = this.other.layers.findIndex(
      (_, at) => !this.taken.has(at) && instructionOf(this.other, at) === instruction,
    )
    return found === -1 ? null : found
  }

  private bytesOf(index: number): number {
    return measureLayer(this.other.stack.layers[index]!).fileBytes
  }
}

function unchanged(index: number): LayerComparison {
  const nothing = {reason: null, changedCount: 0, changedBytes: 0, examples: []}
  return {index, status: 'new', was: null, wasBytes: null, ...nothing}
}

function instructionOf({found}: LoadedImage, index: number): string | null {
  return found.config.history?.find(({layer}) => layer === index)?.createdBy ?? null
}

/** Predicts what hosts download that have other images. */
export function predictDeploy(image: LoadedImage, present: readonly ImageOutline[]): DeployReport {
  const outline = outlineOf(image)
  const classic = predictClassicDownload(outline, present)
  const containerd = predictContainerdDownload(outline, present)
  // Blobs that are not known are taken for what the same pusher makes of the same tar.
  const isGuess = [outline, ...present].some(({layers}) => layers.some(({digest}) => digest === null))
  return {
    over: present.flatMap(({refs}) => refs),
    remote: present.flatMap(({refs, isRemote}) => (isRemote ? refs : [])),
    classic: {...classic, isEstimate: isGuess && classic.layers.length > 0},
    containerd: {...containerd, isEstimate: isGuess && containerd.layers.length > 0},
    firstLayer: classic.layers[0] ?? null,
  }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
