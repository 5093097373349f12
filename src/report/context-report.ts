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
  /** What they transfer on one builder; only of several builds. */
  oneBuilder?: OneBuilderReport
  /** Largest first, of the union of what the plans transfer; no more than 10,000. */
  largest: LargestPath[]
  /** What the paths beyond these sum up to; only where there are more. */
  otherPaths?: OtherPaths
  suggestions: Suggestion[]
  findings: Finding[]
  budgets: Budget[]
  /** What has changed since the baseline, build by build; only with one. */
  baseline?: BaselineReport[]
  /** Ignore files of their own that would help, where a build needs what others send for nothing. */
  splits?: SplitReport[]
  /** Speeds to tell the time of the transfer at, as asked for with `--bandwidth`. */
  rates?: Rate[]
}

/**
 * What several builds transfer when one builder builds them all in their order, their named contexts included. Files are
 * those whose content crosses; `rebuildTransferBytes` is what the next round sends.
 */
export interface OneBuilderReport {
  before: Sizes
  after: Sizes
}

/** A way out where one build needs what the others should not send. */
export interface SplitReport {
  /** The file that the builds share now. */
  ignoreFile: string
  /** The lines that it could then take, or with `forSenders` those of the files of their own. */
  patterns: string[]
  /** The files that go with it, each a copy of the shared one. */
  ownFiles: {ignoreFile: string; dockerfile: string; plans: string[]}[]
  /** Beyond what the safe suggestions save, and a safe split of the same file, summed over plans. */
  savedBytes: number
  /** `review`: nothing proves that the other builds do without. */
  confidence: 'safe' | 'review'
  /** The builds that send the paths for nothing get the files; else those that need them, and the shared file the lines. */
  forSenders: boolean
  /** The builds that need the paths, by name. */
  neededBy: string[]
}

/** A build beside what it was. */
export interface BaselineReport {
  name: string
  /** `new`: not in the baseline; `missing`: only there. */
  status: 'kept' | 'outgrown' | 'new' | 'missing'
  /** Path by path, the largest change first. */
  changes: PathChange[]
}

/** A speed of a connection. */
export interface Rate {
  bytesPerSecond: number
  /** As people say it: `50 Mbit/s`. */
  label: string
}

export interface PlanReport {
  name: string
  context: string
  dockerfile: string | null
  target: string | null
  ignoreFile: string | null
  /** The builder fetches the context from Git: the sizes are those of what is tracked, and no byte is sent from here. */
  gitContext?: true
  usesContext: boolean
  /** Sorted, unique; null with `usesContext`: everything, without it: nothing. */
  requestedPaths: string[] | null
  /** What the ignore file leaves. */
  eligible: Sizes
  before: Sizes
  after: Sizes
  /** Its part of what several builds transfer on one builder: nothing where another one of the same run sends the same. */
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
  /** A kind of the catalogue, or `other`. */
  kind: string
  /** The kind in words; empty for `other`. */
  title: string
  fileCount: number
  fileBytes: number
  transferBytes: number
}

/** Sums of paths that are not listed. */
export interface OtherPaths {
  pathCount: number
  fileCount: number
  fileBytes: number
  transferBytes: number
}

export type Confidence = 'safe' | 'review' | 'blocked'

export interface Suggestion {
  pattern: string
  /** The file that the line is for. */
  ignoreFile: string
  rule: string
  confidence: Confidence
  reason: string
  paths: string[]
  fileCount: number
  /** The fall in `transferBytes` from this line alone, summed over plans. */
  savedBytes: number
  /** The same on one builder; only where that differs. */
  oneBuilderSavedBytes?: number
  /** The same beyond the lines above it; only where that differs: what two lines keep out counts for the first. */
  furtherSavedBytes?: number
  /** The builds that keep a blocked line from being written. */
  blockedBy?: string[]
}

export type Severity = 'error' | 'warning' | 'info'

export interface Finding {
  rule: string
  severity: Severity
  message: string
  /** The same with its amounts as numbers, where it has some. */
  [PARTS]?: Message
  /** Paths of the context that the ignore file keeps out and the build needs, as a pattern would name them. */
  [RESTORES]?: readonly string[]
  /** Absent for a finding about the whole context. */
  file?: string
  /** 1-based. */
  line?: number
  /** The only one of several builds that it is about. */
  plan?: string
  /** What to do about it, where that can be said: one imperative sentence without a period. */
  fix?: string
  /** Lines to paste for the fix, without a line feed at the end. */
  snippet?: string
  /** The change of the file that mends it: offsets in UTF-16 code units of its text without a byte-order mark. */
  edits?: {start: number; end: number; text: string}[]
}

/** What a limit is set on; `baseline-…`: growth since the last recorded transfer. */
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
  /** Of `limit`, `actual`, `baseline` and `tolerance`. */
  unit: 'bytes' | 'files'
  /** The most that passes; of a baseline its tolerance included. */
  limit: number
  actual: number
  ok: boolean
  /** The largest paths that would bring it under the limit, up to three; empty where none would, or it holds. */
  relievedBy: RelievingPath[]
  /** What was recorded, of a baseline. */
  baseline?: number
  /** The growth that passes, of a baseline. */
  tolerance?: number
}

/** A path without which a budget would hold, alone or with the others. */
export interface RelievingPath {
  path: string
  transferBytes: number
  fileCount: number
}
