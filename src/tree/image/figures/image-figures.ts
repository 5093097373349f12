import {KIND} from '../layers/layer-tree.js'
import type {LayerStack} from '../layers/stack-layers.js'

/** What an image shows in the end. */
export interface ImageFigures {
  /** Names of regular files, hard links each. */
  fileCount: number
  /** Bytes of those files, hard links once. */
  fileBytes: number
  directoryCount: number
  symlinkCount: number
  /** Devices and pipes. */
  otherCount: number
}

export function measureImage(stack: LayerStack): ImageFigures {
  const counts = [0, 0, 0, 0, 0, 0]
  for (let node = 1; node < stack.kinds.length; node++) counts[stack.kinds[node]!]!++
  let fileBytes = 0
  visitFiles(stack, (file, size) => {
    if (stack.linkCounts[file]! > 0) fileBytes += size
  })
  return {
    fileCount: counts[KIND.file]!,
    fileBytes,
    directoryCount: counts[KIND.directory]!,
    symlinkCount: counts[KIND.symlink]!,
    otherCount: counts[KIND.other]!,
  }
}

/** Calls with each file of all layers, its bytes, and its layer. */
export function visitFiles(
  {layers, firstFiles}: LayerStack,
  visit: (file: number, size: number, layer: number) => void,
): void {
  layers.forEach(({files}, layer) => {
    const first = firstFiles[layer]!
    for (let at = 0; at < files.length; at++) visit(first + at, files.sizes[at]!, layer)
  })
}
