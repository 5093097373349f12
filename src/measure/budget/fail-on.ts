import type {Finding, Suggestion} from '../../report/context-report.js'
import type {Rewrite} from '../../report/dockerfile-report.js'

/** What `--fail-on` may say. */
type FailOn = 'error' | 'warning' | 'suggestion' | 'never'

/** What a report has for `--fail-on` to look at. */
interface Failable {
  findings: readonly Pick<Finding, 'severity'>[]
  suggestions?: readonly Pick<Suggestion, 'confidence'>[]
  /** The configuration may give a rewrite a severity, which counts unless it is blocked. */
  rewrites?: readonly Pick<Rewrite, 'confidence' | 'severity'>[]
  /** Builds that cannot start. */
  failed?: readonly unknown[]
}

/** Tells whether a report violates `--fail-on`: `warning` includes errors, `suggestion` means that a safe one exists. */
export function violatesFailOn(report: Failable, failOn: string): boolean {
  const {findings, suggestions = [], rewrites = [], failed = []} = report
  const told = [...findings, ...rewrites.filter(({confidence}) => confidence !== 'blocked')]
  const has = (...severities: string[]): boolean =>
    told.some(({severity}) => severity !== undefined && severities.includes(severity)) || failed.length > 0
  switch (failOn as FailOn) {
    case 'error':
      return has('error')
    case 'warning':
      return has('error', 'warning')
    case 'suggestion':
      return [...suggestions, ...rewrites].some(({confidence}) => confidence === 'safe')
    case 'never':
      return false
  }
}
