import type {Severity, Suggestion} from '../../report/context-report.js'

/** What `--fail-on` may say. */
export type FailOn = 'error' | 'warning' | 'suggestion' | 'never'

/** Where neither a flag nor the configuration says it: a build that fails, or an image with a secret, is no success. */
export const DEFAULT_FAIL_ON: FailOn = 'error'

/** What is judged: a whole report, or the findings of another command. */
export interface Judged {
  findings: readonly {severity?: Severity | undefined; rule?: string}[]
  suggestions?: readonly Pick<Suggestion, 'confidence'>[]
}

/** What a report violates, and how often. */
export interface Failure {
  /** What is counted. */
  kind: 'error' | 'warning' | 'suggestion'
  count: number
  /** The rules of the findings, in their order, each once; empty for suggestions. */
  rules: readonly string[]
}

const SEVERITIES: Record<FailOn, readonly ('error' | 'warning')[]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  suggestion: [],
  never: [],
}

/** The findings that violate `--fail-on`, errors first: `warning` includes errors. */
export function listFailing<F extends {severity?: Severity | undefined}>(
  findings: readonly F[],
  failOn: FailOn,
): F[] {
  return SEVERITIES[failOn].flatMap((wanted) => findings.filter(({severity}) => severity === wanted))
}

/** Counts what violates `--fail-on`; `suggestion` means that a safe one exists. */
export function findFailures({findings, suggestions = []}: Judged, failOn: FailOn): Failure[] {
  const safe = suggestions.filter(({confidence}) => confidence === 'safe')
  const counted = SEVERITIES[failOn].map((kind) => {
    const own = findings.filter(({severity}) => severity === kind)
    return {kind, count: own.length, rules: [...new Set(own.flatMap(({rule}) => rule ?? []))]}
  })
  const all = failOn === 'suggestion' ? [{kind: failOn, count: safe.length, rules: []}] : counted
  return all.filter(({count}) => count > 0)
}
