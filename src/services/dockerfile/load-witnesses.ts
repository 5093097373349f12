import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {findRepository} from '../../host/files/locations.js'
import type {BuildOptions} from '../../plan/build-options.js'
import {measureProject} from '../analysis/measure-project.js'
import type {FoundBuild} from '../load/find/find-builds.js'
import {findOtherBuilds} from '../load/find/find-other-builds.js'
import {toContextPath} from '../load/load-ignore-file.js'
import {dockerfileOf, loadProject, type WalkSettings} from '../load/load-project.js'
import type {ProjectBuild} from '../project.js'

/** Builds of the same Dockerfiles that nobody asked for: no change may break them either. */
export interface Witnesses {
  builds: readonly ProjectBuild[]
  /** What may be built besides, and is not known. */
  doubts: readonly string[]
}

/** More builds of the Dockerfiles at hand than these are only counted. */
const MAX_WITNESSES = 24

/**
 * Finds the other builds of the Dockerfiles of some builds, and walks what they read.
 * @param baseDir the report's context, absolute
 */
export async function loadWitnesses(
  builds: readonly ProjectBuild[],
  baseDir: string,
  workingDir: string,
  settings: WalkSettings,
): Promise<Witnesses> {
  const dockerfiles = new Set(builds.flatMap(({plan}) => dockerfileOf(plan) ?? []))
  if (dockerfiles.size === 0) return {builds: [], doubts: []}
  const rootDir = findRepository(baseDir) ?? baseDir
  const contextDir = path.relative(workingDir, rootDir) || '.'
  const {readings} = settings
  const search = {contextDir, workingDir, ...(readings && {files: readings.files})}
  const {builds: told, unread} = await findOtherBuilds(search, dockerfiles)
  const known = new Set(builds.map(({asked}) => keyOf(asked.options, workingDir)))
  const others = told.filter(({options}) => !known.has(keyOf(options, workingDir)))
  const loaded: ProjectBuild[] = []
  for (const one of others.slice(0, MAX_WITNESSES)) {
    loaded.push(...(await loadWitness(one, baseDir, workingDir, settings)))
  }
  const left = others.slice(MAX_WITNESSES)
  return {
    builds: loaded,
    doubts: [
      ...unread.map(
        (file) =>
          `Does ${toContextPath(baseDir, path.resolve(workingDir, file))} build this Dockerfile, too? It could not be read`,
      ),
      ...askAboutOthers(left.map(({name}) => name)),
    ],
  }
}

function askAboutOthers([first, ...more]: readonly string[]): string[] {
  if (first === undefined) return []
  if (more.length === 0) return [`Is it right for ${first}, too?`]
  return [`Is it right for ${more.length + 1} more builds, such as ${first}?`]
}

/** What decides a build but for its name, with every path absolute. */
function keyOf(
  {contextDir, dockerfile, target, platform, buildArgs = {}, buildContexts = {}, workspace}: BuildOptions,
  workingDir: string,
): string {
  const context = path.resolve(workingDir, contextDir)
  return JSON.stringify([
    context,
    dockerfile === undefined ? path.join(context, 'Dockerfile') : path.resolve(workingDir, dockerfile),
    target ?? null,
    platform ?? null,
    Object.entries(buildArgs).sort(),
    Object.entries(buildContexts).sort(),
    workspace?.kind ?? null,
  ])
}

/** None of a build that cannot start as it is. */
async function loadWitness(
  found: FoundBuild,
  baseDir: string,
  workingDir: string,
  settings: WalkSettings,
): Promise<readonly ProjectBuild[]> {
  const {origin} = found
  const place = origin && `${toContextPath(baseDir, path.resolve(workingDir, origin.file))}:${origin.line}`
  const name = place === null ? found.name : `${found.name} (${place})`
  try {
    const project = await loadProject([{...found, name}], baseDir, settings)
    return measureProject(project).groups.flatMap(({builds}) => builds)
  } catch (error) {
    if (error instanceof SlimCheckError) return []
    throw error
  }
}
