import type {MeasureLimits, MeasureScenarioName} from '../../report/measure/measure-report.js'
import type {BuildRequest} from '../load/ask-builds.js'
import type {WalkSettings} from '../load/load-project.js'

/** What a person asks to be measured. */
export interface MeasureRequest extends BuildRequest, WalkSettings {
  /** Default: `cold`, `unchanged`, `source`. */
  scenarios?: readonly MeasureScenarioName[]
  /** Of each scenario; default: 3. */
  runs?: number
  /** Each is built on its own; none: the builder's own. */
  platforms?: readonly string[]
  /** Images that are looked at instead of being built. */
  images?: readonly string[]
  /** Handed on to `docker buildx build`. */
  dockerFlags?: readonly string[]
  /** Name of the builder; default: the user's own choice. */
  builder?: string | null
  /** A report to compare with, relative to the working directory. */
  against?: string | null
  limits?: MeasureLimits
  /** A configuration whose smoke checks are tried besides; false: none are. Default: those of the configuration. */
  smoke?: string | false
  /** An image in which the same checks are tried, to say what held before; default: what the baseline says. */
  smokeBefore?: string
  /** Records of past builds (`.dockerbuild`) whose times are taken instead of building, relative to the working directory. */
  records?: readonly string[]
  toolVersion?: string
  /** Called when another build begins. */
  onBuild?: (step: MeasureProgress) => void
}

export interface MeasureProgress {
  build: string
  scenario: string
  run: number
  runs: number
  /** Builds that are done, and all. */
  done: number
  total: number
}

export const DEFAULT_SCENARIOS: readonly MeasureScenarioName[] = ['cold', 'unchanged', 'source']

export const DEFAULT_RUNS = 3
