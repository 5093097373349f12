/** What `measureBuild` returns and `measure --json` prints: figures of builds that ran, and of their images. */

/** In the order in which each round runs them. */
export const MEASURE_SCENARIOS = ['cold', 'unchanged', 'source', 'lock'] as const

/**
 * `cold`: no step is cached, cache mounts are empty, the context is sent whole · `unchanged`: the same again · `source`:
 * one source file has changed · `lock`: the lock file has changed
 */
export type MeasureScenarioName = (typeof MEASURE_SCENARIOS)[number]

/** Measured builds, and the method. */
export interface MeasureReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /** Start of the measurement, ISO 8601. */
  date: string
  environment: MeasureEnvironment
  method: MeasureMethod
  /** One for each build and platform. */
  builds: MeasuredBuild[]
  /** The baseline; null without one. */
  against: MeasureAgainst | null
  /** Empty without a limit. */
  thresholds: MeasureThreshold[]
  /** Caveats in words: the tree changed meanwhile, a prediction was wrong. */
  notes: string[]
}

/** The machine and the engine. A field is null if the engine does not report it. */
export interface MeasureEnvironment {
  engine: string | null
  buildkit: string | null
  buildx: string | null
  /** The name of the builder; `driver` is `docker`, `docker-container` … */
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

/** The method: times of two reports are compared only if it is equal. */
export interface MeasureMethod {
  /** Raised when figures are measured in another way. */
  version: 1
  runs: number
  scenarios: MeasureScenarioName[]
  /** Flags passed to `docker buildx build`, without the values of secrets. */
  flags: string[]
  /** The version of this program. */
  toolVersion: string
}

/** One build on one platform. */
export interface MeasuredBuild {
  /** The service, bake target or Dockerfile path; the image's name if nothing was built. */
  name: string
  /** Relative to the context, `/`-separated; null if only an image was measured. */
  dockerfile: string | null
  target: string | null
  /** `os/arch`; null for the builder's default. */
  platform: string | null
  /** SHA-256 of the Dockerfile; `ignoreFileSha` of the ignore file; `contextSha` of the transfer: paths, modes, sizes, contents. */
  dockerfileSha: string | null
  ignoreFileSha: string | null
  contextSha: string | null
  /** The docker commands, in the order of their first run; the last argument of a build is the context. */
  commands: string[]
  scenarios: MeasuredScenario[]
  transfer: MeasuredTransfer | null
  image: MeasuredImage | null
  /** What a deploy pulls after the source change; null if that scenario was not built. */
  deploy: MeasuredDeploy | null
  smoke: SmokeReport | null
  /** Lines of the ignore file that exclude something; a later comparison names new ones as a reason. */
  ignoreLines: string[]
  /** Rewrites that `dockerfile` proposed at that time; one that a later report lacks was applied. */
  rewrites: MeasuredRewrite[]
  /** Changes since the baseline; empty without one. */
  changes: MeasureChange[]
  /** The three main causes of the changes, largest first; empty without a baseline. */
  reasons: MeasureReason[]
  /** Why it could not be measured; null if it was. */
  problem: string | null
}

export interface MeasuredScenario {
  name: MeasureScenarioName
  /** The scenario in words. */
  title: string
  /** Only for `cold`: which caches were absent; else null. */
  coldDegree: string | null
  /** The changed file, relative to the context; null if none was changed. */
  changedPath: string | null
  runs: MeasuredRun[]
  medianSeconds: number
  minSeconds: number
  maxSeconds: number
  /** `maxSeconds` − `minSeconds`. */
  spreadSeconds: number
  /** Median seconds of the export alone. */
  medianExportSeconds: number
  stepCount: number
  /** Steps that ran in the last run. */
  ranCount: number
}

export interface MeasuredRun {
  /** From the start of `docker buildx build` to its end. */
  seconds: number
  /** The part of `seconds` that exports the image: layers, manifests, unpacking. */
  exportSeconds: number
  /** `seconds` − `exportSeconds`. */
  buildSeconds: number
  /** Bytes sent from the context, as BuildKit counts them; null if no context was loaded. */
  transferBytes: number | null
  /** How many times slower a fixed piece of work was during the run than on an idle processor; at least 1. */
  load: number
  steps: MeasuredStep[]
}

export interface MeasuredStep {
  /** As Docker prints it: `[build 2/4] COPY . .`. */
  text: string
  /** 1-based, in the Dockerfile; null if unknown. */
  line: number | null
  cached: boolean
  seconds: number
}

/** A rewrite that `dockerfile` proposed when the build was measured. */
export interface MeasuredRewrite {
  rule: string
  title: string
  /** 1-based. */
  line: number
}

/** The measured transfer beside the predicted one. */
export interface MeasuredTransfer {
  /** Of a first build. */
  predictedBytes: number
  measuredBytes: number | null
  /** Of the same build again. */
  predictedRebuildBytes: number
  measuredRebuildBytes: number | null
  /** Whether prediction and measurement are equal; false is a fault of this program. Null if nothing was measured. */
  agrees: boolean | null
}

/** Figures of an image, as in the report of `image`. */
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
  /** The instruction as the Dockerfile has it; null if unknown. */
  step: string | null
  line: number | null
  fileBytes: number
  pullBytes: number
  /** The largest content of a known kind; null if the catalogue knows none. */
  holds: {title: string; bytes: number} | null
  /** The remedy, one imperative sentence without a period; null without one. */
  remedy: string | null
}

