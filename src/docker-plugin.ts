/** Docker's handshake with a CLI plugin (BUILDKIT.md 7). Pure: tells what a call means, starts nothing. */

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
   * - `after-build`: Docker tells of a command that ended; `argv` is its JSON
   * - `command`: a user calls
   */
  kind: 'metadata' | 'complete' | 'after-build' | 'command'
  /** The arguments that are ours. */
  argv: string[]
  /** How the user spelled the program, for help. */
  spelling: string
}

/**
 * Reads a call. Docker hands its whole command line on, its own options and the plugin's name first; called directly,
 * the arguments are ours alone.
 */
export function readCall(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Call {
  const [first, second, ...others] = argv
  if (first === 'docker-cli-plugin-metadata') return {kind: 'metadata', argv: [], spelling: ''}
  if (second === 'docker-cli-plugin-hooks') return {kind: 'after-build', argv: others, spelling: ''}
  if (first === '__complete' || first === '__completeNoDesc') {
    return {kind: 'complete', argv: argv.slice(second === PLUGIN_NAME ? 2 : 1), spelling: ''}
  }
  const isPlugin = env.DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND !== undefined
  const spelling = env.SLIM_CHECK_SPELLING ?? (isPlugin ? `docker ${PLUGIN_NAME}` : 'docker-slim-check')
  const own = isPlugin ? trimDockerArguments(argv, PLUGIN_NAME) : [...argv]
  // There is no command of that name, so that none has to be loaded.
  return {kind: 'command', argv: own[0] === 'help' ? [...own.slice(1), '--help'] : own, spelling}
}

/** Docker's global options that take their value from the next argument. */
export const VALUE_OPTIONS: ReadonlySet<string> = new Set(
  '-c --context -H --host --config -l --log-level --tlscacert --tlscert --tlskey'.split(' '),
)

/** `--log-level error slimcheck context .` is `context .`, `help slimcheck` is `--help`; without the name all are ours. */
export function trimDockerArguments(argv: readonly string[], pluginName: string): string[] {
  let isHelp = false
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!
    if (argument === pluginName) return [...argv.slice(index + 1), ...(isHelp ? ['--help'] : [])]
    if (argument === 'help') isHelp = true
    if (VALUE_OPTIONS.has(argument)) index++
  }
  return [...argv]
}
