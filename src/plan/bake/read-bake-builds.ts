import path from 'node:path'
import {isRemoteContext, isSpecialContext, resolvePath} from '../build-location.js'
import {placeAccess} from '../build-secrets.js'
import type {BuildProblem, NamedBuild, NamedBuilds} from '../named-build.js'
import type {BakeDefinition, BakeTarget} from './bake-definition.js'
import {expandGroup} from './expand-group.js'
import {Inheritance} from './inheritance.js'

const DEFAULT_GROUP = 'default'
/** The platform of this machine, which is the default. */
const LOCAL = 'local'
const CURRENT = 'cwd://'

/**
 * Reads the builds of targets and groups, inheritance resolved, with the targets that they build upon
 * (`target:` contexts). Relative paths start at the directory where bake runs.
 * @param names targets and groups that exist; empty: the group or target `default`, else all targets
 * @throws BuildFileError for a target that names one that does not exist
 */
export function readBakeBuilds(
  definition: BakeDefinition,
  names: readonly string[],
  baseDir: string,
): NamedBuilds {
  const resolved = new Map<string, BakeTarget>()
  const problems: BuildProblem[] = []
  const inheritance = new Inheritance(definition.targets)
  const wanted = names.length > 0 ? names : defaultNames(definition, problems)
  for (const name of wanted) {
    for (const target of expandGroup(definition.groups, name)) addTarget(inheritance, target, resolved)
  }
  const builds: NamedBuild[] = []
  for (const target of resolved.values()) {
    const context = stripCurrent(target.context ?? '.')
    if (!isRemoteContext(context)) builds.push(toBuild(target, resolvePath(baseDir, context), baseDir))
    else {
      const message = `target "${target.name}" is left out: Docker fetches its context "${context}" itself`
      problems.push({severity: 'info', message, place: target.place})
    }
  }
  return {builds, problems}
}

/** Lists the groups and targets, in the order of the files. */
export function listBakeNames({groups, targets}: BakeDefinition): string[] {
  return [...new Set([...groups.keys(), ...targets.keys()])]
}

function defaultNames(definition: BakeDefinition, problems: BuildProblem[]): string[] {
  const {groups, targets} = definition
  if (groups.has(DEFAULT_GROUP) || targets.has(DEFAULT_GROUP)) return [DEFAULT_GROUP]
  const [first] = targets.values()
  if (first !== undefined) {
    const message = 'there is no group or target "default": all targets are shown'
    problems.push({severity: 'info', message, place: first.place})
  }
  return [...targets.keys()]
}

/** Adds a target and those that its contexts are made of. */
function addTarget(inheritance: Inheritance, name: string, resolved: Map<string, BakeTarget>): void {
  const pending = [name]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (resolved.has(next)) continue
    const target = inheritance.resolve(next)
    resolved.set(next, target)
    for (const context of target.contexts.values()) {
      if (context.startsWith('target:')) pending.push(context.slice('target:'.length))
    }
  }
}

function toBuild(target: BakeTarget, contextPath: string, baseDir: string): NamedBuild {
  const contexts = new Map<string, string>()
  for (const [name, given] of target.contexts) {
    const value = stripCurrent(given)
    if (value !== '') contexts.set(name, isSpecialContext(value) ? value : resolvePath(baseDir, value))
  }
  const platform = target.platforms?.[0]
  const {dockerfileInline} = target
  return {
    name: target.name,
    contextPath,
    ...(dockerfileInline
      ? {dockerfileInline}
      : {dockerfilePath: resolveDockerfile(target, contextPath, baseDir)}),
    ...(target.target && {target: target.target}),
    buildArgs: target.args,
    ...(platform && platform !== LOCAL && {platform}),
    buildContexts: contexts,
    ...placeAccess(target, (given) => resolvePath(baseDir, given)),
    place: target.place,
    ...(target.contextPlace && {contextPlace: target.contextPlace}),
    ...(target.dockerfilePlace && {dockerfilePlace: target.dockerfilePlace}),
  }
}

function resolveDockerfile({dockerfile}: BakeTarget, contextPath: string, baseDir: string): string {
  if (dockerfile?.startsWith(CURRENT)) return path.resolve(baseDir, stripCurrent(dockerfile))
  return path.resolve(contextPath, dockerfile || 'Dockerfile')
}

function stripCurrent(given: string): string {
  return given.startsWith(CURRENT) ? given.slice(CURRENT.length) || '.' : given
}
