/** What the cache of a builder holds for a build, as the library and `--json` tell it. */

import type {Finding} from './context-report.js'

/**
 * `cached`: the step's result is there. `runs`: it is not. `depends`: it exists if a RUN that runs again leaves the
 * same files, or a base image holds the same.
 */
export type CacheState = 'cached' | 'runs' | 'depends'

/** One step of a build. */
export interface CacheStep {
  /** 1-based, in the Dockerfile; that of the FROM for a step that an ONBUILD of the base brings. */
  line: number
  /** The index of its FROM, from 0. */
  stage: number
  /** The stage's name in lower case; null if it has none. */
  name: string | null
  /** As Docker prints it: `[build 2/4] COPY . .`. */
  text: string
  state: CacheState
  /** Why it runs, or may; empty for a step that is cached. What is its own first, then what is below it. */
  causes: readonly CacheCause[]
}

/** Why a step runs again, or may. */
export type CacheCause =
  /** Paths of a context (null: the main one) that the step takes have changed, come or gone; sorted; empty: nobody knows which. */
  | {kind: 'paths'; context: string | null; paths: readonly string[]}
  /** The step that it stands on has a new result. */
  | {kind: 'step'; line: number; text: string}
  /** A step of a stage that it takes files from has a new result. */
  | {kind: 'source'; line: number; text: string}
  /** The base image, or an image that it takes files from, has other layers, or is another one. */
  | {kind: 'image'; image: string}
  /** Variables that the step gets have other values, or another order: build arguments and ENV. */
  | {kind: 'variables'; names: readonly string[]}
  /** `user`, `shell`, `directory`, `network`, `platform` or `SOURCE_DATE_EPOCH` is another one. */
  | {kind: 'setting'; names: readonly string[]}
  /** The instruction is new, or does something else. */
  | {kind: 'instruction'}
  /** The build was the cache was turned off for it. */
  | {kind: 'no-cache'}
  /** Nothing that is known explains it: its result may have been removed, or another builder has it. */
  | {kind: 'gone'}
  /** The imported cache does not hold its result (`mode=min`), and this step, which runs, needs it. */
  | {kind: 'not-exported'; line: number; text: string}

/** What `predictCache` resolves with. */
export interface CacheForecast {
  /** Those that Docker shows, in its order; without FROM, and without a WORKDIR directly on `scratch`. */
  steps: readonly CacheStep[]
}

/** Whose cache is looked at. */
export type CacheBuilder = 'local' | 'fresh' | 'min' | 'max'

/** What `cache` reports. */
export interface CacheReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /**
   * Whose cache: that of the builder which made the build before (`local`), or of another one that has imported its results:
   * all of them (`fresh`, `max`), or the layers of the image alone (`min`).
   */
  builder: CacheBuilder
  /** Where the engine keeps images: with `containerd`, `COPY --link` is two steps. */
  imageStore: 'classic' | 'containerd'
  builds: CacheBuildReport[]
  budgets: CacheBudget[]
}

/** One build. */
export interface CacheBuildReport {
  /** The service, bake target or Dockerfile path that it came from. */
  name: string
  /** Relative to the context, `/`-separated. */
  dockerfile: string
  target: string | null
  scenarios: CacheScenario[]
  /** What makes more steps run again than need to. */
  findings: readonly Finding[]
  /** With `--last`: what the last commits ran again. */
  history: CacheHistory | null
  /** With `--after`: the same with the rewrites that `dockerfile` proposes; null: nobody asks, or there are none. */
  after: CacheAfter | null
  /** Why it could not be looked at; null: it could. */
  problem: string | null
}

/** What rewrites of the Dockerfile would change. */
export interface CacheAfter {
  /** Those that are applied, in the order of their lines: the safe ones. */
  rewrites: readonly {rule: string; line: number; title: string}[]
  /** The same paths change; settings and clean checkouts are left out. */
  scenarios: CacheScenario[]
}

/** A step as reports have it. */
export interface CacheReportStep extends CacheStep {
  /** What it stands on and takes files from: places in the same list, ascending. */
  needs: readonly number[]
  /** Seconds that it took when it ran last; null where that is not known. */
  lastSeconds: number | null
}

/** What is to know of a path that was given as changed. */
export interface CacheRemark {
  /** As given. */
  path: string
  /**
   * `new`: it is not in the context, and counts as a new file. `ignored`: the ignore file keeps it out. `not-taken`: it is
   * there, and no step takes it. `directory`, `pattern`: it stands for files.
   */
  kind: 'new' | 'ignored' | 'not-taken' | 'directory' | 'pattern'
  /** The files that it stands for; 0 for a pattern that matches none. */
  fileCount: number
  /** Of `new`, and of a pattern that matches nothing: a path that is near; null: none is. */
  near: string | null
  /** Of `ignored`: the line that decides; null: it is the default to keep it out. */
  ignoredBy: {file: string; line: number; pattern: string} | null
}

/** A change, and what it runs again. */
export interface CacheScenario {
  /** `source`, `lock`, `commit`, `changed`, `since`, `build-arg`, `no-change`, `clean-checkout`, `explain`. */
  name: string
  /** For people: what happens. */
  title: string
  /** Relative to the context, sorted. */
  changedPaths: readonly string[]
  /** What is to know of the paths that were given, in their order; empty: nothing. */
  remarks: readonly CacheRemark[]
  steps: readonly CacheReportStep[]
  stepCount: number
  rerunCount: number
  dependsCount: number
  /** Bytes that cross when the build is made again; null where that is not known. */
  transferBytes: number | null
  /** Bytes of the context's files in new layers of the image, as far as COPY and ADD of it make them; what RUN leaves is not known. */
  newLayerBytes: number
  /** Seconds of the longest path through what runs or may; null where no step's time is known. */
  longestPathSeconds: number | null
}

/** What commits ran again, one after another on one builder. */
export interface CacheHistory {
  /** The newest first. */
  commits: CacheCommit[]
  /** The same commits by what they ran, the most frequent first. */
  classes: CacheClass[]
}

export interface CacheCommit {
  commit: string
  changedPaths: readonly string[]
  stepCount: number
  /** Null where the commit, or the one before it, cannot be built: `problem` says why. */
  rerunCount: number | null
  dependsCount: number | null
  problem: string | null
}

export interface CacheClass {
  /** The steps that ran or may have run, as Docker prints them. */
  steps: readonly string[]
  commitCount: number
  /** One of the commits. */
  example: string
}

/** A limit on what a change may run again. */
export interface CacheBudget {
  name: 'max-rerun-steps' | 'max-rerun-seconds'
  /** The build and the scenario that it is about. */
  build: string
  scenario: string
  limit: number
  /** Null where it is not known; then the budget is not violated. */
  actual: number | null
  ok: boolean
}
