/** Starts oclif for a call and turns its outcome into an exit status. */
// It listens to standard output, and throws what it meets there, until `watchOutput` takes over.
import '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import {SlimCheckError} from '../errors.js'
import {EXIT} from '../exit-codes.js'
import {findHomeDir, isDirectory} from '../host/files/locations.js'
import {explainErrorCode} from '../host/files/read-file.js'
import {findShell} from '../host/process/find-shell.js'
import {readPackage} from '../host/process/own-installation.js'
import type {CompletableCommand} from '../host/shell/complete.js'
import {watchOutput} from '../host/terminal/watch-output.js'
import {renderError, renderErrorJson} from '../render/render-error.js'
import {HELP_TOPICS} from '../render/text/help-topics.js'
import {explainUsage, type UsageError} from './explain-usage.js'
import {type CommandCall, findCall, isCommandWord, loadCommand} from './own-commands.js'

/** How the program was started. */
export interface Installation {
  /** The directory of its package.json. */
  root: string
  /** What the user typed for it. */
  spelling: string
}

/** Runs a command line. Never throws: every error becomes a message and a status (`EXIT`). */
export async function runCli(argv: readonly string[], {root, spelling}: Installation): Promise<number> {
  const words = isVersion(argv) ? ['--version'] : isOverview(argv) ? ['overview', ...argv] : argv
  const topic = findTopic(argv)
  if (topic !== undefined) {
    process.stdout.write(topic)
    return EXIT.ok
  }
  const output = watchOutput((code) => {
    reportError(new SlimCheckError('output-failed', {reason: explainErrorCode(code)}), false)
    process.exitCode = EXIT.failed
  })
  const socket = process.env.DOCKER_CLI_PLUGIN_SOCKET
  const unwatch = socket ? (await import('../host/process/end-with-socket.js')).endWithSocket(socket) : null
  const status = await runCommand(words, {root, spelling})
  unwatch?.()
  return output.problem === null ? status : EXIT.failed
}

/** The text that `help TOPIC` asks for, which reaches us as `TOPIC --help`. */
function findTopic([name = '', ...others]: readonly string[]): string | undefined {
  const isAsked = others.every((word) => word === '--help' || word === '-h')
  return isAsked && Object.hasOwn(HELP_TOPICS, name) ? HELP_TOPICS[name] : undefined
}

/** The other ways in which programs are asked for their version. */
function isVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && ['version', '-v', '-V'].includes(argv[0]!)
}

/** Without a command, or with a directory in its place, the overview is shown. A command of the same name wins. */
function isOverview([first]: readonly string[]): boolean {
  if (first === undefined) return true
  return !isCommandWord(first) && isDirectory(first)
}

async function runCommand(argv: readonly string[], {root, spelling}: Installation): Promise<number> {
  try {
    // oclif asks for both while it loads, and a user in a container may have neither.
    process.env.HOME ||= findHomeDir()
    process.env.SHELL ??= findShell()
    const call = findCall(argv)
    const status = await (call === null ? runOther(argv, root, spelling) : runCall(call, root, spelling))
    return typeof status === 'number' ? status : EXIT.ok
  } catch (error) {
    return reportError(await explain(error, root), argv.includes('--json'))
  }
}

/** Runs a call of which the command is known: oclif would look for plugins, hooks, topics and a theme, for 3 ms. */
async function runCall({id, words}: CommandCall, root: string, bin: string): Promise<unknown> {
  const {version} = readPackage(root)
  const command = await loadCommand(id)
  const config: OwnConfig = {bin, version, runHook: noHook, scopedEnvVarKeys: () => []}
  return command.start(words, config as Config)
}

/** What a command of ours and oclif's parser look at. */
type OwnConfig = Pick<Config, 'bin' | 'version' | 'runHook' | 'scopedEnvVarKeys'>

async function noHook(): Promise<{successes: []; failures: []}> {
  return {successes: [], failures: []}
}

async function runOther(argv: readonly string[], root: string, spelling: string): Promise<unknown> {
  const {runPlugin} = await import('./own-plugin.js')
  return runPlugin(argv, root, spelling)
}

/** oclif's own errors are about the command line: they are said in other words. */
async function explain(error: unknown, root: string): Promise<unknown> {
  if (error instanceof SlimCheckError || !isUsageError(error)) return error
  const commands = await listCommands(root).catch(() => [])
  const ids = commands.filter(({hidden}) => hidden !== true).map(({id}) => id)
  return new SlimCheckError('bad-flag', explainUsage(error as UsageError, ids))
}

function isUsageError(error: unknown): boolean {
  const {oclif} = error as {oclif?: {exit?: number}}
  return oclif !== undefined && oclif.exit !== 0
}

/** Lists the commands, for completion where there is no manifest. */
export async function listCommands(root: string): Promise<readonly CompletableCommand[]> {
  return (await import('./own-plugin.js')).listCommands(root)
}

function reportError(error: unknown, isJson: boolean): number {
  const exit = (error as {oclif?: {exit?: number}}).oclif?.exit
  if (exit === 0) return EXIT.ok
  const known = error instanceof SlimCheckError ? error : toKnownError(error)
  if (isJson) process.stdout.write(renderErrorJson(known))
  else process.stderr.write(renderError(known, process.stderr.hasColors?.() ?? false))
  return EXIT.failed
}

/** What nothing above knows is a fault of ours. */
function toKnownError(error: unknown): SlimCheckError {
  const {message = String(error)} = error as Error
  // A thread that cannot start says so in its message alone.
  if (/\bE[MN]FILE\b/.test(`${(error as NodeJS.ErrnoException).code} ${message}`))
    return new SlimCheckError('too-few-files', {})
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd')
    return new SlimCheckError('working-directory-gone', {})
  return new SlimCheckError('internal', {reason: message})
}
