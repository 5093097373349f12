import type {Sizes} from '../../report/sizes.js'

/** What budgets and baselines look at in a build: its sizes and what they are made of. */
export interface BuildFigures {
  /** Of the plan. */
  name: string
  /** Of all that the build transfers: the context and its named contexts. */
  sizes: Sizes
  /**
   * Paths that explain the sizes and do not overlap, as `largest` has them, in no order; those of named contexts begin with
   * `NAME:`. They are made when they are first asked for: where nothing is violated nobody does.
   */
  paths: Iterable<MeasuredPath>
  /** Paths that can be ignored, of the suggestions, made as late; they may lie in `paths` or hold some of them. */
  savings: Iterable<MeasuredPath>
  /** A few single entries, largest first. */
  largestEntries: readonly MeasuredPath[]
}

/** A path with all below it. */
export interface MeasuredPath {
  path: string
  transferBytes: number
  rebuildTransferBytes: number
  fileCount: number
}
