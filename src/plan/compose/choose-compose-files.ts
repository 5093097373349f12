import path from 'node:path'
import type {ProjectFiles} from '../project-files.js'
import type {ComposeEnvironment} from './variables/compose-environment.js'

/** The names that Compose looks for, in its order. */
export const COMPOSE_FILE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']

export const OVERRIDE_FILE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

/** Tells whether a name is one that Compose looks for. */
export function isComposeName(name: string): boolean {
  return COMPOSE_FILE_NAMES.includes(name)
}

/** Tells whether a name is that of a compose file which only `-f` chooses: `docker-compose.dev.yml`. */
export function isVariantName(name: string): boolean {
  return /^(?:docker-)?compose[.-][\w.-]+\.ya?ml$/.test(name) && !OVERRIDE_FILE_NAMES.includes(name)
}

/**
 * Chooses a project's files as `docker compose` does in a directory: `COMPOSE_FILE`, else the first default name and
 * the first override file beside it. Directories above are not looked into: the directory is the one asked about.
 * @returns absolute paths; none if there is nothing
 */
export function chooseComposeFiles(
  directory: string,
  environment: ComposeEnvironment,
  files: ProjectFiles,
): string[] {
  const named = environment.lookup('COMPOSE_FILE')
  if (named) {
    const separator = environment.lookup('COMPOSE_PATH_SEPARATOR') || path.delimiter
    return named.split(separator).map((name) => path.resolve(directory, name))
  }
  const names = files.listNames(directory)
  const main = COMPOSE_FILE_NAMES.find((name) => names.includes(name))
  if (main === undefined) return []
  const override = OVERRIDE_FILE_NAMES.find((name) => names.includes(name))
  return [main, ...(override === undefined ? [] : [override])].map((name) => path.join(directory, name))
}
