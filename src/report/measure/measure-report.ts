/** What `measure --json` prints and `measureBuild` returns: builds that ran, and what their images hold. */

/** The scenarios, in the order in which each round runs them. */
export const MEASURE_SCENARIOS = ['cold', 'unchanged', 'source', 'lock'] as const

/**
 * `cold`: no step is cached, cache mounts are empty, the context is sent whole · `unchanged`: the same again · `source`:
 * one source file has changed · `lock`: the lock file has changed
 */
export type MeasureScenarioName = (typeof MEASURE_SCENARIOS)[number]

/** Builds that were measured, and how. */
export interface MeasureReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /** When it began: ISO 8601. */
  date: string
  environment: MeasureEnvironment
  method: MeasureMethod
  /** One for each build and platform. */
  builds: MeasuredBuild[]
  /** What it was compared with; null: nothing. */
  against: MeasureAgainst | null
  /** Empty where no limit was set. */
  thresholds: MeasureThreshold[]
  /** What a reader must know besides: a tree that changed meanwhile, a prediction that was wrong. */
  notes: string[]
}

/** The machine and the engine. Null where the engine does not say. */
export interface MeasureEnvironment {
  engine: string | null
  buildkit: string | null
  buildx: string | null
  /** The builder that builds, and its driver: `docker`, `docker-container` … */
  builder: string | null
  driver: string | null
  /** Where the engine keeps images. */
  store: 'graph driver' | 'containerd' | null
  /** `overlay2`, `vfs`, `overlayfs` … */
  storage: string | null
  os: string | null
  arch: string | null
  cpus: number | null
  memoryBytes: number | null
}

/** How it was measured: two reports compare only if it is the same. */
export interface MeasureMethod {
  /** Of the method; raised when figures are taken in another way. */
  version: 1
  runs: number
  scenarios: MeasureScenarioName[]
  /** Flags that were handed on to `docker buildx build`, without values of secrets. */
  flags: string[]
  /** The version of this program. */
  toolVersion: string
}

/** One build on one platform. */
export interface MeasuredBuild {
  /** The service, bake target or Dockerfile path; the image's name where none was built. */
  name: string
  /** Relative to the context, `/`-separated; null where only an image was looked at. */
  dockerfile: string | null
  target: string | null
  /** `os/arch`; null: the builder's own. */
  platform: string | null
  /** SHA-256 of the Dockerfile, the ignore file, and of what is sent: paths, modes, sizes and contents. */
  dockerfileSha: string | null
  ignoreFileSha: string | null
  contextSha: string | null
  /** Docker's commands, in the order in which they ran first; the last argument of a build is the context. */
  commands: string[]
  scenarios: MeasuredScenario[]
  transfer: MeasuredTransfer | null
  image: MeasuredImage | null
  /** What a deploy pulls after the source change; null where that was not built. */
  deploy: MeasuredDeploy | null
  smoke: SmokeReport | null
  /** Lines of the ignore file that take something out; for the reasons of a later comparison. */
  ignoreLines: string[]
  /** What the command `dockerfile` proposes for its Dockerfile: what is gone later was taken. */
  rewrites: MeasuredRewrite[]
  /** Against the baseline; empty without one. */
  changes: MeasureChange[]
  /** The three things that did most, the largest first; empty without a baseline. */
  reasons: MeasureReason[]
  /** Why it could not be measured; null: it could. */
  problem: string | null
}

export interface MeasuredScenario {
  name: MeasureScenarioName
  /** For people: what was done. */
  title: string
  /** How cold: what was not there. Null for the others. */
  coldDegree: string | null
  /** Relative to the context; null: nothing was changed. */
  changedPath: string | null
  runs: MeasuredRun[]
  medianSeconds: number
  minSeconds: number
  maxSeconds: number
  /** `maxSeconds` − `minSeconds`. */
  spreadSeconds: number
  /** Export alone, the median. */
  medianExportSeconds: number
  stepCount: number
  /** Steps that ran in the last run. */
  ranCount: number
}

export interface MeasuredRun {
  /** From the start of `docker buildx build` to its end. */
  seconds: number
  /** Of these, exporting the image: layers, manifests, unpacking. */
  exportSeconds: number
  /** `seconds` − `exportSeconds`. */
  buildSeconds: number
  /** What crossed from the context, as BuildKit counts it; null where nothing was loaded. */
  transferBytes: number | null
  /** How many times slower a fixed piece of work was during the run than on an idle processor; at least 1. */
  load: number
  steps: MeasuredStep[]
}

export interface MeasuredStep {
  /** As Docker prints it: `[build 2/4] COPY . .`. */
  text: string
  /** 1-based, in the Dockerfile; null where it is not known. */
  line: number | null
  cached: boolean
  seconds: number
}

/** A rewrite that was proposed when the build was measured. */
export interface MeasuredRewrite {
  rule: string
  title: string
  /** 1-based. */
  line: number
}

