import {placeFigures} from '../../build/transfer/entry-figures.js'
import {type MeasuredSource, measureEligible} from '../../build/transfer/measure-source.js'
import {findLargest} from '../../measure/figures/find-largest.js'
import {joinLargest} from '../../measure/figures/join-largest.js'
import type {
  ContextReport,
  NamedContextReport,
  PlanReport,
  SplitReport,
  Suggestion,
} from '../../report/context-report.js'
import {savingAlone} from '../../report/headline.js'
import {addSizes, type Sizes} from '../../report/sizes.js'
import type {Split} from './analysis.js'
import {type Analysis, type AnalyzedBuild, type AnalyzedGroup, listBuilds} from './analysis.js'
import {checkBuilds} from './check-builds.js'
import {listNeeders} from './propose-split.js'
import {reportFindings} from './report-findings.js'
import {simulateBuilds} from './simulate-builds.js'

const CONFIDENCES = ['safe', 'review', 'blocked']

/** An analysis without its report. */
export type ReportInput = Omit<Analysis, 'report' | 'changes'>

/** Puts an analysis into the report: plain data, paths relative to the report's context. */
export function createReport(analysis: ReportInput): ContextReport {
  const {groups, options, splits} = analysis
  const onBuilder = reportOneBuilder(analysis)
  const plans = reportPlans(groups).map((plan, position) => ({...plan, ...onBuilder[position]}))
  return {
    schemaVersion: 1,
    context: options.contextDir,
    plans,
    before: addSizes(plans.map(({before}) => before)),
    after: addSizes(plans.map(({after}) => after)),
    ...sumOneBuilder(plans),
    ...reportPaths(analysis),
    suggestions: groups.flatMap(listSuggestions).sort(compareSuggestions),
    findings: reportFindings(analysis, plans),
    ...checkBuilds(analysis),
    ...(options.rates && options.rates.length > 0 && {rates: [...options.rates]}),
    ...(splits.length > 0 && {splits: splits.map(reportSplit)}),
  }
}

/** What each build transfers on one builder that builds them all, now and once everything is written; only of several. */
function reportOneBuilder({groups, options}: ReportInput): Pick<PlanReport, 'oneBuilder'>[] {
  const builds = listBuilds(groups)
  if (builds.length < 2) return []
  const written = builds.map(({build, group}) => ({...build, main: build.after, tree: group.afterTree}))
  const after = simulateBuilds(written, options.isOneRun === true)
  return builds.map(({build}, position) => ({
    oneBuilder: {before: build.crossing.sizes, after: after[position]!.sizes},
  }))
}

function sumOneBuilder(plans: readonly PlanReport[]): Pick<ContextReport, 'oneBuilder'> {
  const parts = plans.flatMap(({oneBuilder}) => oneBuilder ?? [])
  if (parts.length === 0) return {}
  const before = addSizes(parts.map((part) => part.before))
  return {oneBuilder: {before, after: addSizes(parts.map((part) => part.after))}}
}

function reportSplit({ignoreFile, lines, own, savedBytes, confidence, shared}: Split): SplitReport {
  return {
    ignoreFile,
    patterns: lines.map(({pattern}) => pattern),
    ownFiles: own.map(({dockerfile, plans, change}) => ({
      ignoreFile: change.path,
      dockerfile,
      plans: [...plans],
    })),
    savedBytes,
    confidence,
    forSenders: shared === null,
    neededBy: [...new Set(lines.flatMap(listNeeders))],
    ...(lines.every(({blockedBy}) => blockedBy.length === 0) && {isNeedLikely: true}),
  }
}

/** The plans, in the order in which they were asked for. */
function reportPlans(groups: readonly AnalyzedGroup[]): PlanReport[] {
  const rows = groups.flatMap(({context, source, builds}) => {
    const measured = builds.map(({main}) => main)
    const eligible = measureEligible(context.tree, source, measured).sizes
    return builds.map((build) => ({position: build.position, report: reportPlan(build, eligible)}))
  })
  return rows.sort((one, other) => one.position - other.position).map(({report}) => report)
}

function reportPlan({plan, main, named, after}: AnalyzedBuild, eligible: Sizes): PlanReport {
  const {requests} = main
  return {
    name: plan.name,
    context: plan.context.path,
    dockerfile: plan.dockerfile?.path ?? null,
    target: plan.target,
    ignoreFile: plan.context.ignoreFile?.path ?? null,
    ...(plan.context.git !== undefined && {gitContext: true as const}),
    usesContext: requests.usesContext,
    requestedPaths: requests.paths === null ? null : [...requests.paths],
    eligible,
    before: main.transfer.sizes,
    after: after.transfer.sizes,
    namedContexts: named.map((one) => reportNamedContext(one.name, one.measured)),
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

/** Of each context the union of what its builds transfer. */
function reportPaths({groups, options}: ReportInput): Pick<ContextReport, 'largest' | 'otherPaths'> {
  // What the builder fetches itself is no part of a transfer.
  const sending = groups.filter(({source}) => source.git === undefined)
  const contexts = [...new Set(sending.map(({context}) => context))]
  const ofContexts = contexts.map((context) => {
    const sharing = sending.filter((group) => group.context === context)
    const sources = sharing.flatMap(({builds}) => builds.map(({main}) => main))
    const {largest, otherPaths} = findLargest(context.tree, placeFigures(context.tree, sources, Math.max), {
      kindOf: (entry) => context.kindOf(entry),
      ...(options.depth !== undefined && {depth: options.depth}),
    })
    return {largest: largest.map((one) => ({...one, path: context.show(one.path)})), otherPaths}
  })
  return joinLargest(ofContexts)
}

function listSuggestions({lines, context, ignorePath}: AnalyzedGroup): Suggestion[] {
  return lines.map(({pattern, rule, confidence, reason, paths, blockedBy, wantedBy, ...figures}) => ({
    pattern,
    ignoreFile: context.show(ignorePath),
    rule,
    confidence,
    reason,
    paths: paths.map((one) => context.show(one)),
    fileCount: figures.fileCount,
    savedBytes: figures.savedBytes,
    ...(figures.oneBuilderSavedBytes !== undefined && {oneBuilderSavedBytes: figures.oneBuilderSavedBytes}),
    ...(figures.furtherSavedBytes !== undefined && {furtherSavedBytes: figures.furtherSavedBytes}),
    ...(blockedBy.length > 0 && {blockedBy}),
    ...(wantedBy.length > 0 && {wantedBy}),
  }))
}

function compareSuggestions(one: Suggestion, other: Suggestion): number {
  return (
    CONFIDENCES.indexOf(one.confidence) - CONFIDENCES.indexOf(other.confidence) ||
    savingAlone(other) - savingAlone(one) ||
    other.savedBytes - one.savedBytes
  )
}
