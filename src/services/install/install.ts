import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {createMetadata, PLUGIN_NAME} from '../../host/docker/docker-plugin.js'
import {isOwnFile} from '../../host/docker/launcher-mark.js'
import {createPluginLauncher} from '../../host/docker/plugin-launcher.js'
import {findCacheDir} from '../../host/files/cache-dir.js'
import {isLink, readFileOrNull} from '../../host/files/change-files.js'
import {pathExists} from '../../host/files/locations.js'
import {DOCKER_HOOK_KINDS} from '../../host/hooks/hook-kinds.js'
import {findDockerConfigDir, SYSTEM_PLUGIN_DIRS} from '../../host/process/docker-places.js'
import {findOwnInstallation} from '../../host/process/own-installation.js'
import {describeSurroundings} from '../../host/process/surroundings.js'
import {addBlock, hasBlock, removeBlock} from '../../host/shell/marked-block.js'
import {findStartupFile, SHELLS, type Shell} from '../../host/shell/shell-function.js'
import {dropIdleChanges, type FileChange, type HookPlan} from '../../report/file-change.js'
import {findHookPlace} from '../hook/hook.js'
import {listShellLines} from './shell-init.js'

/** Works out what puts the plugin where Docker looks. @throws SlimCheckError `not-ours`, `windows-plugin` */
export function planInstall(isSystem: boolean, platform: string = process.platform): FileChange {
  if (platform === 'win32') throw new SlimCheckError('windows-plugin', {})
  const {installDir, nodePath, version} = findOwnInstallation()
  const file = findLauncher(isSystem)
  const text = createPluginLauncher({
    nodePath,
    programPath: path.join(installDir, 'bin/run.js'),
    metadata: createMetadata(version),
  })
  return {...file, after: Buffer.from(text), isExecutable: true}
}

/** Finds the launcher as it is. @throws SlimCheckError `not-ours` for a link or another program */
function findLauncher(isSystem: boolean): FileChange {
  const directory = isSystem ? SYSTEM_PLUGIN_DIRS[0] : path.join(findDockerConfigDir(), 'cli-plugins')
  const hostPath = path.join(directory, `docker-${PLUGIN_NAME}`)
  const before = readFileOrNull(hostPath)
  if (isLink(hostPath) || (before !== null && !isOwnFile(before))) {
    throw new SlimCheckError('not-ours', {path: hostPath})
  }
  return {path: hostPath, before, after: before}
}

/** Works out what adds the spelling `docker slim-check` to a shell. @throws SlimCheckError `startup-file-unknown` */
export function planShell(shell: Shell): FileChange {
  const file = findStartupFile(shell, describeSurroundings())
  if (file === null) throw new SlimCheckError('startup-file-unknown', {shell})
  const before = readFileOrNull(file)
  return {path: file, before, after: addBlock(before, listShellLines(shell))}
}

/**
 * Works out what takes the plugin away again, and with it the hooks in Docker's configuration, which would break
 * without it. Lazily: a step reads the files as the one before left them.
 */
export function* planUninstall(isSystem: boolean): Generator<HookPlan> {
  const launcher = findLauncher(isSystem)
  if (!isSystem) {
    for (const kind of DOCKER_HOOK_KINDS) {
      const plan = kind.uninstall(findHookPlace({}))
      // Also what is left of a hook that a user removed by hand.
      if (dropIdleChanges(plan.changes).length > 0) yield plan
    }
    const changes = planShells()
    if (changes.length > 0) yield {changes, notes: []}
  }
  const changes = launcher.before === null ? [] : [{...launcher, after: null}]
  yield {changes, notes: isSystem ? [] : noteCache()}
}

/** What is kept for speed may be made again at any time: it is only named. */
function noteCache(): string[] {
  const directory = findCacheDir()
  if (directory === null || !pathExists(directory)) return []
  return [`The cache ${directory} is still there: delete it to leave nothing behind`]
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
