import path from 'node:path'
import type {BuildGraph} from '../../build/graph/build-graph.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import {requestsOf} from '../../build/graph/requests/requested-paths.js'
import type {SourceRequest} from '../../build/transfer/measure-source.js'
import {WalkIndexStore} from '../../host/cache/walk-index-store.js'
import {createLinkReader} from '../../host/files/links.js'
import {explainErrorCode} from '../../host/files/read-file.js'
import {escapePattern} from '../../languages/ignore/escape-pattern.js'
import {type IgnorePattern, parsePattern} from '../../languages/ignore/parse-ignore-file.js'
import type {BuildPlan, ContextSource} from '../../plan/build-plan.js'
import {followLinks} from '../../tree/model/follow-links.js'
import {type WalkOptions, type WalkResult, walkContext} from '../../tree/walk/walk.js'
import type {WalkProgress} from '../../tree/walk/walk-progress.js'
import {Context, type LoadedPlan, type Project} from '../project.js'
import {type AskedBuild, loadBuilds} from './load-builds.js'
import {toContextPath} from './load-ignore-file.js'
import type {ProjectReadings} from './project-readings.js'

/**
 * Loads some builds and walks what they read, each directory once.
 * @param baseDir the report's context, absolute
 * @throws SlimCheckError of the only build where it cannot start; of several, such a one is among the failed
 */
export async function loadProject(
  asked: readonly AskedBuild[],
  baseDir: string,
  settings: WalkSettings,
): Promise<Project> {
  const {planned, failed} = loadBuilds(asked, settings.readings?.evaluations)
  const plans = planned.map(({plan}) => plan)
  const loaded = await walkPlans(plans, baseDir, settings)
  return {builds: loaded.map((one, at) => ({...one, asked: planned[at]!.asked})), failed}
}

/** Walks what some builds read, each directory once. @param baseDir the report's context, absolute */
export async function walkPlans(
  plans: readonly BuildPlan[],
  baseDir: string,
  settings: WalkSettings,
): Promise<LoadedPlan[]> {
  const walks = await walkContexts(plans.flatMap(listSources), settings)
  const contexts = new Map<string, Context>()
  for (const [hostPath, {tree, hasXattrs, problem}] of walks) {
    const prefix = toPrefix(toContextPath(baseDir, hostPath))
    const reason = problem && explainErrorCode(problem)
    contexts.set(hostPath, new Context({hostPath, prefix, tree, hasXattrs, problem: reason}))
  }
  const contextOf = ({hostPath}: ContextSource): Context => contexts.get(hostPath)!
  const graphs = new Map(plans.map((plan) => [plan.dockerfile?.evaluated, graphOf(plan)]))
  return plans.map((plan) => {
    const graph = graphs.get(plan.dockerfile?.evaluated) ?? null
    return {
      plan,
      graph,
      context: contextOf(plan.context),
      request: followRequests(plan.context, graph, null),
      named: plan.namedContexts.map(({name, context}) => {
        return {name, context: contextOf(context), request: followRequests(context, graph, name)}
      }),
    }
  })
}

/** The graph of a build; null without a Dockerfile. */
export function graphOf({dockerfile}: BuildPlan): BuildGraph | null {
  return dockerfile && createBuildGraph(dockerfile.evaluated)
}

/**
 * What a build asks of a context, null for the main one. The links among the paths are followed on the disk: one may lead
 * through directories that no walk enters.
 */
export function followRequests(
  source: ContextSource,
  graph: BuildGraph | null,
  context: string | null,
): SourceRequest {
  const requests = requestsOf(graph, context)
  const reader = createLinkReader(source.hostPath)
  return {source, requests, followedPaths: requests.paths && followLinks(requests.paths, reader)}
}

/** The Dockerfile of a build, absolute; null for none, and for standard input. */
export function dockerfileOf({context, dockerfile}: BuildPlan): string | null {
  if (dockerfile === null || dockerfile.path === '-') return null
  return path.join(context.hostPath, dockerfile.path)
}

function listSources({context, namedContexts}: BuildPlan): ContextSource[] {
  return [context, ...namedContexts.map((named) => named.context)]
}

function toPrefix(relative: string): string {
  return relative === '' ? '' : `${relative}/`
}

/** How contexts are walked. */
export interface WalkSettings {
  /** Paths to look at although an ignore file keeps them out, by the directory of the context. Default: none. */
  alsoSeen?: ReadonlyMap<string, readonly string[]>
  /** Where walks leave what they saw, for the next one. Default: null, nowhere. */
  indexDir?: string | null
  /** Called now and then during a long walk. */
  onProgress?: WalkProgress
  /** What several services share; each adds its own. Default: none. */
  readings?: ProjectReadings
}

/** A smaller walk is over before its index is read. Entries. */
const INDEXED_FROM = 10_000

/** Walks each directory once, through the ignore files of all who read it; returns the walks by directory. */
async function walkContexts(
  sources: readonly ContextSource[],
  {indexDir = null, onProgress, readings, alsoSeen}: WalkSettings,
): Promise<ReadonlyMap<string, WalkResult>> {
  const walks = new Map<string, WalkResult>()
  let beforeCount = 0
  let beforeBytes = 0
  for (const {hostPath} of sources) {
    if (walks.has(hostPath)) continue
    const sharing = sources.filter((source) => source.hostPath === hostPath)
    // What several builds have in common is one and the same pattern set.
    const sets = new Map(sharing.map(({ignoreFile}) => [ignoreFile?.path, ignoreFile?.rules.patterns ?? []]))
    let lastBytes = 0
    const onWalk: WalkProgress = (entryCount, fileBytes) => {
      lastBytes = fileBytes
      onProgress?.(beforeCount + entryCount, beforeBytes + fileBytes)
    }
    const patternSets = [...sets.values()].map((set) => withNegations(set, alsoSeen?.get(hostPath) ?? []))
    const key = JSON.stringify([hostPath, patternSets.map((set) => set.map(({text}) => text))])
    const walk =
      readings?.walks.get(key) ??
      (await walkIndexed(hostPath, indexDir, {
        patternSets,
        ...(onProgress && {onProgress: onWalk}),
      }))
    readings?.walks.set(key, walk)
    beforeCount += walk.tree.length
    beforeBytes += lastBytes
    walks.set(hostPath, walk)
  }
  return walks
}

/** The patterns of an ignore file as if it let these paths in: a walk then enters what lies above them. */
function withNegations(
  patterns: readonly IgnorePattern[],
  paths: readonly string[],
): readonly IgnorePattern[] {
  const negations = paths.flatMap((one) => {
    const pattern = escapePattern(one)
    return pattern === null ? [] : [parsePattern(`!${pattern}`)]
  })
  return negations.length === 0 ? patterns : [...patterns, ...negations]
}

/** Walks with what the last walk left, and leaves what the next one can use. */
async function walkIndexed(
  hostPath: string,
  indexDir: string | null,
  options: WalkOptions,
): Promise<WalkResult> {
  const store = indexDir === null ? null : WalkIndexStore.open(indexDir, hostPath, options.patternSets ?? [])
  if (store === null) return walkContext(hostPath, options)
  const index = store.load()
  const walk = await walkContext(hostPath, {...options, index, isRecorded: true})
  const {tree, record} = walk
  // A small one saves the next walk from loading a large one.
  if (record !== null && (tree.length >= INDEXED_FROM || index !== null)) store.save(record)
  return {...walk, record: null}
}
