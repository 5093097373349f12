/** Docker's handshake with a CLI plugin (docs/buildkit.md 7). Pure: tells what a call means, starts nothing. */

import path from 'node:path'
import {takesNextArgument} from '../../plan/command-line/docker-options.js'

/** The plugin's name to Docker, which refuses a hyphen. */
export const PLUGIN_NAME = 'slimcheck'

/** What Docker asks each plugin for before it calls it. */
export function createMetadata(version: string): string {
  return JSON.stringify(describe(version, 'See and slim what docker build sends'))
}

/** The same for the plugin behind the `builder` alias; Docker clients from 28.5 on leave it out of `docker --help`. */
export function createBuildMetadata(version: string): string {
  return JSON.stringify({
    ...describe(version, 'Check the build context, then build with buildx'),
    Hidden: true,
  })
}

function describe(version: string, ShortDescription: string): Record<string, unknown> {
  return {
    SchemaVersion: '0.1.0',
    Vendor: 'slim-check',
    Version: version,
    ShortDescription,
    URL: 'https://github.com/docker-slim-check/docker-slim-check',
  }
}

/** A call of the program. */
export interface Call {
  /**
   * - `metadata`: Docker asks what we are
   * - `complete`: a shell asks what may stand next; `argv` is the words so far, the unfinished one last
   * - `after-build`: Docker reports a command that ended; `argv` holds its JSON
   * - `command`: a user calls
   */
  kind: 'metadata' | 'complete' | 'after-build' | 'command'
  /** The arguments that are ours. */
  argv: string[]
  /** How the user spelled the program, for help. */
  spelling: string
  /** The directory of Docker's configuration, where the call names one. */
  configDir: string | null
}

/** The file that Node runs, and where the user is. */
export interface Script {
  /** Absolute; links are not followed. */
  path: string
  workingDirectory: string
}

/**
 * Reads a call. Docker hands its whole command line on, its own options and the plugin's name first; called directly,
 * the arguments are ours alone.
 */
export function readCall(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  script: Script | null = null,
): Call {
  const nothing = {argv: [], spelling: '', configDir: null}
  const [first, second, ...others] = argv
  if (first === 'docker-cli-plugin-metadata') return {...nothing, kind: 'metadata'}
  if (second === 'docker-cli-plugin-hooks') return {...nothing, kind: 'after-build', argv: others}
  if (first === '__complete' || first === '__completeNoDesc') {
    return {...nothing, kind: 'complete', argv: argv.slice(second === PLUGIN_NAME ? 2 : 1)}
  }
  const isPlugin = env.DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND !== undefined
  const spelling = env.SLIM_CHECK_SPELLING ?? (isPlugin ? `docker ${PLUGIN_NAME}` : spellDirectCall(script))
  const {own, configDir} = isPlugin
    ? readDockerArguments(argv, PLUGIN_NAME)
    : {own: [...argv], configDir: null}
  // There is no command of that name, so that none has to be loaded.
  const words = own[0] === 'help' ? [...own.slice(1), '--help'] : own
  return {kind: 'command', argv: words, spelling, configDir}
}

/** How to call the program again: by its name where it is installed, by its file in a checkout. */
function spellDirectCall(script: Script | null): string {
  const isInCheckout = script !== null && path.basename(script.path) === 'run.js'
  if (!isInCheckout || script.path.split(path.sep).includes('node_modules')) return 'docker-slim-check'
  const near = path.relative(script.workingDirectory, script.path)
  const shorter = near.length < script.path.length ? near : script.path
  return `node ${/[^\w./\\:+-]/.test(shorter) ? JSON.stringify(shorter) : shorter}`
}

/** What Docker handed on, taken apart. */
export interface DockerArguments {
  /** What stands behind the plugin's name. */
  own: string[]
  /** `docker --config DIR`, which Docker tells a plugin in no other way; null without it. */
  configDir: string | null
}

/**
 * `--log-level error slimcheck context .` is `context .`, `help slimcheck` is `--help`. Where something else than
 * Docker's options stands before the name, Docker did not call, and all of it is ours.
 */
export function readDockerArguments(argv: readonly string[], pluginName: string): DockerArguments {
  let isHelp = false
  let configDir: string | null = null
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!
    if (argument === pluginName) {
      return {own: [...argv.slice(index + 1), ...(isHelp ? ['--help'] : [])], configDir}
    }
    if (argument === 'help') isHelp = true
    else if (!argument.startsWith('-')) break
    if (argument.startsWith('--config=')) configDir = argument.slice('--config='.length)
    if (!takesNextArgument(argument)) continue
    index++
    if (argument === '--config') configDir = argv[index] ?? null
  }
  return {own: [...argv], configDir: null}
}
