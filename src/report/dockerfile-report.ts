/** What `dockerfile` reports. */
export interface DockerfileReport {
  schemaVersion: 1
  /** As it was given. */
  context: string
  /** The builds that the rewrites are proved for. */
  builds: RewrittenBuild[]
  /** Builds that cannot start, and why. */
  failed: {name: string; message: string}[]
  /** By file, in the order of the file. */
  rewrites: Rewrite[]
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
}

/** One obligation of a proof and what shows that it is met. */
export interface Claim {
  claim: string
  evidence: string
}
