import {NO_SIZES, type Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {markEntries} from './entry-figures.js'
import {measureData, type Transfer} from './predict-transfer.js'
import type {Selection} from './select-entries.js'

/** One source of one build, as a builder that builds several sees it. */
export interface BuilderLoad {
  /**
   * The copy that the builder keeps of it between builds. There is one for each source (`context`, or a named context)
   * and name of the context's folder; the path above the folder does not count (docs/buildkit.md 6).
   */
  copy: string
  /** What is read and asked for: the same text for the same files. */
  request: string
  tree: FileTree
  selection: Selection
  transfer: Transfer
}

/** What crosses for a load when the builder has built the others. */
export interface LoadOutcome {
  /** Files are those whose content crosses; `rebuildTransferBytes` is what the next round sends for it. */
  sizes: Sizes
  /** Bytes that each entry adds in the first round, parallel to the selection; null: nothing crosses for this load. */
  entryBytes: Float64Array | null
  /** Bytes that each adds in the next round; null: what it adds to a rebuild alone, or nothing where `entryBytes` is null. */
  againBytes: Float64Array | null
}

/** What the builder keeps of a source: exactly what the last build asked for. */
class KeptCopy {
  readonly tree: FileTree
  private marks: Uint8Array | null = null

  constructor(private readonly load: BuilderLoad) {
    this.tree = load.tree
  }

  /** Whether a build asks for just what is kept. */
  isOf({selection}: BuilderLoad): boolean {
    return this.load.selection === selection
  }

  /** By entry: 1 for what is kept. */
  get isKept(): Uint8Array {
    this.marks ??= markEntries(this.tree, this.load.selection)
    return this.marks
  }
}

/**
 * Simulates several builds on one builder, twice: first with nothing there, then again with nothing changed. A build
 * sends all stat packets and the content that the copy lacks; afterwards the copy holds what it asked for, and nothing
 * else.
 * @param isTogether the builds are one run, as of bake: the same request crosses once, and different requests that run
 *   at the same time each get a copy. Which copy each meets in the next round is chance: they are taken in turn.
 */
export function simulateBuilder(loads: readonly BuilderLoad[], isTogether: boolean): LoadOutcome[] {
  const copies = new Map<string, KeptCopy>()
  const seen = new Set<string>()
  const isRepeat = loads.map(({copy, request}) => {
    const key = `${copy}\0${request}`
    const isKnown = isTogether && seen.has(key)
    seen.add(key)
    return isKnown
  })
  const first = loads.map((load, number) => {
    if (isRepeat[number]) return null
    const crossing = cross(load, isTogether ? undefined : copies.get(load.copy))
    copies.set(load.copy, new KeptCopy(load))
    return crossing
  })
  return loads.map((load, number) => {
    const crossing = first[number]
    if (crossing == null) return {sizes: NO_SIZES, entryBytes: null, againBytes: null}
    const kept = copies.get(load.copy)
    const again = kept?.isOf(load) ? null : cross(load, kept)
    copies.set(load.copy, new KeptCopy(load))
    const rebuildTransferBytes = again?.sizes.transferBytes ?? load.transfer.sizes.rebuildTransferBytes
    const sizes = {...crossing.sizes, rebuildTransferBytes}
    return {sizes, entryBytes: crossing.entryBytes, againBytes: again?.entryBytes ?? null}
  })
}

/** What crosses where the builder has a copy; what lies in another directory of the same name counts as other files. */
function cross(
  {tree, selection, transfer}: BuilderLoad,
  kept: KeptCopy | undefined,
): {sizes: Sizes; entryBytes: Float64Array} {
  if (kept === undefined || kept.tree !== tree)
    return {sizes: transfer.sizes, entryBytes: transfer.entryBytes}
  const {entries, arrivesEmpty} = selection
  const {isKept} = kept
  const entryBytes = transfer.entryBytes.slice()
  const sizes = {...transfer.sizes}
  for (let number = 0; number < entries.length; number++) {
    const index = entries[number]!
    if (isKept[index] === 0) continue
    const isLaterLink = transfer.hardLinks.has(index)
    const data = isLaterLink ? 0 : measureData(tree, index, number, arrivesEmpty)
    entryBytes[number] = entryBytes[number]! - data
    sizes.transferBytes -= data
    if (!tree.isFile(index)) continue
    sizes.fileCount--
    sizes.fileBytes -= tree.sizeOf(index)
  }
  return {sizes, entryBytes}
}
