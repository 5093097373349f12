import {quoteWord} from '../../languages/text/quote.js'
import type {OverviewAction, OverviewPartName, OverviewReport} from '../../report/project/overview-report.js'

export const PART_TITLES: Readonly<Record<OverviewPartName, string>> = {
  context: 'Context',
  rebuild: 'Rebuild',
  dockerfile: 'Dockerfile',
  image: 'Image',
  compose: 'Compose',
}

export const ACTION_MARKS: Readonly<Record<OverviewAction['kind'], string>> = {
  error: '!',
  safe: '+',
  review: '?',
}

/** What stands in place of actions where there are none. */
export function explainNoActions({parts}: Pick<OverviewReport, 'parts'>): string {
  const isAbsent = (name: OverviewPartName): boolean =>
    parts.some(({part, status}) => part === name && status === 'absent')
  return isAbsent('dockerfile') && isAbsent('compose')
    ? 'Nothing is built here: name the directory that has a Dockerfile or a compose file'
    : 'No rule found anything to improve'
}

/** What an action saves; empty where nothing is known. @param bytes writes a size */
export function describeSaving(
  {savedBytes, savedSteps}: OverviewAction,
  bytes: (amount: number) => string,
): string {
  if (savedBytes !== null && savedBytes > 0) return `saves ${bytes(savedBytes)}`
  if (savedSteps !== null) return `saves ${savedSteps} ${savedSteps === 1 ? 'step' : 'steps'} after each edit`
  return ''
}

/** Neighbours that one command does: it is shown once, below them. */
export function groupByCommand(
  actions: readonly OverviewAction[],
): [first: OverviewAction, ...others: OverviewAction[]][] {
  const groups: [OverviewAction, ...OverviewAction[]][] = []
  for (const action of actions) {
    const last = groups.at(-1)
    if (last !== undefined && last[0].command.join('\0') === action.command.join('\0')) last.push(action)
    else groups.push([action])
  }
  return groups
}

/** A command line as it can be typed. */
export function writeCommand(spelling: string, words: readonly string[]): string {
  return [spelling, ...words.map(quoteWord)].join(' ')
}
