import path from 'node:path'
import {readShell} from '../../languages/scripts/read-shell.js'
import {readBuildCommand} from '../command-line/read-build-command.js'
import type {NamedBuild} from '../named-build.js'
import type {ProjectFiles} from '../project-files.js'

/** Files in which people keep the commands that build, by their names; Makefiles and CI files are read elsewhere. */
const SCRIPT = /^(?:README(?:\.\w+)?|package\.json|[Jj]ustfile|Taskfile\.ya?ml|.*\.sh)$/
/** Folders at the root that hold such files. */
const SCRIPT_FOLDERS = ['scripts', 'script', 'bin', 'hack', 'ci', '.ci', 'build', 'docker', 'tools', 'deploy']
const MAX_FILES = 50

/**
 * Finds the builds that package scripts, shell scripts, a README and comments of Dockerfiles tell of word for word.
 * They run at the root, as far as anybody can tell; what a variable decides is left out.
 * @param rootDir absolute
 * @param dockerfiles absolute
 */
export function readBuildScripts(
  rootDir: string,
  dockerfiles: readonly string[],
  files: ProjectFiles,
): NamedBuild[] {
  return [...listScripts(rootDir, files), ...dockerfiles].slice(0, MAX_FILES).flatMap((file) => {
    const read = files.read(file)
    if (read.status !== 'read' || !read.text.includes('docker')) return []
    return listCommands(file, read.text).flatMap((command) => readCommand(command, file, rootDir) ?? [])
  })
}

function listScripts(rootDir: string, files: ProjectFiles): string[] {
  return [rootDir, ...SCRIPT_FOLDERS.map((name) => path.join(rootDir, name))].flatMap((folder) =>
    files
      .listNames(folder)
      .filter((name) => SCRIPT.test(name))
      .map((name) => path.join(folder, name)),
  )
}

/** The command lines of a file that call Docker. */
function listCommands(file: string, text: string): string[] {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)
  const pattern = file.endsWith('.json') ? IN_STRING : IN_LINE
  return lines.flatMap((line) => pattern.exec(line)?.[0].replaceAll('\\"', '"') ?? [])
}

/** The rest of a line, or of a code span in it. */
const IN_LINE = /\bdocker\s[^`#]*/
const IN_STRING = /\bdocker\s(?:[^"\\]|\\.)*/

function readCommand(command: string, file: string, rootDir: string): NamedBuild | null {
  for (const {words} of readShell(command, {directory: '/'})) {
    const request = readBuildCommand(words)
    if (request === null) continue
    const {contextDir, dockerfile, target} = request
    if (/[$`]/.test(`${contextDir}${dockerfile ?? ''}`)) continue
    const contextPath = path.resolve(rootDir, contextDir)
    return {
      name: path.relative(rootDir, file),
      contextPath,
      dockerfilePath: dockerfile ? path.resolve(rootDir, dockerfile) : path.join(contextPath, 'Dockerfile'),
      ...(target && !/[$`]/.test(target) && {target}),
      buildArgs: new Map(),
      buildContexts: new Map(),
      place: {file, line: 1},
    }
  }
  return null
}
