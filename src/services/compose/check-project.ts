import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {childOf} from '../../languages/documents/document-node.js'
import {joinNames} from '../../languages/text/sentence.js'
import {
  COMPOSE_FILE_NAMES,
  isComposeName,
  isVariantName,
  OVERRIDE_FILE_NAMES,
} from '../../plan/compose/choose-compose-files.js'
import type {ComposeProject} from '../../plan/compose/compose-project.js'
import {listMissingParts, type MissingPart} from '../../plan/compose/list-refusals.js'
import {loadComposeServices} from '../../plan/compose/load-compose-services.js'
import type {ComposeService} from '../../plan/compose/service/compose-service.js'
import {readService} from '../../plan/compose/service/read-service.js'
import type {BuildProblem} from '../../plan/named-build.js'
import type {ProjectFiles} from '../../plan/project-files.js'
import {type BuildSearch, showPath} from '../load/find/build-search.js'
import {openProject} from '../load/find/find-compose-builds.js'
import {absentPathOf, type FailedBuild} from '../load/load-builds.js'
import {findSampleOf} from './sample-files.js'

/**
 * Stops where a file is only a part of a project: one that was named, or one of a folder below the rest. A file that no
 * other one completes, or knows the missing part of, is a project of its own, with a mistake.
 * @param given as with `-f`; empty: the default names
 * @throws SlimCheckError `compose-file-alone`
 */
export function requireWhole(
  search: BuildSearch,
  project: ComposeProject,
  given: readonly string[],
  missing: readonly MissingPart[],
): void {
  const [first] = missing
  if (first === undefined || given.length > 1) return
  const own = project.files[0]!
  const main = findMain(search, project.projectDir)
  const isDefault = given.length === 0 || main === own
  const others = listOthers(search, project, isDefault)
  const isCompleted = (file: string) => completes(search, file, project.files)
  const base =
    others.find(isCompleted) ??
    others.find((file) => knows(search, file, missing)) ??
    listNamesakes(search, own, missing).find(isCompleted)
  const isPart = !isDefault && isOverride(search, own, missing)
  const later = base === undefined && isDefault ? listLater(search, project, missing) : []
  if (base === undefined && later.length === 0 && !isPart) return
  const told = isDefault ? base : (base ?? main)
  throw new SlimCheckError('compose-file-alone', {
    file: showPath(search, own),
    what: first.message.replace(/: Compose refuses the project$/, ''),
    base: told === undefined ? null : showPath(search, told),
    later: later.map((file) => showPath(search, file)),
  })
}

/** Files beside a base file that each give its services their images. */
function listLater(search: BuildSearch, project: ComposeProject, missing: readonly MissingPart[]): string[] {
  const [own, ...others] = project.files
  if (others.length > 0 || !isOverride(search, own!, missing)) return []
  return listOthers(search, project, false).filter(
    (file) => path.dirname(file) === project.projectDir && completes(search, own!, [file]),
  )
}

/** Nothing but a base file gives a service its image. */
function isOverride(search: BuildSearch, file: string, missing: readonly MissingPart[]): boolean {
  const told = readParts(search, file)
  return missing.some(({kind, name}) => kind === 'service' && told?.services.has(name))
}

/** What Compose reads in a directory without being told; undefined for none. */
function findMain({files}: BuildSearch, directory: string): string | undefined {
  const names = listQuietly(files, directory)
  const name = COMPOSE_FILE_NAMES.find((one) => names.includes(one))
  return name === undefined ? undefined : path.join(directory, name)
}

/** Compose files in which the rest of a project may be, the nearest first. */
function listOthers(search: BuildSearch, {files, projectDir}: ComposeProject, isDefault: boolean): string[] {
  const beside = isDefault ? [] : listComposeFiles(search, projectDir)
  const above = listAbove(projectDir).flatMap((directory) => listComposeFiles(search, directory))
  return [...beside, ...above].filter((file) => !files.includes(file)).slice(0, MAX_OTHERS)
}

