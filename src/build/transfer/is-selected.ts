import {findSlot} from '../../tree/model/find-slot.js'
import type {Selection} from './select-entries.js'

/** Tells whether an entry crosses. By halving: for a few questions no table of the whole tree is worth it. */
export function isSelected({entries}: Pick<Selection, 'entries'>, entry: number): boolean {
  return entries[findSlot(entries, entry)] === entry
}
