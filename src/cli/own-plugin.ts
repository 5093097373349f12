import type {Command} from '@oclif/core/command'
import {Plugin} from '@oclif/core/config'
import {run} from '@oclif/core/run'
import {readPackage} from '../host/process/own-installation.js'
import type {CompletableCommand} from '../host/shell/complete.js'
import {loadCommand} from './own-commands.js'

/** This program, as oclif sees it: what the manifest describes, with commands that lie in the same file as oclif. */
export class OwnPlugin extends Plugin {
  override async findCommand(id: string): Promise<Command.Class> {
    const command = await loadCommand(id)
    command.plugin = this
    return command
  }
}

/** Has oclif find out what a call wants: help, a command without words, or nothing there is. @returns what the command does */
export async function runPlugin(argv: readonly string[], root: string, spelling: string): Promise<unknown> {
  const plugin = await loadPlugin(root, spelling)
  const plugins = new Map([[plugin.name, plugin]])
  return run([...argv], {root: plugin.root, plugins, userPlugins: false})
}

/** Lists the commands, for completion where there is no manifest. */
export async function listCommands(root: string): Promise<readonly CompletableCommand[]> {
  const {commands} = await loadPlugin(root, '')
  return commands as readonly CompletableCommand[]
}

/** Help speaks in the spelling of the call. */
async function loadPlugin(root: string, spelling: string): Promise<OwnPlugin> {
  const pjson = readPackage(root)
  pjson.oclif.bin = spelling
  const plugin = new OwnPlugin({root, pjson, isRoot: true})
  await plugin.load()
  return plugin
}
