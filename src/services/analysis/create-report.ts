import path from 'node:path'
import type {AcrossFacts} from '../../advice/rules/builds/define-rule-across.js'
import {findProblemsAcross} from '../../advice/rules/builds/find-problems-across.js'
import {applyRuleSettings} from '../../config/apply-rule-settings.js'
import {NO_SETTINGS} from '../../config/settings.js'
import {joinLargest} from '../../measure/figures/join-largest.js'
import type {
  ContextReport,
  Finding,
  NamedContextReport,
  PlanReport,
  SplitReport,
  Suggestion,
} from '../../report/context-report.js'
import type {Sizes} from '../../report/sizes.js'
import {addSizes} from '../../report/sizes.js'
import type {FailedBuild} from '../load/load-builds.js'
import {IGNORE_FILE, toContextPath} from '../load/load-ignore-file.js'
import type {Analysis, AnalysisOptions, AnalyzedGroup} from './analyze-builds.js'
import {checkBuilds} from './check-builds.js'
import {joinPrefix} from './group-plans.js'
import type {MeasuredPlan} from './measure-plan.js'
import {asksForAll, type MeasuredSource, measureEligible} from './measure-source.js'
import {mergeFindings} from './merge-findings.js'
import type {Split} from './propose-split.js'
import {reportLargest} from './report-largest.js'

const CONFIDENCES = ['safe', 'review', 'blocked']

/** An analysis but for its report. */
export type ReportInput = Omit<Analysis, 'report' | 'changes'>

/** Puts an analysis into the report: plain data, paths relative to the report's context. */
export function createReport(analysis: ReportInput): ContextReport {
  const {measured, groups, options, splits} = analysis
  const eligible = new Map(groups.map((group) => [group, measureGroupEligible(group)]))
  const plans = measured.map((one) => {
    const group = groups.find(({members}) => members.includes(one))!
    return reportPlan(one, group, eligible.get(group)!)
  })
  return {
    schemaVersion: 1,
    context: options.contextDir,
    plans,
    before: addSizes(plans.map(({before}) => before)),
    after: addSizes(plans.map(({after}) => after)),
    ...reportPaths(analysis),
    suggestions: groups.flatMap(listSuggestions).sort(compareSuggestions),
    findings: listFindings(analysis, plans),
    ...checkBuilds(analysis),
    ...(options.rates && options.rates.length > 0 && {rates: [...options.rates]}),
    ...(splits.length > 0 && {splits: splits.map(reportSplit)}),
  }
}

function reportSplit({shared, lines, own, savedBytes}: Split): SplitReport {
  return {
    ignoreFile: shared.path,
    patterns: lines.map(({pattern}) => pattern),
    ownFiles: own.map(({dockerfile, plans, change}) => ({
      ignoreFile: change.path,
      dockerfile,
      plans: [...plans],
    })),
    savedBytes,
  }
}

/** What the ignore file leaves is the same for each of its builds: one that asks for everything has measured it. */
function measureGroupEligible({members}: AnalyzedGroup): Sizes {
  const {tree, main} = members.find((member) => asksForAll(member.main)) ?? members[0]!
  return measureEligible(tree, main).sizes
}

