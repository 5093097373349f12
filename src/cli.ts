/** Starts oclif for a call and turns whatever comes out of it into an exit status. */
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {Config, run} from '@oclif/core'
import {SlimCheckError} from './errors.js'
import {EXIT} from './exit-codes.js'
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
  const status = await runCommand(argv, {root, spelling})
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
    return reportError(error, argv.includes('--json'))
  }
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

/** oclif's own errors are about the command line; anything else is a fault of ours. */
function toKnownError(error: unknown): SlimCheckError {
  const {message = String(error)} = error as Error
  if (/^E[MN]FILE$/.test((error as NodeJS.ErrnoException).code ?? ''))
    return new SlimCheckError('too-few-files', {})
  const isUsage = (error as {oclif?: unknown}).oclif !== undefined
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd')
    return new SlimCheckError('working-directory-gone', {})
  if (!isUsage) return new SlimCheckError('internal', {reason: message})
  const [first = message] = message.split('\nSee more help')
  // oclif puts the reason of a value that it cannot parse on a line of its own.
  return new SlimCheckError('bad-flag', {
    message: first.replace(/\s*\n\t/, ': '),
    nextStep: 'Run with --help to see what there is',
  })
}
