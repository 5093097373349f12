import {readFileOrNull} from '../../host/files/change-files.js'
import {DOCKER_HOOK_KINDS} from '../../host/hooks/hook-kinds.js'
import {describeSurroundings} from '../../host/process/surroundings.js'
import {hasBlock, removeBlock} from '../../host/shell/marked-block.js'
import {findStartupFile, SHELLS} from '../../host/shell/shell-function.js'
import type {FileChange, HookPlan} from '../../report/file-change.js'
import {dropIdleChanges} from '../../report/file-change.js'
import {findHookPlace} from '../hook/hook.js'
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
