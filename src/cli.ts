/** Starts oclif for a call and turns whatever comes out of it into an exit status. */
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {Config, run} from '@oclif/core'
import {SlimCheckError} from './errors.js'
import {EXIT} from './exit-codes.js'
import {explainUsage, type UsageError} from './explain-usage.js'
import {renderError, renderErrorJson} from './render/render-error.js'
import type {CompletableCommand} from './shell/complete.js'
import {explainErrorCode} from './system/read-file.js'
import {watchOutput} from './system/watch-output.js'

/** Where the program is installed, and how the user spelled it. */
export interface Installation {
  root: string
  spelling: string
}

/** Runs a command line. Never throws: every error becomes a message and a status (`EXIT`). */
export async function runCli(argv: readonly string[], {root, spelling}: Installation): Promise<number> {
  const output = watchOutput((code) => {
    reportError(new SlimCheckError('output-failed', {reason: explainErrorCode(code)}), false)
    process.exitCode = EXIT.failed
  })
  const socket = process.env.DOCKER_CLI_PLUGIN_SOCKET
  const unwatch = socket ? (await import('./system/end-with-socket.js')).endWithSocket(socket) : null
  const status = await runCommand(argv, {root, spelling})
  unwatch?.()
  return output.problem === null ? status : EXIT.failed
}

async function runCommand(argv: readonly string[], {root, spelling}: Installation): Promise<number> {
  try {
    const pjson = JSON.parse(readFileSync(new URL('../package.json', root), 'utf8'))
    // Help speaks in the spelling of the call.
    pjson.oclif.bin = spelling
    const status = await run([...argv], {root: fileURLToPath(new URL('..', root)), pjson, userPlugins: false})
    return typeof status === 'number' ? status : EXIT.ok
  } catch (error) {
    return reportError(await explain(error, root), argv.includes('--json'))
  }
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

/** Lists the commands as oclif finds them, for completion where there is no manifest. */
export async function listCommands(root: string): Promise<readonly CompletableCommand[]> {
  const config = await Config.load({root: fileURLToPath(new URL('..', root))})
  return config.commands as readonly CompletableCommand[]
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
  if (/^E[MN]FILE$/.test((error as NodeJS.ErrnoException).code ?? ''))
    return new SlimCheckError('too-few-files', {})
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd')
    return new SlimCheckError('working-directory-gone', {})
  return new SlimCheckError('internal', {reason: message})
}
