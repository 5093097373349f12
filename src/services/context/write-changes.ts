import type {BuildGraph} from '../../build/graph/build-graph.js'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {createRequestRules, type MeasuredSource, measureSource} from '../../build/transfer/measure-source.js'
import {predictTransfer} from '../../build/transfer/predict-transfer.js'
import {selectEntries} from '../../build/transfer/select-entries.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {removeFile} from '../../host/files/change-files.js'
import {createLinkReader} from '../../host/files/links.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {addSizes, type Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {followLinks} from '../../tree/model/follow-links.js'
import {type Analysis, listBuilds} from '../analysis/analysis.js'
import {type IgnoreFileChange, parseWritten} from '../analysis/ignore-file-change.js'
import {measurePlans} from '../analysis/measure-project.js'
import {simulateBuilds} from '../analysis/simulate-builds.js'
import {loadBuilds} from '../load/load-builds.js'
import {followRequests} from '../load/load-project.js'
import type {Build} from '../project.js'

/** What became of a write. */
export interface WriteOutcome {
  /** What crosses as measured afterwards, on a new walk, summed over the builds. */
  after: Sizes
  /** Of several builds what they transfer then on one builder. */
  oneBuilderAfter?: Sizes
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
  graph: BuildGraph | null
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
      writeIgnoreFile(change, change.after, change.before)
      written.push(change)
    }
    const after = await measureAgain(analysis)
    const lost = findLost(analysis, after)
    if (lost.length > 0) undoChanges(written)
    const oneBuilderAfter = simulateAfter(after, analysis.options.isOneRun === true)
    return {after: addSizes(after.map(({main}) => main.transfer.sizes)), ...oneBuilderAfter, lost}
  } catch (error) {
    undoChanges(written)
    throw error
  }
}

function simulateAfter(builds: readonly Build[], isOneRun: boolean): Pick<WriteOutcome, 'oneBuilderAfter'> {
  if (builds.length < 2) return {}
  const simulated = builds.map((build) => ({...build, tree: build.context.tree}))
  return {oneBuilderAfter: addSizes(simulateBuilds(simulated, isOneRun).map(({sizes}) => sizes))}
}

async function measureAgain({groups, options}: Analysis): Promise<Build[]> {
  const again = listBuilds(groups).map(({build}) => build.asked)
  const {planned, failed} = loadBuilds(again)
  if (failed[0] !== undefined) throw failed[0].error
  return measurePlans(
    planned.map(({plan}) => plan),
    options,
  )
}

function undoChanges(written: readonly IgnoreFileChange[]): void {
  for (const change of written.toReversed()) {
    if (change.before === null) removeFile(change.hostPath, change.after)
    else writeIgnoreFile(change, change.before, change.after)
  }
}

function writeIgnoreFile(
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

/** Of the builds asked for, and of the others that share their ignore files. @param after in the order of the builds */
function findLost({groups, changes}: Analysis, after: readonly Build[]): LostRequest[] {
  const own = listBuilds(groups).flatMap(({build}) =>
    findLostRequests(sightingOf(build), sightingOf(after[build.position]!)),
  )
  const others = groups.flatMap(({context, ignorePath, builds: [first], evidence}) => {
    const {tree} = context
    const now = first && after[first.position]
    // A build may have got an ignore file of its own: the others are still under the shared one, changed or not.
    const written = changes.find((change) => change.path === context.show(ignorePath))
    if (now === undefined || written === undefined) return []
    const shared = {...now.main.source, ignoreFile: parseWritten(written)}
    return evidence.witnesses.flatMap(({plan, graph, main}) => {
      const request = followRequests(shared, graph, null)
      const later = {plan, graph, tree: now.context.tree, main: measureSource(now.context.tree, request)}
      return findLostRequests({plan, graph, tree, main}, later)
    })
  })
  return [...own, ...others]
}

function sightingOf({plan, graph, context, main}: Build): Sighting {
  return {plan, graph, tree: context.tree, main}
}

function findLostRequests(before: Sighting, after: Sighting): LostRequest[] {
  const {plan, graph} = before
  return listRequestsTo(graph, null)
    .filter(({path, isRoot}) => {
      const paths = isRoot ? null : [path]
      return hasContent(before, paths) && !hasContent(after, paths)
    })
    .map(({line, text, source}) => ({file: plan.dockerfile!.path, line, text, source}))
}

/** Tells whether a request for these paths gets any file. */
function hasContent({tree, main}: Sighting, paths: readonly string[] | null): boolean {
  const {source, filter} = main
  const followed = paths && followLinks(paths, createLinkReader(source.hostPath))
  const requested = followed && createRequestRules(followed)
  return predictTransfer(tree, selectEntries(tree, {ignore: filter.ignore, requested})).sizes.fileCount > 0
}
