import type {Confidence} from '../../report/context-report.js'
import {wrapText} from '../terminal/table.js'

/** What stands before a suggestion, or a change, of each confidence. */
export const MARKS: Readonly<Record<Confidence, string>> = {safe: '+', review: '?', blocked: 'x'}

/** What a legend explains: the marks of suggestions and changes, and that of an error. */
export type MarkKind = Confidence | 'error'

const LEGEND: Readonly<Record<MarkKind, string>> = {
  error: '! an error: correct it first',
  safe: `${MARKS.safe} proved safe`,
  review: `${MARKS.review} your decision`,
  blocked: `${MARKS.blocked} would break something`,
}

/**
 * What the marks of a list mean, in lines behind an empty one; nothing where the list has none.
 * @param used the kinds in the list, in any order and more than once
 */
export function renderLegend(
  used: readonly MarkKind[],
  {width, styles}: {width: number; styles: {dim(text: string): string}},
): string[] {
  const kinds = (Object.keys(LEGEND) as MarkKind[]).filter((kind) => used.includes(kind))
  const text = kinds.map((kind) => LEGEND[kind]).join(', ')
  return kinds.length === 0 ? [] : ['', ...wrapText(text, width - 2).map((line) => styles.dim(`  ${line}`))]
}
