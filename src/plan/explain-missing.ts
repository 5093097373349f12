import path from 'node:path'
import {isDockerfileName} from '../languages/dockerfile/dockerfile-name.js'
import {findNearest} from '../languages/text/suggest.js'
import type {ProjectFiles} from './project-files.js'

/** A build whose context or Dockerfile is not there. Paths are absolute. */
export interface MissingBuild {
  contextPath: string
  /** Undefined where the context itself is missing. */
  dockerfilePath?: string
  /** The file that defines the build; undefined for the command line. */
  toldBy?: string
  /** Where the repository begins, as far as is known. */
  rootDir: string
}

/** What makes a directory that no repository holds. */
const MAKERS: readonly [name: string, command: string][] = [
  ['vendor', 'composer install'],
  ['node_modules', 'npm install'],
  ['.venv', 'python -m venv .venv'],
]

/**
 * Says how to reach a context or a Dockerfile that is not there: it is written relative to another directory, in other
 * letters, or something must make it first. One imperative sentence without a period; undefined where nothing is known.
 */
export function explainMissing(missing: MissingBuild, files: ProjectFiles): string | undefined {
  const wanted = missing.dockerfilePath ?? missing.contextPath
  return (
    explainForeign(missing, files) ??
    explainContext(missing, files) ??
    explainBase(missing, wanted, files) ??
    explainMaker(missing, wanted, files) ??
    explainName(missing, wanted, files) ??
    explainOther(missing, files)
  )
}

/** Where people keep their things: a path that begins so elsewhere was written on another machine. */
const HOMES = /^(?:\/(?:Users|home)\/[^/]+|\/[a-z]\/Users\/[^/]+|\/mnt\/[a-z])\//

/** An absolute path of another machine, whose last components may exist here. */
function explainForeign(missing: MissingBuild, files: ProjectFiles): string | undefined {
  const {contextPath, dockerfilePath, rootDir, toldBy} = missing
  const home = HOMES.exec(contextPath)?.[0]
  if (dockerfilePath !== undefined || toldBy === undefined) return undefined
  if (home === undefined || rootDir.startsWith(home)) return undefined
  const names = contextPath.split(path.sep)
  const ends = names.map((_, index) => path.join(rootDir, ...names.slice(index + 1)))
  const found = ends.slice(2, -1).find((end) => isThere(end, files))
  const value = toShown(path.relative(path.dirname(toldBy), found ?? rootDir)) || '.'
  const example = found === undefined ? ', such as' : ': write'
  return `an absolute path holds on one machine only, a context is relative to the file that names it${example} ${writeValue(missing, value)}`
}

/** A context that leads out of the project, where the directory between holds the Dockerfile. */
function explainContext(missing: MissingBuild, files: ProjectFiles): string | undefined {
  const {contextPath, dockerfilePath, toldBy, rootDir} = missing
  if (dockerfilePath === undefined || toldBy === undefined || isWorkflow(toldBy)) return undefined
  const isOutside = rootDir.startsWith(path.join(contextPath, path.sep))
  if (!isOutside) return undefined
  const words = path.relative(contextPath, dockerfilePath)
  const ownDir = path.dirname(toldBy)
  for (let at = ownDir; at.length >= rootDir.length; at = path.dirname(at)) {
    if (!isThere(path.join(at, words), files)) continue
    const value = toShown(path.relative(ownDir, at)) || '.'
    const {dockerfilePath: _, ...ofContext} = missing
    return `a context is relative to the file that names it, and "${toShown(words)}" lies in "${value}": write ${writeValue(ofContext, value)}`
  }
  return undefined
}

/** The same words, read from another directory, name something that is there. */
function explainBase(missing: MissingBuild, wanted: string, files: ProjectFiles): string | undefined {
  const {base, others, rule} = listBases(missing)
  const words = path.relative(base, wanted)
  for (const other of others) {
    const hostPath = path.resolve(other, words)
    if (hostPath === wanted || !isThere(hostPath, files)) continue
    return `${rule}: write ${writeValue(missing, toShown(path.relative(base, hostPath)))}`
  }
  return undefined
}

/** The value with its key, as written in the file that defines the build. */
function writeValue({dockerfilePath, toldBy}: MissingBuild, value: string): string {
  if (toldBy === undefined) return `"${value}"`
  const key = dockerfilePath === undefined ? 'context' : isWorkflow(toldBy) ? 'file' : 'dockerfile'
  if (toldBy.endsWith('.hcl')) return `${key} = "${value}"`
  return toldBy.endsWith('.json') ? `"${key}": "${value}"` : `${key}: ${value}`
}

