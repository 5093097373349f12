import type {Failure} from '../../measure/budget/fail-on.js'
import {escapeForTerminal} from '../terminal/escape.js'

/** What made a run fail. */
export interface FailureReasons {
  /** Budgets that are exceeded; `plan` where there are several builds. */
  budgets: readonly {name: string; plan?: string}[]
  failures: readonly Failure[]
}

/** More rules than these are counted. */
const MAX_RULES = 3

const NOUNS = {error: 'error', warning: 'warning', suggestion: 'safe suggestion'} as const

/** The last line of a run that ends with status 1: why, and how to have it pass. Empty where nothing failed. */
export function renderFailure({budgets, failures}: FailureReasons): string {
  const found = failures.map(describeFailure)
  const over = budgets.map(
    ({name, plan}) => `${name} exceeded${plan === undefined ? '' : ` by ${escapeForTerminal(plan)}`}`,
  )
  if (found.length + over.length === 0) return ''
  const remedy = failures.length === 0 ? '' : '; with --fail-on never, findings do not fail the run'
  return `Exit status 1: ${[...new Set([...found, ...over])].join(', ')}${remedy}\n`
}

/** Such as `2 errors (copy-ignored-file, secret-in-context)`. */
function describeFailure({kind, count, rules}: Failure): string {
  const more = rules.length > MAX_RULES ? [`${rules.length - MAX_RULES} more`] : []
  const names = [...rules.slice(0, MAX_RULES), ...more].join(', ')
  return `${count} ${NOUNS[kind]}${count === 1 ? '' : 's'}${names === '' ? '' : ` (${names})`}`
}
