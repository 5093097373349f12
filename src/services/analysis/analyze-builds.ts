import path from 'node:path'
import {knownPartOf, listRestoreNeeds} from '../../advice/suggest/restore-lines.js'
import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import {NO_SETTINGS} from '../../config/settings.js'
import {pathExists} from '../../host/files/locations.js'
import {openContext} from '../../host/files/open-context.js'
import type {Suggestion} from '../../report/context-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {AskedBuild} from '../load/load-builds.js'
import {loadEvidence} from '../load/load-evidence.js'
import {loadProject} from '../load/load-project.js'
import type {Evidence, IgnoreGroup} from '../project.js'
import type {Analysis, AnalysisOptions, AnalyzedGroup, Split} from './analysis.js'
import {createReport} from './create-report.js'
import {findLines} from './find-lines.js'
import {findProblems} from './find-problems.js'
import {createChange, measureWritten, parseWritten, withChanges} from './ignore-file-change.js'
import {measureProject} from './measure-project.js'
import {proposeSplits} from './propose-split.js'
import {type BuilderOutcome, simulateBuilds} from './simulate-builds.js'

/**
 * Analyses what some builds send, each context walked once.
 * @throws SlimCheckError when it could not run; one of several builds that cannot run is a finding instead
 */
export async function analyzeBuilds(
  asked: readonly AskedBuild[],
  options: AnalysisOptions,
): Promise<Analysis> {
  const baseDir = openContext(options.contextDir, options.workingDir ?? process.cwd())
  const first = await judgeBuilds(asked, baseDir, options)
  const alsoSeen = listUnseen(first.groups)
  const seen = alsoSeen.size === 0 ? first : await judgeBuilds(asked, baseDir, {...options, alsoSeen})
  const analysis = finishAnalysis({options, ...seen})
  return options.all === true ? acceptUnsplit(analysis) : analysis
}

async function judgeBuilds(
  asked: readonly AskedBuild[],
  baseDir: string,
  options: AnalysisOptions,
): Promise<Pick<Analysis, 'groups' | 'failed'>> {
  const {groups, failed} = measureProject(await loadProject(asked, baseDir, options))
  const crossings = simulateNow(groups, options.isOneRun === true)
  return {
    groups: loadEvidence(groups, options.readings).map((group) => analyzeGroup(group, crossings, options)),
    failed,
  }
}

/**
 * What builds need and an ignore file keeps out, where Docker does not look and so no walk has been, by the directory of
 * the context. What lies there decides on the lines that let it in again, and on what they cost.
 */
function listUnseen(groups: readonly AnalyzedGroup[]): Map<string, string[]> {
  const unseen = new Map<string, string[]>()
  for (const group of groups) {
    const {hostPath, tree} = group.context
    if (!isEditable(group)) continue
    const paths = listRestoreNeeds(group.builds)
      .map(knownPartOf)
      .filter((one) => one !== '' && isUnseen(tree, one) && pathExists(path.join(hostPath, one)))
    if (paths.length > 0) unseen.set(hostPath, [...(unseen.get(hostPath) ?? []), ...paths])
  }
  return unseen
}

/** A directory that looks empty may be one that was not entered. */
function isUnseen(tree: FileTree, path: string): boolean {
  const entry = tree.find(path)
  return entry < 0 || (tree.isDirectory(entry) && tree.endOf(entry) === entry + 1)
}

/** What is written in another encoding is not added to, and of a Git context no ignore file is read. */
function isEditable({source: {ignoreFile, git}}: IgnoreGroup): boolean {
  return ignoreFile?.encoding === undefined && git === undefined
}

/** What each build sends now when one builder builds them all, by its position. */
function simulateNow(groups: readonly IgnoreGroup[], isOneRun: boolean): BuilderOutcome[] {
  const builds = groups.flatMap((group) => group.builds).sort((one, other) => one.position - other.position)
  return simulateBuilds(
    builds.map((build) => ({...build, tree: build.context.tree})),
    isOneRun,
  )
}

/**
 * With `all`, a line to review that some builds probably need is for ignore files of their own; it goes into the shared one
 * where no such file would help.
 */
