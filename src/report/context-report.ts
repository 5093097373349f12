import type {Message, PARTS, RESTORES} from './message.js'
import type {PathChange} from './path-change.js'
import type {Sizes} from './sizes.js'

/**
 * The report: plain data that every renderer reads, and what `--json` prints. A stable interface: fields are added,
 * never changed. Paths are relative to the context and `/`-separated.
 */
export interface ContextReport {
  schemaVersion: 1
  /** As given. */
  context: string
  plans: PlanReport[]
  before: Sizes
  after: Sizes
  /** The transfer when one builder builds them all; only with several builds. */
  oneBuilder?: OneBuilderReport
  /** The largest paths that any plan transfers, largest first, at most 10,000. */
  largest: LargestPath[]
  /** Sums of the paths that `largest` leaves out; only if there are any. */
  otherPaths?: OtherPaths
  suggestions: Suggestion[]
  findings: Finding[]
  budgets: Budget[]
  /** Changes since the baseline, one for each build; only with a baseline. */
  baseline?: BaselineReport[]
  /** Proposals of a separate ignore file, where one build needs paths that another sends for nothing. */
  splits?: SplitReport[]
  /** Connection speeds from `--bandwidth`, for transfer times. */
  rates?: Rate[]
}

/**
 * The transfer of several builds on one builder, in their order, named contexts included. `fileCount` counts files whose
 * content is sent; `rebuildTransferBytes` is the transfer of the next round without a change.
 */
export interface OneBuilderReport {
  before: Sizes
  after: Sizes
}

/** A proposal: ignore files of their own for some of the builds that share one. */
export interface SplitReport {
  /** The ignore file that the builds share now. */
  ignoreFile: string
  /** The lines to add: to the shared file, or with `forSenders` to the new files. */
  patterns: string[]
  /** The new files, each a copy of the shared one. */
  ownFiles: {ignoreFile: string; dockerfile: string; plans: string[]}[]
  /** Bytes saved beyond the safe suggestions and beyond a safe split of the same file, summed over plans. */
  savedBytes: number
  /** `review`: it is not proved that the other builds work without the paths. */
  confidence: 'safe' | 'review'
  /** True: the builds that do not need the paths get the new files. False: the builds that need them do. */
  forSenders: boolean
  /** Names of the builds that need the paths. */
  neededBy: string[]
  /** True: nothing proves that they do, but the paths lie where these builds work. Else absent. */
  isNeedLikely?: boolean
}

/** A build compared with the baseline. */
export interface BaselineReport {
  name: string
  /** `new`: not in the baseline; `missing`: only there. */
  status: 'kept' | 'outgrown' | 'new' | 'missing'
  /** Largest change first. */
  changes: PathChange[]
}

/** A connection speed. */
export interface Rate {
  bytesPerSecond: number
  /** For display: `50 Mbit/s`. */
  label: string
}

export interface PlanReport {
  name: string
  context: string
  dockerfile: string | null
  target: string | null
  ignoreFile: string | null
  /** The builder clones the context from Git: sizes count the tracked files, and nothing is sent from this machine. */
  gitContext?: true
  usesContext: boolean
  /** Sorted, unique. Null: everything if `usesContext`, else nothing. */
  requestedPaths: string[] | null
  /** What the ignore file lets through. */
  eligible: Sizes
  before: Sizes
  after: Sizes
  /** Its share of the report's `oneBuilder`: 0 for what an earlier build of the run already sent. */
  oneBuilder?: OneBuilderReport
  namedContexts: NamedContextReport[]
}

export interface NamedContextReport {
  name: string
  context: string
  usesContext: boolean
  requestedPaths: string[] | null
  before: Sizes
  after: Sizes
}

export interface LargestPath {
  path: string
  /** A kind from the catalogue, or `other`. */
  kind: string
  /** The kind in words; empty for `other`. */
  title: string
  fileCount: number
  fileBytes: number
  transferBytes: number
}

/** Sums over paths that are not listed. */
export interface OtherPaths {
  pathCount: number
  fileCount: number
  fileBytes: number
  transferBytes: number
}

export type Confidence = 'safe' | 'review' | 'blocked'

export interface Suggestion {
  pattern: string
  /** The ignore file to add the line to. */
  ignoreFile: string
  rule: string
  confidence: Confidence
  reason: string
  paths: string[]
  fileCount: number
  /** The fall in `transferBytes` from this line alone, summed over plans. */
  savedBytes: number
  /** The same on one builder; only if different. */
  oneBuilderSavedBytes?: number
  /** What the line saves beyond the lines above it: a path that two lines exclude counts for the first. Only if different. */
  furtherSavedBytes?: number
  /** For a blocked line: the builds that would break. */
  blockedBy?: string[]
  /** For a line to review: the builds that the paths were probably put there for, where others send them, too. */
  wantedBy?: string[]
}

export type Severity = 'error' | 'warning' | 'info'

export interface Finding {
  rule: string
  severity: Severity
  message: string
  /** The message with its amounts as numbers, if it has any. */
  [PARTS]?: Message
  /** Paths that the ignore file excludes and the build needs, as patterns. */
  [RESTORES]?: readonly string[]
  /** Absent for a finding about the whole context. */
  file?: string
  /** 1-based. */
  line?: number
  /** The build that it is about; absent if it is about all. */
  plan?: string
  /** The remedy: one imperative sentence without a period. */
  fix?: string
  /** Lines to paste, without a final line feed. */
  snippet?: string
  /** The edit that fixes it: offsets in UTF-16 code units of the file's text without its byte-order mark. */
  edits?: {start: number; end: number; text: string}[]
}

/** What a budget limits; `baseline-…`: growth since the recorded transfer. */
export type BudgetName =
  | 'max-transfer'
  | 'max-files'
  | 'max-rebuild'
  | 'max-entry'
  | 'baseline-transfer'
  | 'baseline-rebuild'

export interface Budget {
  name: BudgetName
  plan: string
  /** The unit of `limit`, `actual`, `baseline` and `tolerance`. */
  unit: 'bytes' | 'files'
  /** The largest value that passes; for a baseline budget the tolerance is included. */
  limit: number
  actual: number
  ok: boolean
  /** Up to three of the largest paths: without them the budget passes, if they add up to what is over. Empty if it passes. */
  relievedBy: RelievingPath[]
  /** For a baseline budget: the recorded value. */
  baseline?: number
  /** For a baseline budget: the growth that passes. */
  tolerance?: number
}

/** One of the largest paths behind a budget that is exceeded. */
export interface RelievingPath {
  path: string
  transferBytes: number
  fileCount: number
}
