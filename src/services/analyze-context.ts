import {checkEntries, checkXattrs} from '../advice/check-entries.js'
import type {ContextReport, NamedContextReport, PlanReport} from '../report/context-report.js'
import {type BuildOptions, loadPlan} from './load-plan.js'
import {type MeasuredPlan, measurePlan} from './measure-plan.js'
import {type MeasuredSource, measureEligible} from './measure-source.js'
import {reportLargest} from './report-largest.js'

/** What `analyzeContext` is asked: a build as `docker build` would be told of it, and how to report. */
export interface AnalyzeOptions extends BuildOptions {
  /** Roll the largest paths up to directories this many levels deep instead of to what explains them. */
  depth?: number
  /** Called now and then during a long walk, with the number of entries so far. */
  onProgress?: (entryCount: number) => void
}

/**
 * Analyses what a build sends.
 * @throws SlimCheckError when it could not run: every case has a code, a message and a next step
 */
export async function analyzeContext(options: AnalyzeOptions): Promise<ContextReport> {
  const measured = await measurePlan(loadPlan(options), options.onProgress)
  return createReport(options, measured)
}

function createReport(options: AnalyzeOptions, measured: MeasuredPlan): ContextReport {
  const plan = reportPlan(measured)
  return {
    schemaVersion: 1,
    context: options.contextDir,
    plans: [plan],
    before: plan.before,
    after: plan.after,
    largest: reportLargest(measured.model, measured.main.selection, measured.main.transfer, options.depth),
    suggestions: [],
    findings: [...checkEntries(measured.model, measured.main.selection), ...checkXattrs(measured.hasXattrs)],
    budgets: [],
  }
}

function reportPlan(measured: MeasuredPlan): PlanReport {
  const {plan, model, main, named} = measured
  const namedContexts = named.map(({name, measured}) => reportNamedContext(name, measured))
  const before = main.transfer.sizes
  return {
    name: plan.name,
    context: plan.context.path,
    dockerfile: plan.dockerfile?.path ?? null,
    target: plan.target,
    ignoreFile: plan.context.ignoreFile?.path ?? null,
    usesContext: plan.requests.usesContext,
    requestedPaths: plan.requests.paths === null ? null : [...plan.requests.paths],
    eligible: measureEligible(model, main).sizes,
    before,
    after: before,
    namedContexts,
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
