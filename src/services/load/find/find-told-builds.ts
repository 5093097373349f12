import path from 'node:path'
import {BuildFileError} from '../../../errors.js'
import {parseJson} from '../../../languages/documents/parse-json.js'
import {isComposeName, isVariantName} from '../../../plan/compose/choose-compose-files.js'
import {readBuildScripts} from '../../../plan/discover/read-build-scripts.js'
import {type Devcontainer, readDevcontainer} from '../../../plan/discover/read-devcontainer.js'
import {readToolBuilds} from '../../../plan/discover/read-tool-builds.js'
import type {BuildSearch} from './build-search.js'
import {readComposeProject} from './find-compose-builds.js'
import {readCiScripts} from './read-ci-scripts.js'
import {readWorkflows} from './read-workflows.js'
import type {ToldBuilds} from './told-builds.js'

/** Folders that hold no builds of this project. */
const OF_OTHERS =
  /^(?:node_modules|vendor|\.git|\.venv|venv|site-packages|examples?|testdata|fixtures?|tests?)$/
const MAX_FOLDERS = 300
const MAX_COMPOSE_FILES = 50

/**
 * Finds what compose files, development containers and workflows say of the Dockerfiles of a directory: compose files at
 * the root, one folder down and beside the Dockerfiles, whatever profile a service has. What cannot be read is passed over.
 * @param dockerfiles absolute
 */
export async function findToldBuilds(
  search: BuildSearch,
  dockerfiles: readonly string[],
): Promise<ToldBuilds> {
  const folders = listFolders(search, dockerfiles)
  const devcontainers = listDevcontainers(search)
  const ofCompose = [
    ...devcontainers.flatMap(({composeFiles}) => tolerate(() => readComposeProject(search, composeFiles))),
    ...listProjects(search, folders).flatMap((files) => tolerate(() => readComposeProject(search, files))),
  ]
  const named = [...ofCompose, ...devcontainers.flatMap(({build}) => build ?? [])]
  const {baseDir, files} = search
  const ofTools = readToolBuilds(baseDir, files)
  const ofScripts = [...readCiScripts(search, dockerfiles), ...readBuildScripts(baseDir, dockerfiles, files)]
  return {named, ofWorkflows: readWorkflows(search), ofTools, ofScripts}
}

/** The root, the folders in it, and those of the Dockerfiles with all between. */
function listFolders({baseDir, files, isExcluded}: BuildSearch, dockerfiles: readonly string[]): string[] {
  const folders = new Set([baseDir])
  for (const name of files.listNames(baseDir)) {
    if (!OF_OTHERS.test(name) && !isExcluded(name) && folders.size < MAX_FOLDERS)
      folders.add(path.join(baseDir, name))
  }
  for (const dockerfile of dockerfiles) {
    for (let at = path.dirname(dockerfile); at.length > baseDir.length; at = path.dirname(at)) {
      if (folders.size < MAX_FOLDERS) folders.add(at)
    }
  }
  return [...folders]
}

/** The projects of each folder: its own, then each variant (`docker-compose.dev.yml`) by itself. */
function listProjects({files}: BuildSearch, folders: readonly string[]): string[][] {
  const projects: string[][] = []
  for (const folder of folders) {
    const names = files.listNames(folder)
    if (names.some(isComposeName)) projects.push([folder])
    projects.push(...names.filter(isVariantName).map((name) => [path.join(folder, name)]))
  }
  return projects.slice(0, MAX_COMPOSE_FILES)
}

function listDevcontainers({baseDir, files}: BuildSearch): Devcontainer[] {
  const ownDir = path.join(baseDir, '.devcontainer')
  const candidates = [
    path.join(ownDir, 'devcontainer.json'),
    path.join(baseDir, '.devcontainer.json'),
    ...files.listNames(ownDir).map((name) => path.join(ownDir, name, 'devcontainer.json')),
  ]
  return candidates.flatMap((file) => {
    const read = files.read(file)
    if (read.status !== 'read') return []
    return tolerate(() => [readDevcontainer(parseJson(read.text, file, true), baseDir)])
  })
}

/** Nobody asked for these files: what is wrong with them is no matter here. */
function tolerate<Value>(read: () => Value[]): Value[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof BuildFileError) return []
    throw error
  }
}