/** What crossed, beside what was predicted. */
export interface MeasuredTransfer {
  /** A first build. */
  predictedBytes: number
  measuredBytes: number | null
  /** The same build again. */
  predictedRebuildBytes: number
  measuredRebuildBytes: number | null
  /** False: please report. Null where nothing was measured. */
  agrees: boolean | null
}

/** An image's figures, as the command `image` has them. */
export interface MeasuredImage {
  pullBytes: number
  pullIsEstimate: boolean
  unpackedBytes: number
  fileBytes: number
  hiddenBytes: number
  fileCount: number
  user: string
  layers: MeasuredLayer[]
}

export interface MeasuredLayer {
  /** 0-based, from the lowest. */
  index: number
  diffId: string
  /** The instruction in the words of the Dockerfile; null where nothing tells. */
  step: string | null
  line: number | null
  fileBytes: number
  pullBytes: number
  /** What it holds most of; null where the catalogue knows nothing of it. */
  holds: {title: string; bytes: number} | null
  /** What to do about it: one imperative sentence without a period; null where no rule knows. */
  remedy: string | null
}

export interface MeasuredDeploy {
  /** A host with a graph driver: all above the lowest new layer. */
  classicBytes: number
  /** A host with the containerd store: the new layers. */
  containerdBytes: number
  /** The lowest new layer, 0-based; null: none is new. */
  firstLayer: number | null
}

/** The baseline, and in what it is another one. */
export interface MeasureAgainst {
  file: string
  date: string
  /** Why times are not compared; empty: machine and method are the same. */
  differences: string[]
}

/** A figure that two reports have. */
export type MeasureFigure =
  | MeasureScenarioName
  | 'transfer'
  | 'pull'
  | 'unpacked'
  | 'files'
  | 'hidden'
  | 'deploy'

export interface MeasureChange {
  figure: MeasureFigure
  unit: 'seconds' | 'bytes'
  before: number
  after: number
  /** 100 × (after − before) / before, one decimal; null where there was nothing before. */
  percent: number | null
  /** Of times: how many runs stand behind each, and from the fastest to the slowest; null of bytes. */
  runs: {before: number; after: number; beforeSpread: number; afterSpread: number} | null
  /**
   * `less`, `more`: a real difference · `same`: none, or none that the ranges show · `not-comparable`: another machine,
   * store or method
   */
  verdict: 'less' | 'more' | 'same' | 'not-comparable'
  /** Why there is no verdict, or none that a single run could give; null otherwise. */
  remark: string | null
}

/** One cause of a change. */
export interface MeasureReason {
  kind: 'step' | 'layer' | 'ignore-lines' | 'base' | 'transfer'
  /** What was done, in words: `npm ci no longer runs after a source change`. */
  text: string
  /** What it saves; below zero: it costs. */
  savedSeconds: number | null
  savedBytes: number | null
  line: number | null
  /** The title of the rewrite that was taken where it stood; null: none that the baseline proposed. */
  rewrite: string | null
}

/** What a measured build is held to, in the order in which it is reported. */
export const MEASURE_LIMIT_NAMES = [
  'max-build-time',
  'max-size',
  'max-pull',
  'max-deploy',
  'max-growth',
  'min-saving',
  'min-speedup',
] as const

/**
 * `max-build-time`: of a cold build · `max-size`: what the layers unpack to · `max-pull`: what a first pull downloads ·
 * `max-deploy`: what a host downloads after an edit of a source file that has the image from before ·
 * `max-growth`, `min-saving`, `min-speedup`: shares, against the baseline
 */
export type MeasureThresholdName = (typeof MEASURE_LIMIT_NAMES)[number]

/** Limits as they are written: `5m`, `500MB`, `30%`. */
export type MeasureLimits = Readonly<Partial<Record<MeasureThresholdName, string | undefined>>>

export interface MeasureThreshold {
  name: MeasureThresholdName
  /** The build, and the platform where there are several. */
  build: string
  /** What it is about: `cold`, `unpacked` … */
  figure: MeasureFigure
  unit: 'seconds' | 'bytes' | 'percent'
  limit: number
  /** Null where nothing can be said; then `ok` is false. */
  actual: number | null
  ok: boolean
  /** Of a violated one: which layer or step, at which line, and what to do. Null for a kept one. */
  message: string | null
  line: number | null
}

/** What was tried in the images. */
export interface SmokeReport {
  /** Of the configuration, or the file. */
  file: string | null
  checks: SmokeResult[]
}

export interface SmokeResult {
  name: string
  /** `skipped` says why in `detail`. */
  status: 'passed' | 'failed' | 'skipped'
  /** The same check in the image of the baseline; null where that image was not there. */
  before: 'passed' | 'failed' | 'skipped' | null
  detail: string
  seconds: number
}
