import type {SuggestedLine} from '../advice/suggest/suggest-lines.js'
import type {ContextReport, NamedContextReport, PlanReport, Suggestion} from '../report/context-report.js'
import type {Sizes} from '../transfer/predict-transfer.js'
import {examineContext} from './examine-context.js'
import {createChange, type IgnoreFileChange, measureChange} from './ignore-file-change.js'
import {type BuildOptions, loadPlan} from './load-plan.js'
import {type MeasuredPlan, measurePlan} from './measure-plan.js'
import {type MeasuredSource, measureEligible} from './measure-source.js'
import {reportLargest} from './report-largest.js'

/** What `analyzeContext` is asked: a build as `docker build` would be told of it, and how to report. */
export interface AnalyzeOptions extends BuildOptions {
  /** `after` counts the suggestions that need a review, too. */
  all?: boolean
  /** Roll the largest paths up to directories this many levels deep instead of to what explains them. */
  depth?: number
  /** Called now and then during a long walk, with the number of entries so far. */
  onProgress?: (entryCount: number) => void
}

/** A report with what stands behind it, for whoever goes on to write. */
export interface Analysis {
  report: ContextReport
  measured: MeasuredPlan
  lines: readonly SuggestedLine[]
  /** The edit that `after` counts; null when there is nothing to write. */
  change: IgnoreFileChange | null
}

/**
 * Analyses what a build sends.
 * @throws SlimCheckError when it could not run: every case has a code, a message and a next step
 */
export async function analyzeContext(options: AnalyzeOptions): Promise<ContextReport> {
  return (await analyzeInDepth(options)).report
}

/** The same, with what stands behind the report. */
export async function analyzeInDepth(options: AnalyzeOptions): Promise<Analysis> {
  const measured = await measurePlan(loadPlan(options), options.onProgress)
  const {lines, findings} = examineContext(measured)
  const isAccepted = ({confidence}: SuggestedLine): boolean =>
    confidence === 'safe' || (options.all === true && confidence === 'review')
  const change = createChange(measured.plan, lines.filter(isAccepted))
  const after = change === null ? measured.main : measureChange(measured, change)
  const plan = reportPlan(measured, after.transfer.sizes)
  const report: ContextReport = {
    schemaVersion: 1,
    context: options.contextDir,
    plans: [plan],
    before: plan.before,
    after: plan.after,
    largest: reportLargest(measured.model, measured.main.selection, measured.main.transfer, options.depth),
    suggestions: lines.map(toSuggestion),
    findings,
    budgets: [],
  }
  return {report, measured, lines, change}
}

/** The analysis as if just these suggestions had been accepted. */
export function chooseLines(analysis: Analysis, patterns: readonly string[]): Analysis {
  const {measured, lines, report} = analysis
  const chosen = lines.filter(({pattern}) => patterns.includes(pattern))
  const change = createChange(measured.plan, chosen)
  const after = change === null ? report.before : measureChange(measured, change).transfer.sizes
  return {...analysis, change, report: {...report, after}}
}

function toSuggestion({
  pattern,
  rule,
  confidence,
  reason,
  paths,
  fileCount,
  savedBytes,
}: SuggestedLine): Suggestion {
  return {pattern, rule, confidence, reason, paths, fileCount, savedBytes}
}

function reportPlan(measured: MeasuredPlan, after: Sizes): PlanReport {
  const {plan, model, main, named} = measured
  return {
    name: plan.name,
    context: plan.context.path,
    dockerfile: plan.dockerfile?.path ?? null,
    target: plan.target,
    ignoreFile: plan.context.ignoreFile?.path ?? null,
    usesContext: plan.requests.usesContext,
    requestedPaths: plan.requests.paths === null ? null : [...plan.requests.paths],
    eligible: measureEligible(model, main).sizes,
    before: main.transfer.sizes,
    after,
    namedContexts: named.map(({name, measured}) => reportNamedContext(name, measured)),
  }
}

function reportNamedContext(name: string, {source, requests, transfer}: MeasuredSource): NamedContextReport {
  return {
    name,
    context: source.path,
    usesContext: requests.usesContext,
    requestedPaths: requests.paths === null ? null : [...requests.paths],
    before: transfer.sizes,
    after: transfer.sizes,
  }
}
