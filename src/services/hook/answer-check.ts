import {SlimCheckError} from '../../errors.js'
import {findIndexDir} from '../../host/cache/walk-index-store.js'
import {DEFAULT_FAIL_ON, type FailOn} from '../../measure/budget/fail-on.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {ContextReport} from '../../report/context-report.js'
import {analyzeRequest} from '../context/analyze-request.js'

/** What comes of a check: a report, a fault of ours, or neither. */
export interface CheckAnswer {
  report?: ContextReport
  /** With the report: what the configuration says of findings. */
  failOn?: FailOn
  fault?: string
}

/** Analyses a build that is about to run. Never throws. */
export async function answerCheck(build: BuildOptions): Promise<CheckAnswer> {
  try {
    const {analysis, settings} = await analyzeRequest({
      build,
      choice: null,
      indexDir: findIndexDir(process.env),
    })
    return {report: analysis.report, failOn: settings.failOn ?? DEFAULT_FAIL_ON}
  } catch (error) {
    const {message} = error as Error
    // A build that cannot start is for buildx to explain; only our own faults are told.
    const isExpected = error instanceof SlimCheckError && error.code !== 'internal'
    return isExpected ? {} : {fault: message}
  }
}
