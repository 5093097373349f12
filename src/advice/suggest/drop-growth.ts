import {editIgnoreFile} from '../../languages/ignore/edit/edit-ignore-file.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {MeasuredTransfer} from './plan-figures.js'
import type {SuggestedLine} from './suggested-line.js'

const IGNORE_FILE = '.dockerignore'
/** What BuildKit sends of a new file beside its content: some fields. Bytes. */
const NEW_ENTRY_BYTES = 70

/** Leaves out safe lines that cost more than they save, where the ignore file itself is sent: each, then all of them. */
export function dropGrowth(
  lines: readonly SuggestedLine[],
  plans: readonly {plan: BuildPlan; main: MeasuredTransfer}[],
): SuggestedLine[] {
  const file = plans[0]?.plan.context.ignoreFile ?? null
  const path = file?.path ?? IGNORE_FILE
  const senders = plans.filter(
    ({main: {filter}}) => filter.requested === null || filter.requested.matchesPath(path),
  )
  const others = lines.filter(({confidence}) => confidence !== 'safe')
  const safe = lines.filter(
    ({confidence, pattern, savedBytes}) =>
      confidence === 'safe' && savedBytes > senders.length * (pattern.length + 1),
  )
  const savedBytes = safe.reduce((sum, line) => sum + line.savedBytes, 0)
  return savedBytes > senders.length * growthOf(safe, file?.content ?? null) ? [...safe, ...others] : others
}

/** By how much the ignore file grows. Bytes. */
function growthOf(lines: readonly SuggestedLine[], content: Uint8Array | null): number {
  const edited = editIgnoreFile(content, {add: lines.map(({pattern}) => ({pattern}))})
  return edited.length - (content?.length ?? -NEW_ENTRY_BYTES)
}
