/** Which steps a build runs again: what `predictCache` returns and `cache --json` prints. */

import type {Finding} from './context-report.js'

/**
 * `cached`: the builder has the step's result. `runs`: it has not. `depends`: it has it only if a RUN that runs again
 * leaves the same files, or if the base image is unchanged.
 */
export type CacheState = 'cached' | 'runs' | 'depends'

/** One step of a build. */
export interface CacheStep {
  /** 1-based, in the Dockerfile. A step from an ONBUILD of the base image has the line of its FROM. */
  line: number
  /** The index of its stage, from 0. */
  stage: number
  /** The stage's name in lower case; null if it has none. */
  name: string | null
  /** As Docker prints it: `[build 2/4] COPY . .`. */
  text: string
  state: CacheState
  /** Why it runs, or may run: causes in the step itself first, then causes in earlier steps. Empty for a cached step. */
  causes: readonly CacheCause[]
}

/** Why a step runs again, or may. */
export type CacheCause =
  /** Paths that the step copies were changed, added or removed. Sorted; empty if unknown. `context` is null for the main context. */
  | {kind: 'paths'; context: string | null; paths: readonly string[]}
  /** The step before it has a new result. */
  | {kind: 'step'; line: number; text: string}
  /** A step in a stage that it copies from, or mounts, has a new result. */
  | {kind: 'source'; line: number; text: string}
  /** The base image, or an image that it copies from, was replaced or has other layers. */
  | {kind: 'image'; image: string}
  /** Build arguments or ENV variables of the step have other values, or another order. */
  | {kind: 'variables'; names: readonly string[]}
  /** `user`, `shell`, `directory`, `network`, `platform` or `SOURCE_DATE_EPOCH` has another value. */
  | {kind: 'setting'; names: readonly string[]}
  /** The instruction is new or was edited. */
  | {kind: 'instruction'}
  /** The cache is turned off for this step (`--no-cache`, `--no-cache-filter`). */
  | {kind: 'no-cache'}
  /** No known change explains it: its result may have been pruned, or another builder has it. */
  | {kind: 'gone'}
  /** The imported cache does not hold its result (`mode=min`), and the step named here runs and needs it. */
  | {kind: 'not-exported'; line: number; text: string}

/** The result of `predictCache`. */
export interface CacheForecast {
  /** The steps that Docker shows, in its order: no FROM, and no WORKDIR directly on `scratch`. */
  steps: readonly CacheStep[]
}

/** Which builder's cache the prediction is for. */
export type CacheBuilder = 'local' | 'fresh' | 'min' | 'max'

/** What `cache --json` prints. */
export interface CacheReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /**
   * `local`: the builder that made the last build. `fresh`, `max`: another builder that imported all of its results.
   * `min`: another builder that imported the layers of the final image only.
   */
  builder: CacheBuilder
  /** Where the engine keeps images: with `containerd`, `COPY --link` is two steps. */
  imageStore: 'classic' | 'containerd'
  builds: CacheBuildReport[]
  budgets: CacheBudget[]
}

/** One build. */
export interface CacheBuildReport {
  /** The service, bake target or Dockerfile path. */
  name: string
  /** Relative to the context, `/`-separated. */
  dockerfile: string
  target: string | null
  scenarios: CacheScenario[]
  /** What could not be told of the last commits, and how to get it, in words; empty if all was. */
  leftOut: readonly string[]
  /** Causes of steps that run again without need. */
  findings: readonly Finding[]
  /** With `--last`: what the last commits ran again; null without. */
  history: CacheHistory | null
  /** With `--after`: the prediction with the safe rewrites that `dockerfile` proposes; null without the flag, or without rewrites. */
  after: CacheAfter | null
  /** Why there is no prediction; null if there is one. */
  problem: string | null
}

/** The prediction for a rewritten Dockerfile. */
export interface CacheAfter {
  /** The safe rewrites, by line. */
  rewrites: readonly {rule: string; line: number; title: string}[]
  /** The scenarios that change paths; `build-arg` and `clean-checkout` are left out. */
  scenarios: CacheScenario[]
}

/** A step with its place in the graph and its last duration. */
export interface CacheReportStep extends CacheStep {
  /** Indexes in the same list, ascending: the step before it and the steps that it copies from. */
  needs: readonly number[]
  /** How long it took when it last ran; null if unknown. */
  lastSeconds: number | null
}

/** A note on a path that the user gave as changed. */
export interface CacheRemark {
  /** As given. */
  path: string
  /**
   * `new`: not in the context, so it counts as a new file. `ignored`: the ignore file excludes it. `not-taken`: no step
   * copies it. `directory`, `pattern`: it stands for several files.
   */
  kind: 'new' | 'ignored' | 'not-taken' | 'directory' | 'pattern'
  /** How many files it stands for; 0 for a pattern without a match. */
  fileCount: number
  /** For `new`, and for a pattern without a match: an existing path with a similar name; null if there is none. */
  near: string | null
  /** For `ignored`: the line that excludes it; null if Docker excludes it by default. */
  ignoredBy: {file: string; line: number; pattern: string} | null
}

/** A change, and the steps that run again after it. */
export interface CacheScenario {
  /** `source`, `lock`, `commit`, `changed`, `since`, `build-arg`, `no-change`, `clean-checkout`, `explain`. */
  name: string
  /** The change in words. */
  title: string
  /** Relative to the context, sorted. */
  changedPaths: readonly string[]
  /** Notes on the paths that the user gave, in their order. */
  remarks: readonly CacheRemark[]
  steps: readonly CacheReportStep[]
  stepCount: number
  rerunCount: number
  dependsCount: number
  /** Bytes that the next build transfers; null if unknown. */
  transferBytes: number | null
  /** Bytes of context files in the new COPY and ADD layers of the image. Layers of RUN are not counted. */
  newLayerBytes: number
  /** Seconds of the longest path through the steps that run or may run; null if no duration is known. */
  longestPathSeconds: number | null
}

/** What a sequence of commits runs again on one builder. */
export interface CacheHistory {
  /** Newest first. */
  commits: CacheCommit[]
  /** The commits grouped by the steps they ran, most frequent first. */
  classes: CacheClass[]
}

export interface CacheCommit {
  commit: string
  changedPaths: readonly string[]
  stepCount: number
  /** Null if the commit, or the one before it, cannot be built; `problem` says why. */
  rerunCount: number | null
  dependsCount: number | null
  problem: string | null
}

export interface CacheClass {
  /** The steps that ran, or may have run, as Docker prints them. */
  steps: readonly string[]
  commitCount: number
  /** One of the commits. */
  example: string
}

/** A limit on what a change may run again. */
export interface CacheBudget {
  name: 'max-rerun-steps' | 'max-rerun-seconds'
  /** Name of the build. */
  build: string
  scenario: string
  limit: number
  /** Null if unknown; `ok` is true then. */
  actual: number | null
  ok: boolean
}
