import {SlimCheckError} from '../../errors.js'
import {changeFiles} from '../../host/files/change-files.js'
import {confirm} from '../../host/terminal/confirm.js'
import {renderChanges} from '../../render/hook/render-changes.js'
import type {HookPlan} from '../../report/file-change.js'
import {dropIdleChanges} from '../../report/file-change.js'

/** How a change is to be made. */
export interface ChangeOptions {
  isDryRun: boolean
  /** Consent was given on the command line. */
  isAgreed: boolean
}

/** Makes planned changes, or with `isDryRun` only tells them. @returns what was done, for standard output */
export function makeChanges(plan: HookPlan, {isDryRun}: ChangeOptions): string {
  if (!isDryRun) changeFiles(plan.changes)
  return renderChanges(plan, isDryRun)
}

/**
 * Makes changes to a file of the user's own: asks on a terminal first.
 * @throws SlimCheckError `needs-yes` where nobody can be asked
 */
export async function makeChangesWithConsent(plan: HookPlan, options: ChangeOptions): Promise<string> {
  const [change] = dropIdleChanges(plan.changes)
  if (change === undefined || options.isDryRun || options.isAgreed) return makeChanges(plan, options)
  const action = change.before === null ? 'Creating' : 'Changing'
  const answer = await confirm(`${renderChanges({...plan, notes: []}, true)}Do it?`)
  if (answer === null) throw new SlimCheckError('needs-yes', {path: change.path, action})
  return answer ? makeChanges(plan, options) : 'Nothing was changed\n'
}
