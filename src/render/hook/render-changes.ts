import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import {dropIdleChanges, type FileChange, type HookPlan} from '../../report/file-change.js'
import {escapeForTerminal} from '../terminal/escape.js'

/** Renders what is changed, a line for each file; with `isFull` the lines themselves as a diff. */
export function renderChanges({changes, notes}: HookPlan, isFull: boolean): string {
  const effective = dropIdleChanges(changes)
  const lines = effective.map((change) => `${nameAction(change)} ${escapeForTerminal(change.path)}`)
  if (lines.length === 0) lines.push('Nothing to change')
  const diffs = isFull ? effective.filter(({after}) => after !== null).map(renderDiff) : []
  return [...lines, ...diffs, ...notes].map((line) => `${line}\n`).join('')
}

function nameAction({before, after}: FileChange): string {
  if (after === null) return 'Remove'
  return before === null ? 'Create' : 'Change'
}

function renderDiff({path, before, after}: FileChange): string {
  const diff = createUnifiedDiff(path.replace(/^\//, ''), before, after)
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/[^\t\P{Cc}]/gu, (found) => escapeForTerminal(found)))
    .join('\n')
}
