import {COMPOSE_FILE_NAMES} from '../compose/choose-compose-files.js'

/** The bake files that buildx looks for, in the order in which it merges them. */
export const BAKE_FILE_NAMES = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
]

/** Chooses the files that `docker buildx bake` reads in a directory: compose files are bake files, too. */
export function chooseBakeFiles(names: readonly string[]): string[] {
  return [...COMPOSE_FILE_NAMES, ...BAKE_FILE_NAMES].filter((name) => names.includes(name))
}