/** More files than these are not tried. */
const MAX_OTHERS = 40

/** Files beside one that bear no name of Compose either, where services are missing: `stack.yml` beside `stack-metrics.yml`. */
function listNamesakes(search: BuildSearch, own: string, missing: readonly MissingPart[]): string[] {
  const [directory, name] = [path.dirname(own), path.basename(own)]
  if (isComposeName(name) || missing.every(({kind}) => kind !== 'service')) return []
  const [first = ''] = name.split(/[._-]/)
  return listQuietly(search.files, directory)
    .filter((other) => /\.ya?ml$/i.test(other) && other !== name && other.split(/[._-]/)[0] === first)
    .sort((one, other) => one.length - other.length)
    .slice(0, MAX_OTHERS)
    .map((other) => path.join(directory, other))
}

/** Those of a directory, absolute, in the order in which Compose looks for them, then the variants. */
function listComposeFiles({files}: BuildSearch, directory: string): string[] {
  const names = listQuietly(files, directory)
  return [...COMPOSE_FILE_NAMES.filter((name) => names.includes(name)), ...names.filter(isVariantName)].map(
    (name) => path.join(directory, name),
  )
}

/** What a file tells of; null where it cannot be read. */
export function readParts(search: BuildSearch, ...files: readonly string[]) {
  try {
    return loadComposeServices(openProject(search, files), search.files)
  } catch {
    return null
  }
}

/** A service counts where a file says what it runs. */
function knows(search: BuildSearch, file: string, missing: readonly MissingPart[]): boolean {
  const told = readParts(search, file)
  const hasImage = (name: string) => {
    const {entries} = told?.services.get(name) ?? {}
    return entries?.has('image') === true || entries?.has('build') === true
  }
  return missing.some(({kind, name}) =>
    kind === 'service' ? hasImage(name) : told?.declared[kind].has(name),
  )
}

/** A file that cannot be read completes nothing. */
function completes(search: BuildSearch, base: string, files: readonly string[]): boolean {
  const told = readParts(search, base, ...files)
  if (told === null || told.problems.length > 0) return false
  const all = [...told.services].map(([name, node]) => readService(name, node))
  return listMissingParts(all, told.declared).length === 0
}

/** Says where missing parts are to come from: an override that whoever starts the project makes of its sample; null: from nowhere. */
export function expectOverride(
  search: BuildSearch,
  project: ComposeProject,
  missing: readonly MissingPart[],
): BuildProblem | null {
  const [first, ...others] = missing
  const found = first === undefined ? null : findSampleOverride(search, project)
  if (found === null) return null
  const [override, sample] = found.map((file) => showPath(search, file))
  const names = [...new Set(missing.map(({name}) => name))]
  return {
    severity: 'info',
    message: `${joinNames(names, MAX_NAMES)} ${others.length > 0 ? 'are' : 'is'} to come from "${override}", which is not there`,
    place: first!.place,
    fix: `Copy ${sample} to ${override}`,
  }
}

/** An override that is not there, and its sample, with which the project is whole; null for none. */
function findSampleOverride(
  search: BuildSearch,
  {files, projectDir}: ComposeProject,
): [override: string, sample: string] | null {
  const names = listQuietly(search.files, projectDir)
  for (const override of OVERRIDE_FILE_NAMES) {
    const sample = findSampleOf(names, override)
    if (sample === undefined) continue
    const file = path.join(projectDir, sample)
    if (completes(search, files[0]!, [...files.slice(1), file]))
      return [path.join(projectDir, override), file]
  }
  return null
}

/** The directories above one in which what belongs to it is looked for, the nearest first. */
function listAbove(directory: string, levels = LEVELS_ABOVE): string[] {
  const above = path.dirname(directory)
  return levels === 0 || above === directory ? [] : [above, ...listAbove(above, levels - 1)]
}

/** Directories above a file in which one that includes it is looked for. */
const LEVELS_ABOVE = 4

