import type {BuildOptions} from '../../plan/build-options.js'
import type {MeasureLimits, MeasureReport, MeasureScenarioName} from '../../report/measure/measure-report.js'
import {reportMeasure} from './report-measure.js'

/** What `measureBuild` is asked: the build, as `analyzeContext` takes it, and how it is measured. */
export interface MeasureOptions extends BuildOptions {
  /** Default: `cold`, `unchanged`, `source`. */
  scenarios?: readonly MeasureScenarioName[]
  /** Of each scenario; default: 3. */
  runs?: number
  /** Handed on to `docker buildx build`. */
  dockerFlags?: readonly string[]
  /** A report that was saved, to compare with; relative to the working directory. */
  against?: string
  limits?: MeasureLimits
}

/**
 * Builds one build for real, several times, and reports times, transfer and image. Needs docker, buildx 0.13 and an engine.
 * @throws SlimCheckError when it could not run
 */
export async function measureBuild(options: MeasureOptions): Promise<MeasureReport> {
  const {scenarios, runs, dockerFlags, against, limits, ...build} = options
  const {report} = await reportMeasure({
    build,
    choice: null,
    configFile: null,
    ...(scenarios && {scenarios}),
    ...(runs !== undefined && {runs}),
    ...(dockerFlags && {dockerFlags}),
    ...(against !== undefined && {against}),
    ...(limits && {limits}),
  })
  return report
}
