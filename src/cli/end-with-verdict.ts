import {EXIT} from '../exit-codes.js'
import {DEFAULT_FAIL_ON, type FailOn, findFailures, type Judged} from '../measure/budget/fail-on.js'
import {renderFailure} from '../render/text/render-failure.js'

/** What the exit status of a command depends on. */
export interface Verdict extends Judged {
  /** `plan`: the build that a budget is about. */
  budgets: readonly {name: string; ok: boolean; plan?: string}[]
  /** Default: `DEFAULT_FAIL_ON`. */
  failOn?: FailOn | undefined
}

/** Ends a command that ran: its exit status, and where that is not 0 a last line on standard error that says why. */
export function endWithVerdict({budgets, failOn = DEFAULT_FAIL_ON, ...judged}: Verdict): number {
  const over = budgets.filter(({ok}) => !ok)
  const failures = findFailures(judged, failOn)
  process.stderr.write(renderFailure({budgets: over, failures}))
  return over.length + failures.length > 0 ? EXIT.violated : EXIT.ok
}
