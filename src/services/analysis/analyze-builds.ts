import path from 'node:path'
import type {SuggestedLine} from '../../advice/suggest/suggest-lines.js'
import {NO_SETTINGS, type Settings} from '../../config/settings.js'
import type {SlimCheckError} from '../../errors.js'
import {openContext} from '../../host/files/open-context.js'
import type {Baseline} from '../../measure/budget/baseline.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {ContextReport, Finding, Rate} from '../../report/context-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type Build, type FailedBuild, loadBuilds, toError} from '../load/load-builds.js'
import {createReport} from './create-report.js'
import {findLines} from './find-lines.js'
import {findProblems} from './find-problems.js'
import {findWitnesses, type Witness} from './find-witnesses.js'
import {groupPlans, type PlanGroup} from './group-plans.js'
import {createChange, type IgnoreFileChange, measureWritten, withChanges} from './ignore-file-change.js'
import {type MeasuredPlan, measurePlans, type WalkSettings} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'
import {proposeSplit, type Split} from './propose-split.js'
import {SharedFacts} from './shared-facts.js'

/** What is asked of an analysis besides the builds. */
export interface AnalysisOptions extends WalkSettings {
  /** The directory that the report's paths are relative to, as given. */
  contextDir: string
  /** Default: the process's. */
  workingDir?: string
  /** `after` counts the suggestions that need a review, too. */
  all?: boolean
  /** Roll the largest paths up to directories this many levels deep instead of to what explains them. */
  depth?: number
  /** What the configuration says: budgets, rules, paths that are never suggested. Default: nothing. */
  settings?: Settings
  /** What was noticed before, and belongs in the report. */
  notices?: readonly Finding[]
  /** Ignore files above the contexts that no build reads, relative to the report's context. */
  unusedIgnoreFiles?: readonly string[]
  /** Speeds to tell the time of the transfer at. */
  rates?: readonly Rate[]
  /** What was transferred once, to judge growth by. */
  baseline?: Baseline
}

/** The builds of one ignore file, and what to do about them. */
export interface AnalyzedGroup extends PlanGroup {
  /** Other builds that the ignore file governs. */
  witnesses: readonly Witness[]
  lines: readonly SuggestedLine[]
  /** Those of them that are to be written. */
  accepted: readonly SuggestedLine[]
  /** The edit that `after` counts; null when there is nothing to write. */
  change: IgnoreFileChange | null
  /** What each member takes from its context once that is written. */
  after: readonly MeasuredSource[]
}

/** A report with the values it was made from: a write needs them. */
export interface Analysis {
  report: ContextReport
  options: AnalysisOptions
  /** How each plan was asked for. */
  builds: ReadonlyMap<BuildPlan, Build>
  measured: readonly MeasuredPlan[]
  groups: readonly AnalyzedGroup[]
  /** What is wrong with each measured plan. */
  problems: ReadonlyMap<MeasuredPlan, readonly Finding[]>
  failed: readonly FailedBuild[]
  shared: SharedFacts
  /** What is to be written, in this order. */
  changes: readonly IgnoreFileChange[]
  /** Ignore files of their own that would help, for some builds. Nothing of this is counted or written unasked. */
  splits: readonly Split[]
}

/**
 * Analyses what some builds send, each context walked once.
 * @throws SlimCheckError when it could not run; one of several builds that cannot run is a finding instead
 */
export async function analyzeBuilds(builds: readonly Build[], options: AnalysisOptions): Promise<Analysis> {
  const baseDir = openContext(options.contextDir, options.workingDir ?? process.cwd())
  const loaded = loadBuilds(builds)
  const outcomes = await measurePlans([...loaded.plans.keys()], options)
  const {measured, failed} = separate(loaded, outcomes)
  const shared = new SharedFacts()
  const groups = groupPlans(measured, baseDir).map((group) => analyzeGroup(group, measured, shared, options))
  const problems = new Map(measured.map((one) => [one, findProblems(one, shared)]))
  return finish({options, builds: loaded.plans, measured, groups, problems, failed, shared})
}

