import type {CheckOutcome} from '../../report/dockerfile-report.js'

/** Why `docker build --check` says nothing, or not all. */
export function explainCheck({status, reason}: Exclude<CheckOutcome, {status: 'done'}>): string {
  return status === 'skipped'
    ? `docker build --check could not run: ${reason}`
    : `docker build --check could not run every check: ${reason}`
}
