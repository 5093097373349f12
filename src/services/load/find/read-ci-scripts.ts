import path from 'node:path'
import {BuildFileError} from '../../../errors.js'
import {listGoals, MAKEFILES, readMakefile} from '../../../languages/scripts/read-makefile.js'
import {GITLAB_FILE, listGitlabJobs} from '../../../plan/ci/read-gitlab-ci.js'
import type {NamedBuild} from '../../../plan/named-build.js'
import {readYaml} from '../../../plan/read-yaml.js'
import type {BuildSearch, SearchResult} from './build-search.js'
import {readScript} from './read-workflows.js'

/** Makefiles beside Dockerfiles that are read. */
const MAX_FOLDERS = 500

/**
 * The builds that `.gitlab-ci.yml` and the Makefiles of a directory, and those beside Dockerfiles, start word for word; a
 * broken file is passed over.
 * @param dockerfiles absolute
 */
export function readCiScripts(search: BuildSearch, dockerfiles: readonly string[] = []): NamedBuild[] {
  const folders = new Set([search.baseDir, ...dockerfiles.map((file) => path.dirname(file))])
  const makefiles = [...folders]
    .slice(0, MAX_FOLDERS)
    .flatMap((folder) => MAKEFILES.map((name) => path.join(folder, name)))
  return [...readGitlab(search), ...makefiles.flatMap((file) => readMake(search, file))]
}

function readGitlab(search: BuildSearch): NamedBuild[] {
  const file = path.join(search.baseDir, GITLAB_FILE)
  const read = search.files.read(file)
  if (read.status !== 'read' || !read.text.includes('docker')) return []
  const result: SearchResult = {builds: [], problems: [], files: []}
  try {
    const root = readYaml(read, search.files, file)[0] ?? null
    for (const {name, script, place} of root === null ? [] : listGitlabJobs(root))
      readScript({name, script, directory: '/', place}, search, result)
  } catch (error) {
    if (!(error instanceof BuildFileError)) throw error
  }
  return result.builds
}

/** make runs in the folder of its file. */
function readMake(search: BuildSearch, file: string): NamedBuild[] {
  const folder = path.relative(search.baseDir, path.dirname(file)).split(path.sep).join('/')
  const read = search.files.read(file)
  if (read.status !== 'read' || !read.text.includes('docker')) return []
  const result: SearchResult = {builds: [], problems: [], files: []}
  for (const goal of listGoals(readMakefile([read.text]))) {
    for (const {text, line, isAutomatic} of goal.lines) {
      if (isAutomatic || !text.includes('docker')) continue
      const place = {file, line, column: 1}
      readScript({name: `make ${goal.name}`, script: text, directory: `/${folder}`, place}, search, result)
    }
  }
  return result.builds
}
