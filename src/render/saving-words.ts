import type {Suggestion} from '../report/context-report.js'
import {savingOf} from '../report/headline.js'

/** What a line does to the transfer: one that lets something in again costs. */
export interface SavingWords {
  verb: 'saves' | 'costs'
  /** Never negative. */
  bytes: number
}

/** Says what a line saves or costs; null for a blocked one, which is not written. */
export function describeSaving(suggestion: Suggestion): SavingWords | null {
  if (suggestion.confidence === 'blocked') return null
  const bytes = savingOf(suggestion)
  return {verb: bytes < 0 ? 'costs' : 'saves', bytes: Math.abs(bytes)}
}

/** How much that is: a line whose paths the lines above it keep out, too, saves `nothing more`. */
export function writeAmount({bytes}: SavingWords, formatBytes: (bytes: number) => string): string {
  return bytes === 0 ? 'nothing more' : formatBytes(bytes)
}

/** The same in a column of savings: `-76 B` is a cost. */
export function writeSaving(suggestion: Suggestion, formatBytes: (bytes: number) => string): string {
  const saving = describeSaving(suggestion)
  if (saving === null) return ''
  return `${saving.verb === 'costs' ? '-' : ''}${writeAmount(saving, formatBytes)}`
}
