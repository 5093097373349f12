import {checkEntries, checkXattrs} from '../advice/check-entries.js'
import {createClassifier} from '../advice/classify-entries.js'
import type {ContextReport, LargestPath, NamedContextReport, PlanReport} from '../report/context-report.js'
import {findLargest} from '../report/find-largest.js'
import {type BuildOptions, loadPlan} from './load-plan.js'
import {type MeasuredPlan, measurePlan} from './measure-plan.js'
import {type MeasuredSource, measureEligible} from './measure-source.js'

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
    largest: reportLargest(measured, options.depth),
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

function reportLargest({model, main}: MeasuredPlan, depth: number | undefined): LargestPath[] {
  const entryBytes = new Float64Array(model.length)
  const included = new Uint8Array(model.length)
  const classify = createClassifier(model)
  const {entries} = main.selection
  for (let number = 0; number < entries.length; number++) {
    entryBytes[entries[number]!] = main.transfer.entryBytes[number]!
    included[entries[number]!] = 1
  }
  return findLargest(model, entryBytes, (index) => included[index] === 1, {
    kindOf: (index) => classify(index) ?? null,
    ...(depth !== undefined && {depth}),
  })
}
