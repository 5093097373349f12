import type {FileChange, HookPlan} from '../hooks/hook-kind.js'
import {DOCKER_HOOK_KINDS} from '../hooks/hook-kinds.js'
import {dropIdleChanges} from '../hooks/render-changes.js'
import {hasBlock, removeBlock} from '../shell/marked-block.js'
import {findStartupFile, SHELLS} from '../shell/shell-function.js'
import {readFileOrNull} from '../system/change-files.js'
import {describeSurroundings} from '../system/surroundings.js'
import {findHookPlace} from './hook.js'
import {findLauncher} from './install.js'

/**
 * Works out what takes the plugin away again, and with it the hooks in Docker's configuration, which would break
 * without it. Lazily: a step reads the files as the one before left them.
 */
export function* planUninstall(isSystem: boolean): Generator<HookPlan> {
  const launcher = findLauncher(isSystem)
  if (!isSystem) {
    for (const kind of DOCKER_HOOK_KINDS) {
      const plan = kind.uninstall(findHookPlace({}))
      // Also what is left of a hook that somebody took out by hand.
      if (dropIdleChanges(plan.changes).length > 0) yield plan
    }
    const changes = planShells()
    if (changes.length > 0) yield {changes, notes: []}
  }
  yield {changes: launcher.before === null ? [] : [{...launcher, after: null}], notes: []}
}

function planShells(): FileChange[] {
  const changes: FileChange[] = []
  for (const shell of SHELLS) {
    const file = findStartupFile(shell, describeSurroundings())
    const before = file === null ? null : readFileOrNull(file)
    if (file === null || before === null || !hasBlock(before)) continue
    changes.push({path: file, before, after: removeBlock(before)})
  }
  return changes
}
