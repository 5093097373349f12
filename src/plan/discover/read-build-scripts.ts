import path from 'node:path'
import {joinContinued} from '../../languages/scripts/join-continued.js'
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
 * Finds the `docker build` commands in package scripts, shell scripts, a README and comments of Dockerfiles.
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
    return listCommands(file, read.text).flatMap((command) => readCommand(command, rootDir) ?? [])
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

/** A command as it is written, with its file and 1-based line. */
interface WrittenCommand {
  text: string
  file: string
  line: number
}

/** The command lines of a file that call Docker. */
function listCommands(file: string, text: string): WrittenCommand[] {
  const pattern = file.endsWith('.json') ? IN_STRING : IN_LINE
  return joinContinued(text).flatMap(({text: joined, line}) => {
    const found = pattern.exec(joined)?.[0]
    return found === undefined ? [] : [{text: found.replaceAll('\\"', '"'), file, line}]
  })
}

/** The rest of a line, or of a code span in it. */
const IN_LINE = /\bdocker\s[^`#]*/
const IN_STRING = /\bdocker\s(?:[^"\\]|\\.)*/

function readCommand({text, file, line}: WrittenCommand, rootDir: string): NamedBuild | null {
  for (const {words} of readShell(text, {directory: '/'})) {
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
      place: {file, line},
    }
  }
  return null
}
