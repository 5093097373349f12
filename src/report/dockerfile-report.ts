import type {Finding, Severity} from './context-report.js'

/** What `dockerfile --json` prints. */
export interface DockerfileReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /** The builds that the rewrites are proved for. */
  builds: RewrittenBuild[]
  /** Other builds of the same Dockerfiles, found in compose, bake and CI files. The rewrites are proved for them too. */
  witnesses: Pick<RewrittenBuild, 'name' | 'dockerfile' | 'target'>[]
  /** Builds that cannot start, with the reason. */
  failed: {name: string; message: string}[]
  /** By file, then by line. */
  rewrites: Rewrite[]
  /** One for each build: what an edit of one source file runs again, now and with the rewrites. */
  effects: RewriteEffect[]
  /** Findings without a rewrite: from `docker build --check` (`buildkit/NAME`), from CI files (`ci-…`), about comments. */
  findings: Finding[]
  /** The image whose layers give `imageBytes`, as named by the user; null without one. */
  image: string | null
  /** The outcome of `--check`; null without the flag. */
  check: CheckOutcome | null
  /** Only with `--ci`: the CI files that were read. */
  ciFiles?: string[]
  /** Only with `--verify`: one for each build whose Dockerfile is rewritten. */
  verifications?: Verification[]
}

/** The old Dockerfile, built twice, compared file by file with the new one. */
export interface Verification {
  /** As `builds` names it. */
  build: string
  dockerfile: string
  /** The rules of the rewrites in the new Dockerfile, by line. */
  rules: string[]
  /** `failed`: a build failed; `reason` says which. */
  status: 'equal' | 'different' | 'failed'
  reason?: string
  /** The first differences, by path, without those between the two builds of the old Dockerfile. */
  differences: VerifiedDifference[]
  differenceCount: number
  noiseCount: number
  /** Number of paths. */
  comparedCount: number
  /** Absent if a build failed. */
  before?: VerifiedResult
  after?: VerifiedResult
}

/** A path that differs in the new result. */
export interface VerifiedDifference {
  /** In the image, without a leading slash. */
  path: string
  kind: 'only-before' | 'only-after' | 'type' | 'mode' | 'owner' | 'link' | 'content' | 'xattrs'
  before: string
  after: string
}

/** The result of a build. */
export interface VerifiedResult {
  fileCount: number
  fileBytes: number
  /** Duration of each build, with no cached RUN. */
  seconds: number[]
}

/** `done`: `findings` holds its findings. `incomplete`: some checks did not run. `skipped`: none ran. `reason` says why. */
export type CheckOutcome = {status: 'done'} | {status: 'incomplete' | 'skipped'; reason: string}

/** What an edit of one source file runs again, on the builder that made the last build. */
export interface RewriteEffect {
  /** As `builds` names it. */
  build: string
  dockerfile: string
  /** The file that is edited in this prediction, relative to the build's context. */
  changedPath: string
  now: CacheFigures
  /** With the safe rewrites; null without any. */
  safe: CacheFigures | null
  /** With those that need a review too; null without any. */
  all: CacheFigures | null
}

/** Figures of a cache prediction. */
export interface CacheFigures {
  stepCount: number
  /** Steps that run again. */
  rerunCount: number
  /** Steps that may run again, depending on what a RUN leaves. */
  dependsCount: number
  /** Of the longest path through the steps that run or may run; null if no past build was recorded. */
  seconds: number | null
  /** Compressed bytes of those layers, which a deploy downloads; null without an image. */
  pullBytes: number | null
}

/** The effect of one rewrite on the cache of a build. */
export interface RewriteCacheEffect {
  build: string
  /** As in `effects`. */
  changedPath: string
  /** After an edit of the file, with today's Dockerfile. */
  before: CacheFigures
  /** After the same edit, with the rewrite. */
  after: CacheFigures
  /** The cost of the rewrite: the first build with it, without another change. */
  firstBuild: CacheFigures
}

/** One build of a Dockerfile. */
export interface RewrittenBuild {
  /** The service, bake target or Dockerfile path. */
  name: string
  /** Relative to the report's context: it starts with `../` if outside. `-` is standard input. */
  dockerfile: string
  /** The stage that is built; null for the last. */
  target: string | null
  /** Every other named stage: each rewrite is tried for them too. */
  otherTargets: string[]
}

/** `safe`: every claim is proved for every build. `review`: a question is open. `blocked`: something in the project forbids it. */
export type RewriteConfidence = 'safe' | 'review' | 'blocked'

/** A change of a Dockerfile, with its proof. */
export interface Rewrite {
  rule: string
  confidence: RewriteConfidence
  /** The Dockerfile, as `builds` names it. */
  file: string
  /** 1-based: the first line of its first instruction. */
  line: number
  endLine: number
  /** What to do, imperative, no period. */
  title: string
  /** The claims that were proved, in order. */
  proof: Claim[]
  /** Only for `review`: what a person must answer first. */
  questions?: string[]
  /** Only for `blocked`: what forbids it. */
  blocker?: string
  /** Offsets in UTF-16 code units of the file's text without its byte-order mark. Empty if only a person can write the edit. */
  edits: {start: number; end: number; text: string}[]
  /** From the configuration, for annotations and `--fail-on`; absent if not configured. */
  severity?: Severity
  /** One for each build that sends a source file; empty without edits. */
  cache: RewriteCacheEffect[]
  /** Bytes of files in the layers of its lines that the image does not need; absent if 0, or without an image. */
  imageBytes?: number
}

/** One claim of a proof, and the evidence for it. */
export interface Claim {
  claim: string
  evidence: string
}
