import {SlimCheckError} from '../../errors.js'
import {WalkIndexStore} from '../../host/cache/walk-index-store.js'
import {explainErrorCode} from '../../host/files/read-file.js'
import type {BuildPlan, ContextSource} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type WalkOptions, type WalkProgress, type WalkResult, walkContext} from '../../tree/walk/walk.js'
import {type MeasuredSource, measureSource} from './measure-source.js'

/** A plan with what was found of it. */
export interface MeasuredPlan {
  plan: BuildPlan
  tree: FileTree
  main: MeasuredSource
  named: readonly {name: string; tree: FileTree; measured: MeasuredSource}[]
  /** Whether extended attributes are part of the figures. */
  hasXattrs: boolean
}

/** How contexts are walked. */
export interface WalkSettings {
  /** Where walks leave what they saw, for the next one. Default: null, nowhere. */
  indexDir?: string | null
  /** Called now and then during a long walk. */
  onProgress?: WalkProgress
}

/** A smaller walk is over before its index is read. Entries. */
const INDEXED_FROM = 10_000

/** Measures one plan. @throws SlimCheckError where Docker's build would fail on the ignore file or a request */
export async function measurePlan(plan: BuildPlan, settings: WalkSettings = {}): Promise<MeasuredPlan> {
  const [measured] = await measurePlans([plan], settings)
  if (measured instanceof SlimCheckError) throw measured
  return measured!
}

/**
 * Walks all that some plans read from the client, each directory once, and measures every plan on it.
 * @returns for each plan its figures, or why its build would fail
 */
export async function measurePlans(
  plans: readonly BuildPlan[],
  settings: WalkSettings = {},
): Promise<(MeasuredPlan | SlimCheckError)[]> {
  const walks = await walkAll(plans.flatMap(listSources), settings)
  return plans.map((plan) => {
    try {
      return measureOn(walks, plan)
    } catch (error) {
      if (error instanceof SlimCheckError) return error
      throw error
    }
  })
}

function listSources({context, namedContexts}: BuildPlan): ContextSource[] {
  return [context, ...namedContexts.map((named) => named.context)]
}

/** One walk for each directory, through the ignore files of all who read it. */
async function walkAll(
  sources: readonly ContextSource[],
  {indexDir = null, onProgress}: WalkSettings,
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
    const walk = await walkIndexed(hostPath, indexDir, {
      patternSets: [...sets.values()],
      ...(onProgress && {onProgress: onWalk}),
    })
    beforeCount += walk.tree.length
    beforeBytes += lastBytes
    walks.set(hostPath, walk)
  }
  return walks
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

function measureOn(walks: ReadonlyMap<string, WalkResult>, plan: BuildPlan): MeasuredPlan {
  const {tree, hasXattrs} = findWalk(walks, plan.context)
  const named = plan.namedContexts.map(({name, context, requests}) => {
    const {tree: namedTree} = findWalk(walks, context)
    return {name, tree: namedTree, measured: measureSource(namedTree, context, requests)}
  })
  return {plan, tree, main: measureSource(tree, plan.context, plan.requests), named, hasXattrs}
}

/** @throws SlimCheckError for a context that could be opened a moment ago, and could not be read then */
function findWalk(walks: ReadonlyMap<string, WalkResult>, {hostPath, path}: ContextSource): WalkResult {
  const walk = walks.get(hostPath)!
  if (walk.problem === null) return walk
  throw new SlimCheckError('context-unreadable', {path, reason: explainErrorCode(walk.problem)})
}
