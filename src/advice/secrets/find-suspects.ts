import {isSelected} from '../../build/transfer/is-selected.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {SuspectEntry} from '../catalogue/list-suspects.js'

/** Finds the suspects that a transfer carries, content and all. What lies in a directory that is one goes with it. */
export function findSuspects(
  tree: FileTree,
  suspects: readonly SuspectEntry[],
  selection: Selection,
): SuspectEntry[] {
  const found: SuspectEntry[] = []
  let covered = 0
  for (const suspect of suspects) {
    const {entry} = suspect
    if (entry < covered || !isSelected(selection, entry) || selection.arrivesEmpty.has(entry)) continue
    found.push(suspect)
    covered = tree.endOf(entry)
  }
  return found
}
