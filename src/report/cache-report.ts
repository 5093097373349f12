/** What the cache of a builder holds for a build, as the library and `--json` tell it. */

/**
 * `cached`: the step's result is there. `runs`: it is not. `depends`: it is there if a RUN that runs again leaves the
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
  /** Paths of a context (null: the main one) that the step takes have changed, come or gone; sorted. */
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
  /** The build was told not to use the cache. */
  | {kind: 'no-cache'}

/** What `predictCache` resolves with. */
export interface CacheForecast {
  /** Those that Docker shows, in its order; without FROM, and without a WORKDIR directly on `scratch`. */
  steps: readonly CacheStep[]
}
