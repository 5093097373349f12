import path from 'node:path'
import {createMetadata, PLUGIN_NAME} from '../docker-plugin.js'
import {SlimCheckError} from '../errors.js'
import type {FileChange} from '../hooks/hook-kind.js'
import {isOwnFile} from '../launcher/launcher-mark.js'
import {createPluginLauncher} from '../launcher/plugin-launcher.js'
import {addBlock} from '../shell/marked-block.js'
import {findStartupFile, type Shell} from '../shell/shell-function.js'
import {isLink, readFileOrNull} from '../system/change-files.js'
import {findDockerConfigDir, SYSTEM_PLUGIN_DIRS} from '../system/docker-places.js'
import {findOwnInstallation} from '../system/own-installation.js'
import {describeSurroundings} from '../system/surroundings.js'
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
export function findLauncher(isSystem: boolean): FileChange {
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