export interface MeasuredDeploy {
  /** A host with a graph driver: the lowest new layer and all above it. */
  classicBytes: number
  /** A host with the containerd store: the new layers. */
  containerdBytes: number
  /** The lowest new layer, 0-based; null if none is new. */
  firstLayer: number | null
}

/** The baseline, and how its machine and method differ. */
export interface MeasureAgainst {
  file: string
  date: string
  /** Why times are not compared; empty if machine and method are equal. */
  differences: string[]
}

/** A figure that two reports share. */
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
  /** 100 × (after − before) / before, one decimal; null if `before` is 0. */
  percent: number | null
  /** For times: the number of runs, and the spread in seconds (slowest − fastest). Null for bytes. */
  runs: {before: number; after: number; beforeSpread: number; afterSpread: number} | null
  /**
   * `less`, `more`: a real difference · `same`: no difference, or one within the spread · `not-comparable`: another machine,
   * store or method
   */
  verdict: 'less' | 'more' | 'same' | 'not-comparable'
  /** Why there is no verdict, or why a single run cannot give one; else null. */
  remark: string | null
}

/** One cause of a change. */
export interface MeasureReason {
  kind: 'step' | 'layer' | 'ignore-lines' | 'base' | 'transfer'
  /** The cause in words: `npm ci no longer runs after a source change`. */
  text: string
  /** Seconds that it saves; negative if it costs. Null if unknown. */
  savedSeconds: number | null
  savedBytes: number | null
  line: number | null
  /** The title of the baseline's rewrite that was applied there; null if none. */
  rewrite: string | null
}

/** In the order of reports. */
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
 * What a budget limits. `max-build-time`: seconds of a cold build · `max-size`: unpacked bytes of the layers · `max-pull`:
 * bytes of a first pull · `max-deploy`: bytes that a host with the previous image downloads after an edit of a source file ·
 * `max-growth`, `min-saving`, `min-speedup`: percent, compared with the baseline
 */
export type MeasureThresholdName = (typeof MEASURE_LIMIT_NAMES)[number]

/** Limits as the user writes them: `5m`, `500MB`, `30%`. */
export type MeasureLimits = Readonly<Partial<Record<MeasureThresholdName, string | undefined>>>

export interface MeasureThreshold {
  name: MeasureThresholdName
  /** The build, with its platform if there are several. */
  build: string
  /** The figure that is limited: `cold`, `unpacked` … */
  figure: MeasureFigure
  unit: 'seconds' | 'bytes' | 'percent'
  limit: number
  /** Null if unknown; `ok` is false then. */
  actual: number | null
  ok: boolean
  /** If exceeded: the layer or step, its line, and the remedy. Null if `ok`. */
  message: string | null
  line: number | null
}

/** Results of the smoke checks. */
export interface SmokeReport {
  /** The file that defines the checks; null for the configuration. */
  file: string | null
  checks: SmokeResult[]
}

export interface SmokeResult {
  name: string
  /** If `skipped`, `detail` says why. */
  status: 'passed' | 'failed' | 'skipped'
  /** The same check in the image of the baseline; null without that image. */
  before: 'passed' | 'failed' | 'skipped' | null
  detail: string
  seconds: number
}
