import type {Finding, Severity} from './context-report.js'

/** What `dockerfile` reports. */
export interface DockerfileReport {
  schemaVersion: 1
  /** As it was given. */
  context: string
  /** The builds that the rewrites are proved for. */
  builds: RewrittenBuild[]
  /** Other builds of the same Dockerfiles, which compose, bake and CI files tell of: the rewrites are proved for them, too. */
  witnesses: Pick<RewrittenBuild, 'name' | 'dockerfile' | 'target'>[]
  /** Builds that cannot start, and why. */
  failed: {name: string; message: string}[]
  /** By file, in the order of the file. */
  rewrites: Rewrite[]
  /** What an edit of one source file runs again, as the text is and with rewrites: one for each build. */
  effects: RewriteEffect[]
  /** What has no edit: of `docker build --check` (`buildkit/NAME`), of CI files (`ci-…`), of comments. */
  findings: Finding[]
  /** The image whose layers gave bytes, as it was named; null: none did. */
  image: string | null
  /** What became of `--check`; null: it was not asked for. */
  check: CheckOutcome | null
  /** Only with `--ci`: the files that were read, as findings name them. */
  ciFiles?: string[]
  /** Only with `--verify`: one for each build whose Dockerfile changes. */
  verifications?: Verification[]
}

/** Builds of an old text, twice, and of a new one, compared file by file. */
export interface Verification {
  /** As `builds` names it. */
  build: string
  dockerfile: string
  /** The rules of the rewrites that were built together, in the order of the file. */
  rules: string[]
  /** `failed`: `reason` says which build could not be made. */
  status: 'equal' | 'different' | 'failed'
  reason?: string
  /** The first ones, by path; what two builds of the old Dockerfile differ in is left out. */
  differences: VerifiedDifference[]
  differenceCount: number
  noiseCount: number
  /** Paths. */
  comparedCount: number
  /** Absent where it failed. */
  before?: VerifiedResult
  after?: VerifiedResult
}

/** A path that is another one in the new result. */
export interface VerifiedDifference {
  /** In the image, without a slash before it. */
  path: string
  kind: 'only-before' | 'only-after' | 'type' | 'mode' | 'owner' | 'link' | 'content' | 'xattrs'
  before: string
  after: string
}

/** What a build left. */
export interface VerifiedResult {
  fileCount: number
  fileBytes: number
  /** Of each build; every RUN ran. */
  seconds: number[]
}

/**
 * `done`: its findings are among the others. `incomplete`: the same, but for checks that something kept from being made.
 * `skipped`: it could not run.
 */
export type CheckOutcome = {status: 'done'} | {status: 'incomplete' | 'skipped'; reason: string}

/** What an edit of one source file does to a build, on the builder that made the last one. */
export interface RewriteEffect {
  /** As `builds` names it. */
  build: string
  dockerfile: string
  /** The file that stands for an everyday edit, relative to the build's context. */
  changedPath: string
  now: CacheFigures
  /** With the safe rewrites; null: there are none. */
  safe: CacheFigures | null
  /** With those that need a review, too; null: there are none. */
  all: CacheFigures | null
}

/** What runs again, in figures. */
export interface CacheFigures {
  stepCount: number
  /** Steps that run again. */
  rerunCount: number
  /** Steps that may, depending on what a RUN leaves. */
  dependsCount: number
  /** Of the longest path through what runs or may; null where no past build tells. */
  seconds: number | null
  /** What a deploy downloads of the layers that run or may, compressed; null without an image that tells. */
  pullBytes: number | null
}

/** What one rewrite does to the cache of a build. */
export interface RewriteCacheEffect {
  build: string
  /** As in `effects`. */
  changedPath: string
  /** An edit of the file, the text being as it is. */
  before: CacheFigures
  /** The same edit with the rewrite. */
  after: CacheFigures
  /** The first build with the rewrite, nothing else being changed: what it costs. */
  firstBuild: CacheFigures
}

/** One build of a Dockerfile. */
export interface RewrittenBuild {
  /** The service, bake target or Dockerfile path. */
  name: string
  /** Relative to the report's context; one outside of it starts with `../`, `-` is standard input. */
  dockerfile: string
  /** The stage that is built; null: the last. */
  target: string | null
  /** The stages that each rewrite was tried for besides: every other one that has a name. */
  otherTargets: string[]
}

/**
 * `safe`: every obligation is shown for every build. `review`: a question is open. `blocked`: something in the project
 * speaks against it.
 */
export type RewriteConfidence = 'safe' | 'review' | 'blocked'

/** A change of a Dockerfile, with its proof. */
export interface Rewrite {
  rule: string
  confidence: RewriteConfidence
  /** The Dockerfile, as `builds` names it. */
  file: string
  /** 1-based, of the instruction that it begins with. */
  line: number
  endLine: number
  /** What to do, imperative, no period. */
  title: string
  /** What was shown, in order. */
  proof: Claim[]
  /** What a person must answer first; only of `review`. */
  questions?: string[]
  /** What speaks against it; only of `blocked`. */
  blocker?: string
  /** Of the file's text without its byte-order mark, offsets in UTF-16 code units; empty where only a person can. */
  edits: {start: number; end: number; text: string}[]
  /** Of the configuration, for annotations and `--fail-on`; absent: it has none. */
  severity?: Severity
  /** One for each build in which something that looks like source code is sent; empty without edits. */
  cache: RewriteCacheEffect[]
  /** Bytes of files in the layers that its lines made and that the image would not need; absent without an image that tells, or for none. */
  imageBytes?: number
}

/** One obligation of a proof and what shows that it is met. */
export interface Claim {
  claim: string
  evidence: string
}