/** Where the words of the file start, and where people think that they start. */
function listBases({contextPath, dockerfilePath, toldBy, rootDir}: MissingBuild): {
  base: string
  others: string[]
  rule: string
} {
  const ownDir = toldBy === undefined ? rootDir : path.dirname(toldBy)
  if (dockerfilePath === undefined) {
    return {base: ownDir, others: [rootDir], rule: 'a context is relative to the file that names it'}
  }
  if (toldBy !== undefined && isWorkflow(toldBy)) {
    return {base: rootDir, others: [contextPath], rule: 'the Dockerfile is relative to the repository'}
  }
  if (toldBy === undefined) {
    return {base: rootDir, others: [contextPath], rule: 'the Dockerfile is relative to the working directory'}
  }
  const context = toShown(path.relative(ownDir, contextPath)) || '.'
  const rule = `the Dockerfile is relative to the context "${context}"`
  return {base: contextPath, others: [ownDir, rootDir], rule}
}

/** Tells whether a file is a GitHub workflow. */
function isWorkflow(hostPath: string): boolean {
  return path.basename(path.dirname(hostPath)) === 'workflows'
}

/** Go keeps its packages in a directory of the same name as Composer, without their tests: no command brings these. */
function explainMaker({rootDir}: MissingBuild, wanted: string, files: ProjectFiles): string | undefined {
  const names = path.relative(rootDir, wanted).split(path.sep)
  const maker = MAKERS.find(([name]) => names.includes(name))
  if (maker === undefined) return undefined
  const [name, command] = maker
  const beside = files.listNames(path.join(rootDir, ...names.slice(0, names.indexOf(name))))
  const isOfGo = name === 'vendor' && beside.includes('go.mod') && !beside.includes('composer.json')
  return isOfGo ? undefined : `run "${command}" first, which makes "${name}"`
}

/** Docker tells capitals apart on every system. */
function explainName(
  {rootDir, dockerfilePath}: MissingBuild,
  wanted: string,
  files: ProjectFiles,
): string | undefined {
  let at = rootDir
  for (const name of path.relative(rootDir, wanted).split(path.sep)) {
    const names = files.listNames(at)
    if (!names.includes(name)) {
      const isFile = path.join(at, name) === dockerfilePath
      const fitting = isFile ? names.filter((one) => files.listNames(path.join(at, one)).length === 0) : names
      const other = fitting.find((one) => one.toLowerCase() === name.toLowerCase())
      const found = other ?? findNearest(name, fitting)
      if (found === null) return undefined
      const shown = toShown(path.relative(rootDir, path.join(at, found)))
      return other === undefined
        ? `write "${found}" instead of "${name}": "${shown}" exists`
        : `write "${found}" instead of "${name}": case matters, and "${shown}" exists`
    }
    at = path.join(at, name)
  }
  return undefined
}

/** More say nothing. */
const MAX_SHOWN = 3

/** The context holds other Dockerfiles, or one of another name. */
function explainOther(
  {contextPath, dockerfilePath, toldBy}: MissingBuild,
  files: ProjectFiles,
): string | undefined {
  if (dockerfilePath === undefined) return undefined
  const found = listDockerfiles(contextPath, files)
  if (found.length === 0 || found.length > MAX_SHOWN) return undefined
  const shown = found.map((one) => `"${toShown(path.relative(contextPath, one))}"`).join(' or ')
  return toldBy === undefined ? `pass --file for ${shown}` : `name the Dockerfile that is there: ${shown}`
}

function listDockerfiles(directory: string, files: ProjectFiles): string[] {
  const inside = files.listNames(directory).filter((name) => !/^(?:node_modules|vendor|\.git)$/.test(name))
  return [directory, ...inside.map((name) => path.join(directory, name))].flatMap((at) =>
    files
      .listNames(at)
      .filter(isDockerfileName)
      .map((name) => path.join(at, name)),
  )
}

function isThere(hostPath: string, files: ProjectFiles): boolean {
  return files.listNames(path.dirname(hostPath)).includes(path.basename(hostPath))
}

function toShown(relative: string): string {
  return relative.split(path.sep).join('/')
}
