import path from 'node:path'
import type {Location} from '../languages/text/range.js'
import type {StepAccess} from './build-secrets.js'
import type {ProjectFiles} from './project-files.js'
import type {ServiceRun} from './service-run.js'
import type {Workspace} from './workspace.js'

/** A build that a file describes, with every path absolute. */
export interface NamedBuild extends StepAccess {
  /** The service, target, job step or Dockerfile that it came from. */
  name: string
  /** Absolute. */
  contextPath: string
  /** Absolute; undefined with `dockerfileInline`, and where the context's own is meant. */
  dockerfilePath?: string
  dockerfileInline?: string
  target?: string
  buildArgs: ReadonlyMap<string, string>
  /** Given, with values that are not known here: what may stand for each. */
  unknownArgs?: ReadonlyMap<string, string>
  platform?: string
  /** Absolute directories; anything that is not read from here (`docker-image://…`, `target:…`) as written. */
  buildContexts: ReadonlyMap<string, string>
  place: Location | null
  /** Where its context and its Dockerfile are written; absent where they are not. */
  contextPlace?: Location
  dockerfilePlace?: Location
  note?: string
  /** What its job has when it builds; only of workflows. */
  workspace?: Workspace
  /** What becomes of its cache on a machine that is new each time; only of workflows. */
  ciCache?: CiCache
  /** The services that run the image; only of compose, where they say more than the image does. */
  services?: readonly ServiceRun[]
}

/** How a build in CI keeps its cache. */
export interface CiCache {
  /** `cache-to` as it is written; null: nothing is kept. */
  exportsTo: string | null
  /** A step before puts the content of cache mounts back. */
  keepsMounts: boolean
  place: Location
}

/** Tells whether the context and the Dockerfile of a build are there. */
export function isThere({contextPath, dockerfilePath}: NamedBuild, files: ProjectFiles): boolean {
  // A missing directory gives no names either; a context without a file is of no use.
  if (files.listNames(contextPath).length === 0) return false
  if (dockerfilePath === undefined) return true
  const name = path.basename(dockerfilePath)
  const names = files.listNames(path.dirname(dockerfilePath))
  return names.includes(name) || (name === 'Dockerfile' && names.includes('dockerfile'))
}

/** Keeps the first of builds that are the same but for their names and places, with the services of all of them. */
export function keepDifferent(builds: readonly NamedBuild[]): NamedBuild[] {
  const kept = new Map<string, NamedBuild>()
  for (const build of builds) {
    const {contextPath, dockerfilePath, dockerfileInline, target, platform, workspace} = build
    const words = [contextPath, dockerfilePath, dockerfileInline, target, platform, workspace?.kind === 'git']
    const key = JSON.stringify([words, [...build.buildArgs], [...build.buildContexts]])
    const known = kept.get(key)
    kept.set(key, known === undefined ? build : {...known, ...joinServices(known, build)})
  }
  return [...kept.values()]
}

function joinServices(one: NamedBuild, other: NamedBuild): Pick<NamedBuild, 'services'> {
  if (one.services === undefined && other.services === undefined) return {}
  return {services: [...servicesOf(one), ...servicesOf(other)]}
}

/** The services that run the image of a build; one that says nothing of its own where none says more than the image. */
export function servicesOf({name, services}: NamedBuild): readonly ServiceRun[] {
  return services ?? [{service: name, starts: [], mounts: []}]
}

/** The places of a build's context and Dockerfile, of the values that give them. */
export function placesOf(
  context: {place: Location} | undefined,
  dockerfile: {place: Location} | undefined,
): Pick<NamedBuild, 'contextPlace' | 'dockerfilePlace'> {
  return {
    ...(context && {contextPlace: context.place}),
    ...(dockerfile && {dockerfilePlace: dockerfile.place}),
  }
}

/** Notes on the files that define builds. */
export interface BuildProblem {
  severity: 'error' | 'warning' | 'info'
  message: string
  place: Location
  /** Imperative, no period. */
  fix?: string
}

/** What a source of builds tells. */
export interface NamedBuilds {
  builds: NamedBuild[]
  problems: BuildProblem[]
}