function reportPlan(measured: MeasuredPlan, group: AnalyzedGroup, eligible: Sizes): PlanReport {
  const {plan, main, named} = measured
  return {
    name: plan.name,
    context: plan.context.path,
    dockerfile: plan.dockerfile?.path ?? null,
    target: plan.target,
    ignoreFile: plan.context.ignoreFile?.path ?? null,
    usesContext: plan.requests.usesContext,
    requestedPaths: plan.requests.paths === null ? null : [...plan.requests.paths],
    eligible,
    before: main.transfer.sizes,
    after: group.after[group.members.indexOf(measured)]!.transfer.sizes,
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
function reportPaths({groups, shared, options}: ReportInput): Pick<ContextReport, 'largest' | 'otherPaths'> {
  const prefixes = [...new Set(groups.map(({prefix}) => prefix))]
  const ofContexts = prefixes.map((prefix) => {
    const members = groups.filter((group) => group.prefix === prefix).flatMap((group) => group.members)
    const {tree} = members[0]!
    const sources = members.map(({main}) => main)
    const {largest, otherPaths} = reportLargest(tree, shared.knownIn(tree), sources, options.depth)
    return {largest: largest.map((one) => ({...one, path: joinPrefix(prefix, one.path)})), otherPaths}
  })
  return joinLargest(ofContexts)
}

function listSuggestions({lines, prefix, ignoreFile}: AnalyzedGroup): Suggestion[] {
  return lines.map(({pattern, rule, confidence, reason, paths, fileCount, savedBytes, blockedBy}) => ({
    pattern,
    ignoreFile: joinPrefix(prefix, ignoreFile),
    rule,
    confidence,
    reason,
    paths: paths.map((one) => joinPrefix(prefix, one)),
    fileCount,
    savedBytes,
    ...(blockedBy.length > 0 && {blockedBy}),
  }))
}

function compareSuggestions(one: Suggestion, other: Suggestion): number {
  return (
    CONFIDENCES.indexOf(one.confidence) - CONFIDENCES.indexOf(other.confidence) ||
    other.savedBytes - one.savedBytes
  )
}

function listFindings(
  {groups, problems, failed, measured, options}: ReportInput,
  plans: readonly PlanReport[],
): Finding[] {
  const parts = groups.flatMap(({members, prefix}) =>
    members.map((member) => ({plan: member.plan.name, prefix, findings: problems.get(member) ?? []})),
  )
  const filesRead = new Set(groups.map(({prefix, ignoreFile}) => joinPrefix(prefix, ignoreFile)))
  const facts = plans.map((plan, number) => ({
    ...plan,
    contextPath: groups.find(({members}) => members.includes(measured[number]!))!.prefix,
  }))
  const findings = [
    ...(options.notices ?? []),
    ...findProblemsAcross({
      plans: facts,
      failed: failed.map((one) => describeFailure(one, options)),
      unusedIgnoreFiles: options.unusedIgnoreFiles ?? [],
    }),
    ...mergeFindings(parts, filesRead),
  ]
  const {rules} = options.settings ?? NO_SETTINGS
  return applyRuleSettings(findings, rules)
}

function describeFailure(failure: FailedBuild, options: AnalysisOptions): AcrossFacts['failed'][number] {
  const {name, error, fix} = failure
  const {line: own, problems} = error.data as {line?: number; problems?: readonly {line: number}[]}
  const file = locateFailure(failure, options)
  const line = own ?? problems?.[0]?.line ?? (isAtOrigin(failure) ? failure.origin?.line : undefined)
  return {
    name,
    message: error.message,
    ...(file !== null && {file}),
    ...(line !== undefined && {line}),
    ...(fix !== undefined && {fix}),
  }
}

/** The error names no file: what tells of the build is to be mended. */
function isAtOrigin({error, origin}: FailedBuild): boolean {
  return (error.data as {file?: string}).file === undefined && Boolean(origin)
}

/** The file to mend, relative to the report's context; null for none, and for standard input. */
function locateFailure(
  {error, options, origin}: FailedBuild,
  {contextDir, workingDir = process.cwd()}: AnalysisOptions,
): string | null {
  const {file = origin?.file} = error.data as {file?: string}
  if (file === undefined || file === '-') return null
  // An ignore file is named as in its context, a Dockerfile as on the command line.
  const isInContext = error.code.startsWith('ignore-') || file.endsWith(IGNORE_FILE)
  const ownDir = options.workingDir ?? workingDir
  const base = isInContext ? path.resolve(ownDir, options.contextDir) : ownDir
  return toContextPath(path.resolve(workingDir, contextDir), path.resolve(base, file))
}