/** The analysis with the ignore files of their own among what is to be written. */
export function acceptSplits(analysis: Analysis): Analysis {
  const changes = analysis.splits.flatMap(({own, shared}) => [...own.map(({change}) => change), shared])
  const replaced = new Set(changes.map(({hostPath}) => hostPath))
  return {
    ...analysis,
    changes: [...analysis.changes.filter(({hostPath}) => !replaced.has(hostPath)), ...changes],
  }
}

/** The same analysis as if just these lines had been accepted, by pattern. */
export function chooseLines(analysis: Analysis, patterns: readonly string[]): Analysis {
  const groups = analysis.groups.map((group) => accept(group, ({pattern}) => patterns.includes(pattern)))
  return finish({...analysis, groups})
}

/** Measures what the accepted lines leave, and reports. */
function finish(analysis: Omit<Analysis, 'report' | 'splits' | 'changes'>): Analysis {
  const groups = measureAfter(analysis.groups)
  const splits = groups.flatMap((group) => proposeSplit(group) ?? [])
  const changes = groups.flatMap(({change}) => change ?? [])
  const report = createReport({...analysis, groups, splits})
  return {...analysis, groups, changes, splits, report}
}

/** @throws SlimCheckError of the first build when all have failed: there is nothing to report */
function separate(
  {plans, failed}: {plans: ReadonlyMap<BuildPlan, Build>; failed: readonly FailedBuild[]},
  outcomes: readonly (MeasuredPlan | SlimCheckError)[],
): {measured: MeasuredPlan[]; failed: FailedBuild[]} {
  const measured: MeasuredPlan[] = []
  const failures = [...failed]
  for (const [number, [{name}, {options, origin}]] of [...plans].entries()) {
    const outcome = outcomes[number]!
    if ('plan' in outcome) measured.push(outcome)
    else failures.push({name, options, error: outcome, ...(origin && {origin})})
  }
  if (measured.length === 0 && failures[0] !== undefined) throw toError(failures[0])
  return {measured, failed: failures}
}

function analyzeGroup(
  group: PlanGroup,
  all: readonly MeasuredPlan[],
  shared: SharedFacts,
  {all: withReviews = false, settings = NO_SETTINGS}: AnalysisOptions,
): AnalyzedGroup {
  const witnesses = findWitnesses(group, new Set(all.flatMap(({plan}) => dockerfileOf(plan) ?? [])))
  // What is written in another encoding is not added to.
  const isText = group.members[0]!.plan.context.ignoreFile?.encoding === undefined
  const lines = !isText ? [] : findLines(group.members, witnesses, settings.keep, shared)
  return accept(
    {...group, witnesses, lines, accepted: [], change: null, after: []},
    ({confidence}) => confidence === 'safe' || (withReviews && confidence === 'review'),
  )
}

function dockerfileOf({context, dockerfile}: BuildPlan): string | null {
  return dockerfile === null ? null : path.join(context.hostPath, dockerfile.path)
}

function accept(group: AnalyzedGroup, isAccepted: (line: SuggestedLine) => boolean): AnalyzedGroup {
  const accepted = group.lines.filter(isAccepted)
  return {...group, accepted, change: createChange(group, accepted)}
}

/** An ignore file is an entry of its context, also for the builds that another one governs. */
function measureAfter(groups: readonly AnalyzedGroup[]): AnalyzedGroup[] {
  const written = new Map<FileTree, FileTree>()
  for (const {members, prefix} of groups) {
    const {tree} = members[0]!
    if (written.has(tree)) continue
    const sharing = groups.filter((group) => group.prefix === prefix)
    const changes = sharing.flatMap(({change}) => change ?? [])
    written.set(tree, withChanges(tree, changes))
  }
  return groups.map((group) => {
    const tree = written.get(group.members[0]!.tree)!
    return {...group, after: group.members.map((member) => measureWritten(member, tree, group.change))}
  })
}
