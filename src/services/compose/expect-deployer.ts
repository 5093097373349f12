import path from 'node:path'
import {findRepository} from '../../host/files/locations.js'
import {joinNames} from '../../languages/text/sentence.js'
import {isComposeName} from '../../plan/compose/choose-compose-files.js'
import type {ComposeProject} from '../../plan/compose/compose-project.js'
import {listMissingParts, type MissingPart} from '../../plan/compose/list-refusals.js'
import {readService} from '../../plan/compose/service/read-service.js'
import type {BuildProblem} from '../../plan/named-build.js'
import {type BuildSearch, showPath} from '../load/find/build-search.js'
import {listQuietly, readParts} from './check-project.js'

const MAX_NAMES = 4

/** More files than these are not tried. */
const MAX_FILES = 40

/** As many others with the same gap are no oversight. */
const ENOUGH = 2

/**
 * Says that what deploys the files of a collection adds what they do not declare: several files of one folder, or of one name in
 * neighbouring folders, lack parts of the same kind; null: nothing tells that.
 */
export function expectDeployer(
  search: BuildSearch,
  project: ComposeProject,
  missing: readonly MissingPart[],
): BuildProblem | null {
  const [own, ...others] = project.files
  const [first] = missing
  if (own === undefined || first === undefined || others.length > 0) return null
  const alike: string[] = []
  for (const file of listKin(search, own).slice(0, MAX_FILES)) {
    if (alike.length < ENOUGH && lacksAlike(search, file, missing)) alike.push(file)
  }
  if (alike.length < ENOUGH) return null
  const names = [...new Set(missing.map(({name}) => name))]
  const shown = alike.map((file) => showPath(search, file))
  return {
    severity: 'info',
    message: `${joinNames(names, MAX_NAMES)} ${names.length > 1 ? 'are' : 'is'} declared nowhere, and other files (${shown.join(', ')}) lack the like: what deploys them seems to add it, docker compose alone refuses the project`,
    place: first.place,
    fix: `Declare ${names.length > 1 ? 'them' : 'it'} at the end of the file to start it with docker compose`,
  }
}

/**
 * Says that the rest of a project is elsewhere: nothing in the name of its only file says that Compose reads it as a whole,
 * as in `proxy.yml`, which another file may include, or it lacks services and is chosen by `-f` alone; null otherwise.
 */
export function expectRest(
  {files: [own, ...others]}: ComposeProject,
  missing: readonly MissingPart[],
): BuildProblem | null {
  const [first] = missing
  if (own === undefined || first === undefined || others.length > 0) return null
  // A service that one waits for is in the base file, wherever that is.
  const isOverlay = !isComposeName(path.basename(own)) && missing.some(({kind}) => kind === 'service')
  if (/compose/i.test(path.basename(own)) && !isOverlay) return null
  const names = [...new Set(missing.map(({name}) => name))]
  return {
    severity: 'info',
    message: `${joinNames(names, MAX_NAMES)} ${names.length > 1 ? 'are' : 'is'} in no file: this one seems to be a part of a project, docker compose refuses it alone`,
    place: first.place,
    fix: 'Name it after the file that has the rest, or add what is missing',
  }
}

/** YAML files beside one that only `-f` chooses; for a default name those of the same name in neighbouring folders of its repository. */
function listKin({files}: BuildSearch, own: string): string[] {
  const [directory, name] = [path.dirname(own), path.basename(own)]
  if (!isComposeName(name))
    return listQuietly(files, directory)
      .filter((other) => /\.ya?ml$/i.test(other) && other !== name)
      .map((other) => path.join(directory, other))
  const above = path.dirname(directory)
  const root = findRepository(directory)
  if (root === null || root === directory) return []
  return listQuietly(files, above)
    .filter((folder) => folder !== path.basename(directory))
    .map((folder) => path.join(above, folder, name))
    .filter((file) => files.read(file).status === 'read')
}

function lacksAlike(search: BuildSearch, file: string, missing: readonly MissingPart[]): boolean {
  const told = readParts(search, file)
  if (told === null || told.problems.length > 0) return false
  const all = [...told.services].map(([name, node]) => readService(name, node))
  const lacking = listMissingParts(all, told.declared)
  // Each file has volumes of its own; a service that all lack is one.
  return missing.every(({kind, name}) =>
    lacking.some((one) => one.kind === kind && (kind !== 'service' || one.name === name)),
  )
}
