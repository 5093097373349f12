/** What `dockerfile` reports of one Dockerfile. */
export interface DockerfileReport {
  schemaVersion: 1
  /** As it was given. */
  context: string
  /** Relative to the context; one outside of it starts with `../`, `-` is standard input. */
  dockerfile: string
  /** The stage that is built; null: the last. */
  target: string | null
  /** The stages that each rewrite was tried for besides: every other one that has a name. */
  alsoProvedFor: string[]
  /** In the order of the file. */
  rewrites: Rewrite[]
}

/**
 * `safe`: every obligation is shown. `review`: one question is open. `blocked`: something in the project speaks
 * against it.
 */
export type RewriteConfidence = 'safe' | 'review' | 'blocked'

/** A change of a Dockerfile, with its proof. */
export interface Rewrite {
  rule: string
  confidence: RewriteConfidence
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
