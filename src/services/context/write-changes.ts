import {predictTransfer} from '../../build/transfer/predict-transfer.js'
import {selectEntries} from '../../build/transfer/select-entries.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {createLinkReader} from '../../host/files/link-reader.js'
import {removeFile} from '../../host/files/remove-file.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {addSizes, type Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {followLinks} from '../../tree/model/follow-links.js'
import type {Analysis} from '../analysis/analyze-builds.js'
import type {IgnoreFileChange} from '../analysis/ignore-file-change.js'
import {type MeasuredPlan, measurePlans} from '../analysis/measure-plan.js'
import {createRequestRules, type MeasuredSource, measureSource} from '../analysis/measure-source.js'
import {loadBuilds} from '../load/load-builds.js'

/** What became of a write. */
export interface WriteOutcome {
  /** What crosses as measured afterwards, on a new walk, summed over the builds. */
  after: Sizes
  /** The requests that lost all they asked for: the old files were put back. Empty when all is well. */
  lost: LostRequest[]
}

/** A request that a write would leave without any file. */
interface LostRequest {
  /** The Dockerfile, relative to its context. */
  file: string
  line: number
  text: string
  source: string
}

/** A build as far as its requests matter. */
interface Sighting {
  plan: BuildPlan
  tree: FileTree
  main: MeasuredSource
}

/**
 * Writes the changes of an analysis and looks again: if a request that had content lost all of it, everything is put back.
 * @throws SlimCheckError when a file cannot be written; then nothing has changed
 */
export async function writeChanges(analysis: Analysis): Promise<WriteOutcome> {
  const written: IgnoreFileChange[] = []
  try {
    for (const change of analysis.changes) {
      write(change, change.after, change.before)
      written.push(change)
    }
    const after = await measureAgain(analysis)
    const lost = findLost(analysis, after)
    if (lost.length > 0) undo(written)
    return {after: addSizes(after.map(({main}) => main.transfer.sizes)), lost}
  } catch (error) {
    undo(written)
    throw error
  }
}

async function measureAgain({builds, measured, options}: Analysis): Promise<MeasuredPlan[]> {
  const again = measured.map(({plan}) => builds.get(plan)!)
  const {plans, failed} = loadBuilds(again)
  if (failed[0] !== undefined) throw failed[0].error
  const outcomes = await measurePlans([...plans.keys()], options)
  return outcomes.map((outcome) => {
    if (outcome instanceof SlimCheckError) throw outcome
    return outcome
  })
}

function undo(written: readonly IgnoreFileChange[]): void {
  for (const change of written.toReversed()) {
    if (change.before === null) removeFile(change.hostPath, change.after)
    else write(change, change.before, change.after)
  }
}

function write(
  {path, hostPath, root}: IgnoreFileChange,
  content: Uint8Array,
  expected: Uint8Array | null,
): void {
  try {
    replaceFile(hostPath, content, expected, {within: root})
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-edit', {path, reason: error.reason})
  }
}

/** Of the builds asked for, and of the others that share their ignore files. */
function findLost({measured, groups}: Analysis, after: readonly MeasuredPlan[]): LostRequest[] {
  const own = measured.flatMap((before, number) => findLostRequests(before, after[number]!))
  const others = groups.flatMap(({members, witnesses}) => {
    const {plan, tree} = after[measured.indexOf(members[0]!)]!
    return witnesses.flatMap((witness) => {
      const main = measureSource(tree, plan.context, witness.plan.requests)
      return findLostRequests({...witness, tree: members[0]!.tree}, {plan: witness.plan, tree, main})
    })
  })
  return [...own, ...others]
}

function findLostRequests(before: Sighting, after: Sighting): LostRequest[] {
  const {dockerfile} = before.plan
  const requests = dockerfile?.evaluated.requests.filter(({context}) => context === null) ?? []
  return requests
    .filter(({path, isRoot}) => {
      const paths = isRoot ? null : [path]
      return hasContent(before, paths) && !hasContent(after, paths)
    })
    .map(({line, text, source}) => ({file: dockerfile!.path, line, text, source}))
}

/** Tells whether a request for these paths gets any file. */
function hasContent({tree, main}: Sighting, paths: readonly string[] | null): boolean {
  const {source, filter} = main
  const followed = paths && followLinks(paths, createLinkReader(source.hostPath))
  const requested = followed && createRequestRules(followed)
  return predictTransfer(tree, selectEntries(tree, {ignore: filter.ignore, requested})).sizes.fileCount > 0
}
