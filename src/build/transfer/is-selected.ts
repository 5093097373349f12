import {findPlace} from '../../tree/model/find-place.js'
import type {Selection} from './select-entries.js'

/** Tells whether an entry crosses. By halving: for a few questions no table of the whole tree is worth it. */
export function isSelected({entries}: Pick<Selection, 'entries'>, index: number): boolean {
  return entries[findPlace(entries, index)] === index
}
