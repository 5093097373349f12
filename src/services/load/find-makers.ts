import path from 'node:path'
import {
  findCommandLine,
  findMakingLine,
  listMakingCommands,
  listWords,
  type MakingLine,
} from '../../advice/facts/find-making-line.js'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {findRepository} from '../../host/files/locations.js'
import {isWithin} from '../../languages/text/container-path.js'
import {isGlob} from '../../languages/text/matches-glob.js'
import {writeOutSteps} from '../../plan/discover/read-cloud-build.js'
import type {ProjectFiles} from '../../plan/project-files.js'
import type {IgnoreGroup} from '../project.js'

/** Files in which people keep the commands that build. */
const SCRIPT =
  /^(?:(?:GNU)?[Mm]akefile.*|.*\.mk|.*\.(?:sh|bash|ps1|cmd|bat|cake|gradle|gradle\.kts|sbt)|\.?goreleaser.*|[Jj]ustfile|Taskfile\.ya?ml|Jenkinsfile.*|Earthfile|Tiltfile|build\.(?:xml|zig|py|go|cs)|magefile\.go|pom\.xml|mix\.exs|\.gitlab-ci\.yml|\.travis\.yml|\.drone\.yml|appveyor\.yml|azure-pipelines\.ya?ml|cloudbuild[\w.-]*\.ya?ml|skaffold[\w.-]*\.ya?ml|build|make|release)$/
const CI_FILE = /\.ya?ml$/
const CI_FOLDERS = ['.github/workflows', '.circleci', '.buildkite', '.woodpecker', '.gitlab', '.gitlab/ci']
const SCRIPT_FOLDERS =
  'scripts script hack ci .ci build docker tools make bin packaging dev deploy contrib .github/scripts'.split(
    ' ',
  )
const MAX_FILES = 150
/** A context hardly lies deeper. */
const MAX_LEVELS = 6

/** Finds the lines of scripts, Makefiles and CI files that seem to make what the builds of a group ask for in vain, by path. */
export function findMakers({context, builds}: IgnoreGroup): ReadonlyMap<string, MakingLine> {
  const {hostPath, tree} = context
  const missing = builds
    .flatMap(({graph}) => listRequestsTo(graph, null))
    .filter(
      ({isRoot, implicitReason, path: one}) =>
        !isRoot && implicitReason === null && (isGlob(one) || tree.find(one) < 0),
    )
  const found = new Map<string, MakingLine>()
  if (missing.length === 0) return found
  const root = findRepository(hostPath) ?? hostPath
  const scripts = readScripts(root, hostPath)
  for (const {path: one, source} of missing) {
    const line = found.has(one) ? null : findMaker(scripts, one, source)
    if (line !== null) found.set(one, line)
  }
  return found
}

/** A script with its text. */
interface Script {
  /** Relative to the repository, `/`-separated. */
  file: string
  text: string
}

/** The first line that names a path, else of a command that may make it, the surest sign first, in the order of the scripts. */
function findMaker(scripts: readonly Script[], one: string, source: string): MakingLine | null {
  const commands = listMakingCommands(one)
  const signs = [
    ({file, text}: Script) => (/goreleaser/.test(file) ? findExtraFile(text, one) : null),
    ...listWords(one, source).map((words) => (script: Script) => findMakingLine(script, words)),
    ({text}: Script) => findCommandLine(text, commands),
  ]
  for (const find of signs) {
    for (const script of scripts) {
      const line = find(script)
      if (line !== null) return {file: script.file, line}
    }
  }
  return null
}

/** The line by which GoReleaser lays a path, or a directory around it, into the context. @returns 1-based; null without */
function findExtraFile(text: string, one: string): number | null {
  const found = text.split('\n').findIndex((line) => {
    const item = /^\s*-\s+["']?(?:\.\/)?([\w./-]+?)\/?["']?\s*$/.exec(line)?.[1]
    return item !== undefined && isWithin(one, item)
  })
  return found < 0 ? null : found + 1
}

function readScripts(root: string, contextPath: string): Script[] {
  const files = createProjectFiles()
  return listScripts(root, contextPath, files).flatMap((script) => {
    const read = files.read(script)
    const file = path.relative(root, script).split(path.sep).join('/')
    if (read.status !== 'read') return []
    const isCloud = /(?:^|\/)cloudbuild[^/]*$/.test(file)
    return [{file, text: isCloud ? writeOutSteps(read.text) : read.text}]
  })
}

/** Those of the context and of each directory above it, up to the root, then those of the folders that are for them. */
function listScripts(root: string, contextPath: string, files: ProjectFiles): string[] {
  const above: string[] = [contextPath]
  for (let at = contextPath; at !== root && above.length < MAX_LEVELS; ) {
    at = path.dirname(at)
    above.push(at)
  }
  const list = (folder: string, name: RegExp): string[] =>
    files
      .listNames(folder)
      .filter((one) => name.test(one))
      .map((one) => path.join(folder, one))
  return [
    ...above.flatMap((folder) => list(folder, SCRIPT)),
    ...CI_FOLDERS.flatMap((folder) => list(path.join(root, folder), CI_FILE)),
    ...SCRIPT_FOLDERS.flatMap((folder) => list(path.join(root, folder), SCRIPT)),
  ].slice(0, MAX_FILES)
}
