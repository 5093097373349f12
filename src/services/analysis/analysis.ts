import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import type {Settings} from '../../config/settings.js'
import type {Baseline} from '../../measure/budget/baseline.js'
import type {ContextReport, Finding, Rate} from '../../report/context-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {FailedBuild} from '../load/load-builds.js'
import type {WalkSettings} from '../load/load-project.js'
import type {Evidence, IgnoreGroup, ProjectBuild} from '../project.js'
import type {IgnoreFileChange} from './ignore-file-change.js'
import type {BuilderOutcome} from './simulate-builds.js'

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
  /** Findings made before the analysis, such as while builds were searched. */
  notices?: readonly Finding[]
  /** Compose or bake builds them all in one run. */
  isOneRun?: boolean
  /** Ignore files above the contexts that no build reads, relative to the report's context. */
  unusedIgnoreFiles?: readonly string[]
  /** Speeds for which the report gives the time of the transfer. */
  rates?: readonly Rate[]
  /** What was transferred when the baseline was recorded. */
  baseline?: Baseline
}

/** A build with its findings, and with what it takes once the accepted lines are written. */
export interface AnalyzedBuild extends ProjectBuild {
  /** What is wrong with it. */
  findings: readonly Finding[]
  /** What it sends now when one builder builds them all. */
  crossing: BuilderOutcome
  /** What it takes from its context once the accepted lines are written. */
  after: MeasuredSource
}

/** The builds of one ignore file, and what to do about them. */
export interface AnalyzedGroup extends IgnoreGroup {
  evidence: Evidence
  builds: readonly AnalyzedBuild[]
  lines: readonly SuggestedLine[]
  /** Those of them that are to be written. */
  accepted: readonly SuggestedLine[]
  /** The edit that `after` counts; null when there is nothing to write. */
  change: IgnoreFileChange | null
  /** The context's tree once that is written. */
  afterTree: FileTree
}

/** A report with the values it was made from: a write needs them. */
export interface Analysis {
  report: ContextReport
  options: AnalysisOptions
  groups: readonly AnalyzedGroup[]
  failed: readonly FailedBuild[]
  /** What is to be written, in this order. */
  changes: readonly IgnoreFileChange[]
  /** Ignore files of their own that would help, for some builds. Nothing of this is counted or written unasked. */
  splits: readonly Split[]
}

/** A build with the group that it belongs to. */
export interface GroupedBuild {
  build: AnalyzedBuild
  group: AnalyzedGroup
}

/** The builds of all groups, in the order in which they were asked for. */
export function listBuilds(groups: readonly AnalyzedGroup[]): GroupedBuild[] {
  const builds = groups.flatMap((group) => group.builds.map((build) => ({build, group})))
  return builds.sort((one, other) => one.build.position - other.build.position)
}

/**
 * Ignore files of their own where a build needs what others send for nothing. Such a file replaces the shared one for its
 * build entirely, and so repeats its lines.
 */
export interface Split {
  /** The shared file, as the report names it. */
  ignoreFile: string
  lines: readonly SuggestedLine[]
  /** The shared file takes the lines, and the builds that need the paths get files; null: those that send them get files. */
  shared: IgnoreFileChange | null
  own: readonly OwnIgnoreFile[]
  /** The fall in bytes, summed over the builds, beyond what the safe lines and a safe split save. */
  savedBytes: number
  /** `review`: nothing proves that the builds that send the paths do without. */
  confidence: 'safe' | 'review'
}

/** An ignore file that only one Dockerfile has. */
export interface OwnIgnoreFile {
  /** Relative to the context. */
  dockerfile: string
  /** The builds that read it, by name. */
  plans: readonly string[]
  change: IgnoreFileChange
}
