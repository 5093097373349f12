import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {childOf} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {COMPOSE_FILE_NAMES} from '../../plan/compose/choose-compose-files.js'
import type {ComposeProject} from '../../plan/compose/compose-project.js'
import {loadComposeServices} from '../../plan/compose/load-compose-services.js'
import type {ComposeService} from '../../plan/compose/service/compose-service.js'
import type {BuildProblem} from '../../plan/named-build.js'
import type {ProjectFiles} from '../../plan/project-files.js'
import {type BuildSearch, showPath} from '../load/find/build-search.js'
import {openProject} from '../load/find/find-compose-builds.js'

/** Finds what Compose refuses a project for: a part of it is not in its files. @param all services of all profiles */
export function listMissingParts(all: readonly ComposeService[]): BuildProblem[] {
  const known = new Set(all.map(({name}) => name))
  return all.flatMap((service): BuildProblem[] => {
    const {name, node, image, build, place, dependencies} = service
    const isEmpty = image === null && build === null && childOf(node, 'provider') === undefined
    const unknown = dependencies.find((one) => !known.has(one.name) && isRequired(service, one.name))
    return [
      ...(isEmpty ? [refuse(`"${name}" has neither an image nor a build`, place)] : []),
      ...(unknown
        ? [refuse(`"${name}" depends on "${unknown.name}", which no file has`, unknown.place)]
        : []),
    ]
  })
}

function isRequired({node}: ComposeService, name: string): boolean {
  const required = childOf(childOf(childOf(node, 'depends_on'), name), 'required')
  return !(required?.kind === 'scalar' && required.text === 'false')
}

function refuse(what: string, place: Location): BuildProblem {
  return {severity: 'error', message: `${what}: Compose refuses the project`, place}
}

/**
 * Stops where a file was named that is only a part of a project.
 * @param given as with `-f`
 * @throws SlimCheckError `compose-file-alone`
 */
export function requireWhole(
  search: BuildSearch,
  {files, projectDir}: ComposeProject,
  given: readonly string[],
  missing: readonly BuildProblem[],
): void {
  const [first] = missing
  if (first === undefined || given.length !== 1) return
  const own = path.basename(files[0]!)
  const base = COMPOSE_FILE_NAMES.find((name) => search.files.listNames(projectDir).includes(name))
  if (base === own) return
  throw new SlimCheckError('compose-file-alone', {
    file: given[0]!,
    what: first.message.replace(/: Compose refuses the project$/, ''),
    base: base === undefined ? null : path.join(path.dirname(given[0]!), base),
  })
}

/** Directories above a file in which one that includes it is looked for. */
const LEVELS_ABOVE = 2

/** The file above a project that includes its only file, and so decides where its paths begin; null for none. */
export function findIncluding(search: BuildSearch, {files, projectDir}: ComposeProject): string | null {
  const [own, ...others] = files
  if (own === undefined || others.length > 0) return null
  let directory = projectDir
  for (let level = 0; level < LEVELS_ABOVE; level++) {
    directory = path.dirname(directory)
    const names = listQuietly(search.files, directory)
    const name = COMPOSE_FILE_NAMES.find((one) => names.includes(one))
    if (name !== undefined && includes(search, path.join(directory, name), own))
      return showPath(search, path.join(directory, name))
  }
  return null
}

function listQuietly(files: ProjectFiles, directory: string): readonly string[] {
  try {
    return files.listNames(directory)
  } catch {
    return []
  }
}

/** A file that cannot be read includes nothing. */
function includes(search: BuildSearch, file: string, own: string): boolean {
  try {
    return loadComposeServices(openProject(search, [file]), search.files).files.includes(own)
  } catch {
    return false
  }
}

/** The nearest directory above a project from where all paths that it builds lead to something; null for none. */
export function findRightDirectory(
  search: BuildSearch,
  {projectDir}: ComposeProject,
  absent: readonly string[],
): string | null {
  if (absent.length === 0) return null
  const relative = absent.map((hostPath) => path.relative(projectDir, hostPath))
  if (relative.some((one) => one === '' || one.startsWith('..'))) return null
  let directory = projectDir
  for (let level = 0; level < LEVELS_ABOVE + 2; level++) {
    directory = path.dirname(directory)
    const from = directory
    if (relative.every((one) => listQuietly(search.files, path.join(from, one)).length > 0))
      return showPath(search, from)
  }
  return null
}
