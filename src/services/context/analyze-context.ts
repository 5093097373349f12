import {SlimCheckError} from '../../errors.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Analysis, AnalysisOptions} from '../analysis/analysis.js'
import {analyzeBuilds} from '../analysis/analyze-builds.js'

/** What `analyzeContext` is asked: a build as `docker build` would be told of it, and how to report. */
export interface AnalyzeOptions extends BuildOptions, AnalysisOptions {}

/**
 * Analyses what a build sends.
 * @throws SlimCheckError when it could not run: every case has a code, a message and a next step
 */
export async function analyzeContext(options: AnalyzeOptions): Promise<ContextReport> {
  return (await analyzeInDepth(options)).report
}

/** The same, with what stands behind the report. */
export async function analyzeInDepth(options: AnalyzeOptions): Promise<Analysis> {
  // Scripts may be in plain JavaScript.
  if (typeof options?.contextDir !== 'string')
    throw new SlimCheckError('bad-option', {name: 'contextDir', wanted: 'a path'})
  return analyzeBuilds([{options}], options)
}
