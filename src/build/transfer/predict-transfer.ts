import type {Sizes} from '../../report/sizes.js'
import type {RareFacts} from '../../tree/model/entry-columns.js'
import {isDirectoryMode, MODE} from '../../tree/model/file-mode.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Selection} from './select-entries.js'
import {
  CLOSING_PACKET_BYTES,
  dataPacketBytes,
  rareStatBytes,
  statPacketBytes,
  timeFieldBytes,
} from './wire-format.js'

/** A transfer entry by entry. */
export interface Transfer {
  sizes: Sizes
  /** Bytes that each entry adds, parallel to `selection.entries`; the closing packet belongs to none. */
  entryBytes: Float64Array
  /** For a later hard link, the first selected entry of its file. */
  hardLinks: ReadonlyMap<number, number>
}

/** Predicts what a first build and an unchanged rebuild transfer of a selection. */
export function predictTransfer(tree: FileTree, selection: Selection): Transfer {
  const {entries} = selection
  const entryBytes = new Float64Array(entries.length)
  const hardLinks = new Map<number, number>()
  const firstLinks = new Map<number | bigint, number>()
  const {pathBytes, columns} = tree
  const {modes, sizes: fileSizes, modifiedBytes} = columns
  let statBytes = 0
  let dataBytes = 0
  let fileCount = 0
  let fileBytes = 0
  for (let slot = 0; slot < entries.length; slot++) {
    const entry = entries[slot]!
    const rare = tree.rareOf(entry)
    const first = rare === undefined ? entry : findFirstLink(rare, entry, firstLinks)
    if (first !== entry) hardLinks.set(entry, first)
    const rareBytes = rare === undefined ? 0 : measureRare(rare, first === entry ? null : pathBytes[first]!)
    const mode = modes[entry]!
    const size = isDirectoryMode(mode) ? 0 : fileSizes[entry]!
    const otherBytes = timeFieldBytes(modifiedBytes[entry]!) + rareBytes
    const stat = statPacketBytes(pathBytes[entry]!, mode, size, otherBytes)
    const data = first === entry ? measureData(tree, entry, slot, selection.arrivesEmpty) : 0
    entryBytes[slot] = stat + data
    statBytes += stat
    dataBytes += data
    if (tree.isFile(entry)) {
      fileCount++
      fileBytes += size
    }
  }
  const rebuildTransferBytes = CLOSING_PACKET_BYTES + statBytes
  const transferBytes = rebuildTransferBytes + dataBytes
  const sizes = {entryCount: entries.length, fileCount, fileBytes, transferBytes, rebuildTransferBytes}
  return {sizes, entryBytes, hardLinks}
}

/** Predicts a rebuild after these entries have changed: every stat packet, and the data of the changed files. */
export function predictRebuild(tree: FileTree, selection: Selection, changed: ReadonlySet<number>): number {
  const {sizes, hardLinks} = predictTransfer(tree, selection)
  let bytes = sizes.rebuildTransferBytes
  for (const [slot, entry] of selection.entries.entries()) {
    if (changed.has(entry) && !hardLinks.has(entry))
      bytes += measureData(tree, entry, slot, selection.arrivesEmpty)
  }
  return bytes
}

/** The entry itself, or the first selected entry that is a link to the same file. */
function findFirstLink({inode}: RareFacts, entry: number, firstLinks: Map<number | bigint, number>): number {
  if (inode === undefined) return entry
  const first = firstLinks.get(inode)
  if (first === undefined) firstLinks.set(inode, entry)
  return first ?? entry
}

/** Bytes of the stat packet's rare fields; a later hard link names the path of the first one. */
function measureRare(
  {linkTarget = '', device, xattrBytes = 0}: RareFacts,
  firstPathBytes: number | null,
): number {
  return rareStatBytes(firstPathBytes ?? Buffer.byteLength(linkTarget), device) + xattrBytes
}

/** Bytes of the packets that carry an entry's content; what is left of its bytes a rebuild sends, too. */
export function measureData(
  tree: FileTree,
  entry: number,
  slot: number,
  arrivesEmpty: ReadonlySet<number>,
): number {
  if (tree.modeOf(entry) & (MODE.dir | MODE.symlink | MODE.device | MODE.pipe)) return 0
  const isEmpty = arrivesEmpty.size > 0 && arrivesEmpty.has(entry)
  return dataPacketBytes(slot, isEmpty ? 0 : tree.sizeOf(entry))
}