/** The file above a project that includes its only file, and so decides where its paths begin; null for none. */
export function findIncluding(search: BuildSearch, {files, projectDir}: ComposeProject): string | null {
  const [own, ...others] = files
  if (own === undefined || others.length > 0) return null
  for (const directory of listAbove(projectDir)) {
    const names = listQuietly(search.files, directory)
    const name = COMPOSE_FILE_NAMES.find((one) => names.includes(one))
    if (name !== undefined && includes(search, path.join(directory, name), own))
      return showPath(search, path.join(directory, name))
  }
  return null
}

export function listQuietly(files: ProjectFiles, directory: string): readonly string[] {
  try {
    return files.listNames(directory)
  } catch {
    return []
  }
}

function includes(search: BuildSearch, file: string, own: string): boolean {
  return readParts(search, file)?.files.includes(own) === true
}

/**
 * The nearest directory above a project from where paths lead to something that are not there from its own; null for none.
 * @param wanted whether all of them have to, or any does: what a service mounts may be made later
 */
export function findRightDirectory(
  search: BuildSearch,
  {projectDir}: ComposeProject,
  absent: readonly string[],
  wanted: 'all' | 'any',
): string | null {
  if (absent.length === 0) return null
  const relative = absent.map((hostPath) => path.relative(projectDir, hostPath))
  if (relative.some((one) => one === '' || one.startsWith('..'))) return null
  for (const from of listAbove(projectDir)) {
    const count = relative.filter((one) => isThere(search, path.join(from, one))).length
    if (count === relative.length || (wanted === 'any' && count > 0)) return showPath(search, from)
  }
  return null
}

/** What the services mount of their project's directory, absolute; none where a part of it is there. */
export function listAbsentMounts(
  search: BuildSearch,
  {projectDir}: ComposeProject,
  services: readonly ComposeService[],
): string[] {
  const sources = services.flatMap(({mounts}) => mounts.flatMap(({source}) => source ?? []))
  const own = sources.filter((source) => source.startsWith(`${projectDir}${path.sep}`))
  return own.some((source) => isThere(search, source)) ? [] : own
}

function isThere({files}: BuildSearch, hostPath: string): boolean {
  return listQuietly(files, path.dirname(hostPath)).includes(path.basename(hostPath))
}

const MAX_NAMES = 4

/** What says where a build is: an override has none of them. */
const PLACE_KEYS = ['context', 'dockerfile', 'dockerfile_inline']

/**
 * Stops where nothing that an override or a template builds is there: the rest of the project is elsewhere.
 * @param built how many builds are there
 * @throws SlimCheckError `compose-file-alone`
 */
export function requireSomething(
  search: BuildSearch,
  {files, projectDir}: ComposeProject,
  failed: readonly FailedBuild[],
  built: number,
): void {
  const [own, ...others] = files
  if (built > 0 || others.length > 0 || isComposeName(path.basename(own!))) return
  const [first] = failed
  const main = findMain(search, projectDir)
  const base = main === undefined || main === own ? undefined : readParts(search, main)?.services
  const told = readParts(search, own!)?.services
  const isElsewhere = ({name = ''}: FailedBuild): boolean => {
    const build = told?.get(name)?.entries.get('build')
    return base?.get(name)?.entries.has('build') === true && !PLACE_KEYS.some((key) => childOf(build, key))
  }
  if (first !== undefined && failed.every(isElsewhere)) {
    const what = `the build of "${first.name}" is told by another file, too`
    throw new SlimCheckError('compose-file-alone', {
      file: showPath(search, own!),
      what,
      base: showPath(search, main!),
      later: [],
    })
  }
  const paths = failed.flatMap(({error}) => absentPathOf(error) ?? [])
  const distinct = [...new Set(paths)]
  if (distinct.length < 2 || paths.length < failed.length) return
  throw new SlimCheckError('compose-file-alone', {
    file: showPath(search, own!),
    what: `nothing that it builds is there: ${joinNames(distinct, MAX_NAMES)}`,
    base: null,
    later: [],
  })
}
