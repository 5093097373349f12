import {WalkIndexStore} from '../../host/cache/walk-index-store.js'
import type {ContextSource} from '../../plan/build-plan.js'
import {type WalkOptions, type WalkProgress, type WalkResult, walkContext} from '../../tree/walk/walk.js'

/** How contexts are walked. */
export interface WalkSettings {
  /** Where walks leave what they saw, for the next one. Default: null, nowhere. */
  indexDir?: string | null
  /** Called now and then during a long walk. */
  onProgress?: WalkProgress
}

/** A smaller walk is over before its index is read. Entries. */
const INDEXED_FROM = 10_000

/** Walks each directory once, through the ignore files of all who read it; returns the walks by directory. */
export async function walkContexts(
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
