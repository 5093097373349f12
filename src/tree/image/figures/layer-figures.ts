import {KIND, type LayerTree, MARK} from '../layers/layer-tree.js'

/** What a layer holds by itself. */
export interface LayerFigures {
  /** Names of regular files, hard links each. */
  fileCount: number
  /** Bytes of those files, hard links once. */
  fileBytes: number
  /** Directories, those that only stand in paths among them; the root not. */
  directoryCount: number
  symlinkCount: number
  /** Names that the layer removes; opaque directories are not counted. */
  whiteoutCount: number
  /** Bytes of files whose only name a later entry of the same layer took. */
  replacedBytes: number
  /** Bytes of the targets of symlinks, which overlay2 counts (docs/image.md 3.2). */
  linkTargetBytes: number
}

export function measureLayer({kinds, marks, files, links}: LayerTree): LayerFigures {
  const figures: LayerFigures = {
    fileCount: 0,
    fileBytes: 0,
    directoryCount: 0,
    symlinkCount: 0,
    whiteoutCount: 0,
    replacedBytes: 0,
    linkTargetBytes: 0,
  }
  for (let node = 1; node < kinds.length; node++) {
    const kind = kinds[node]
    if (kind === KIND.file || kind === KIND.outerLink) figures.fileCount++
    else if (kind === KIND.directory) figures.directoryCount++
    else if (kind === KIND.symlink) figures.symlinkCount++
    else if (kind === KIND.none && marks[node]! & MARK.whiteout) figures.whiteoutCount++
  }
  // Two names of one symlink share its target.
  const targets = new Set(
    [...links].filter(([node]) => kinds[node] === KIND.symlink).map(([, target]) => target),
  )
  for (const target of targets) figures.linkTargetBytes += target.length
  for (let file = 0; file < files.length; file++) {
    if (files.linkCounts[file]! > 0) figures.fileBytes += files.sizes[file]!
    else figures.replacedBytes += files.sizes[file]!
  }
  return figures
}