function acceptUnsplit(analysis: Analysis): Analysis {
  const split = new Set(analysis.splits.flatMap(({lines}) => lines))
  const isMissing = (group: AnalyzedGroup, line: SuggestedLine): boolean =>
    line.confidence === 'review' && !group.accepted.includes(line) && !split.has(line)
  if (!analysis.groups.some((group) => group.lines.some((line) => isMissing(group, line)))) return analysis
  const groups = analysis.groups.map((group) =>
    acceptLines(group, (line) => group.accepted.includes(line) || isMissing(group, line)),
  )
  return finishAnalysis({...analysis, groups})
}

/** The splits that a write makes with consent: the safe ones, with `all` those to review, which hold the safe ones' lines. */
export function listOffered({splits, options: {all = false}}: Analysis): Split[] {
  const offered = splits.filter(({confidence}) => all || confidence === 'safe')
  return offered.filter(
    ({ignoreFile}, at) => !offered.some((other, place) => place > at && other.ignoreFile === ignoreFile),
  )
}

/** The analysis with ignore files of their own among what is to be written. @param splits by default those on offer */
export function acceptSplits(analysis: Analysis, splits: readonly Split[] = listOffered(analysis)): Analysis {
  const changes = splits.flatMap(({own, shared}) => [
    ...own.map(({change}) => change),
    ...(shared === null ? [] : [shared]),
  ])
  const replaced = new Set(changes.map(({hostPath}) => hostPath))
  return {
    ...analysis,
    changes: [...analysis.changes.filter(({hostPath}) => !replaced.has(hostPath)), ...changes],
  }
}

/** The same analysis as if just the lines of these suggestions had been accepted. */
export function chooseLines(
  analysis: Analysis,
  chosen: readonly Pick<Suggestion, 'pattern' | 'ignoreFile'>[],
): Analysis {
  const groups = analysis.groups.map((group) => {
    const file = group.context.show(group.ignorePath)
    const patterns = chosen.flatMap(({pattern, ignoreFile}) => (ignoreFile === file ? [pattern] : []))
    return acceptLines(group, ({pattern}) => patterns.includes(pattern))
  })
  return finishAnalysis({...analysis, groups})
}

/** Measures what the accepted lines leave, and reports. */
function finishAnalysis(analysis: Omit<Analysis, 'report' | 'splits' | 'changes'>): Analysis {
  const groups = measureAfter(analysis.groups)
  const splits = groups.flatMap(proposeSplits)
  const changes = groups.flatMap(({change}) => change ?? [])
  const report = createReport({...analysis, groups, splits})
  return {...analysis, groups, changes, splits, report}
}

function analyzeGroup(
  group: IgnoreGroup & {evidence: Evidence},
  crossings: readonly BuilderOutcome[],
  {all: withReviews = false, settings = NO_SETTINGS}: AnalysisOptions,
): AnalyzedGroup {
  const builds = group.builds.map((build) => {
    const crossing = crossings[build.position]!
    return {...build, findings: findProblems(build, group), crossing, after: build.main}
  })
  const lines = isEditable(group) ? findLines({...group, builds}, settings.keep) : []
  return acceptLines(
    {...group, builds, lines, accepted: [], change: null, afterTree: group.context.tree},
    ({confidence, wantedBy}) =>
      confidence === 'safe' || (withReviews && confidence === 'review' && wantedBy.length === 0),
  )
}

function acceptLines(group: AnalyzedGroup, isAccepted: (line: SuggestedLine) => boolean): AnalyzedGroup {
  const accepted = group.lines.filter(isAccepted)
  return {...group, accepted, change: createChange(group, accepted)}
}

/** An ignore file is an entry of its context, also for the builds that another one governs. */
function measureAfter(groups: readonly AnalyzedGroup[]): AnalyzedGroup[] {
  const written = new Map<string, FileTree>()
  for (const {context} of groups) {
    if (written.has(context.hostPath)) continue
    const sharing = groups.filter((group) => group.context === context)
    const changes = sharing.flatMap(({change}) => change ?? [])
    written.set(context.hostPath, withChanges(context.tree, changes))
  }
  return groups.map((group) => {
    const tree = written.get(group.context.hostPath)!
    const file = group.change && parseWritten(group.change)
    const builds = group.builds.map((build) => ({...build, after: measureWritten(build, tree, file)}))
    return {...group, builds, afterTree: tree}
  })
}
