/** Docker's handshake with a CLI plugin (BUILDKIT.md 7). Pure: tells what a call means, starts nothing. */

/** The plugin's name to Docker, which refuses a hyphen. */
export const PLUGIN_NAME = 'slimcheck'

/** What Docker asks each plugin for before it calls it. */
export function createMetadata(version: string): string {
  return JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'slim-check',
    Version: version,
    ShortDescription: 'See and slim what docker build sends',
    URL: 'https://github.com/docker-slim-check/docker-slim-check',
  })
}

/** A call of the program. */
export interface Call {
  kind: 'metadata' | 'command'
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
  if (argv[0] === 'docker-cli-plugin-metadata') return {kind: 'metadata', argv: [], spelling: ''}
  const isPlugin = env.DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND !== undefined
  if (!isPlugin)
    return {kind: 'command', argv: [...argv], spelling: env.SLIM_CHECK_SPELLING ?? 'docker-slim-check'}
  const spelling = env.SLIM_CHECK_SPELLING ?? `docker ${PLUGIN_NAME}`
  return {kind: 'command', argv: trimDockerArguments(argv), spelling}
}

/** `--log-level error slimcheck context .` is `context .`, `help slimcheck` is `help`. */
function trimDockerArguments(argv: readonly string[]): string[] {
  const name = argv.indexOf(PLUGIN_NAME)
  if (name < 0) return [...argv]
  const isHelp = argv.slice(0, name).includes('help')
  return [...(isHelp ? ['help'] : []), ...argv.slice(name + 1)]
}
