import type {ContextReport} from '../../report/context-report.js'

/** What `--fail-on` may say. */
type FailOn = 'error' | 'warning' | 'suggestion' | 'never'

/** Tells whether a report violates `--fail-on`: `warning` includes errors, `suggestion` means that a safe one exists. */
export function violatesFailOn({findings, suggestions}: ContextReport, failOn: string): boolean {
  const has = (...severities: string[]): boolean =>
    findings.some(({severity}) => severities.includes(severity))
  switch (failOn as FailOn) {
    case 'error':
      return has('error')
    case 'warning':
      return has('error', 'warning')
    case 'suggestion':
      return suggestions.some(({confidence}) => confidence === 'safe')
    case 'never':
      return false
  }
}
