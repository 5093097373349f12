import type {BudgetLimits} from '../../config/settings.js'
import {BUDGET_NAMES, type BudgetName} from '../../report/budget-name.js'
import type {Budget, ContextReport, Finding} from '../../report/context-report.js'
import {headlineOf} from '../../report/headline.js'
import type {BuildFigures, MeasuredPath} from './build-figures.js'
import {type FailOn, listFailing} from './fail-on.js'

/** A build and its limits. */
export interface BudgetedBuild {
  build: BuildFigures
  limits: BudgetLimits
}

const MAX_RELIEVING = 3

/** What a budget counts of a path. */
const AMOUNTS: Record<BudgetName, (path: MeasuredPath) => number> = {
  'max-transfer': ({transferBytes}) => transferBytes,
  'max-files': ({fileCount}) => fileCount,
  'max-rebuild': ({rebuildTransferBytes}) => rebuildTransferBytes,
  'max-entry': ({transferBytes}) => transferBytes,
}

/** Checks each build against its budgets, in the order of `BUDGET_NAMES`. A build may reach a limit, not exceed it. */
export function checkBudgets(builds: readonly BudgetedBuild[]): Budget[] {
  return builds.flatMap(({build, limits}) =>
    BUDGET_NAMES.flatMap((name) => {
      const limit = limits[name]
      return limit === undefined ? [] : [checkBudget(build, name, limit)]
    }),
  )
}

function checkBudget(build: BuildFigures, name: BudgetName, limit: number): Budget {
  const actual = measureBudget(build, name)
  const ok = actual <= limit
  const relieving = ok ? [] : findRelief(build, name, limit, actual - limit)
  return {
    name,
    plan: build.name,
    limit,
    actual,
    ok,
    unit: name === 'max-files' ? 'files' : 'bytes',
    relievedBy: relieving.map(({path, transferBytes, fileCount}) => ({path, transferBytes, fileCount})),
  }
}

function measureBudget({sizes, largestEntries}: BuildFigures, name: BudgetName): number {
  switch (name) {
    case 'max-transfer':
      return sizes.transferBytes
    case 'max-files':
      return sizes.fileCount
    case 'max-rebuild':
      return sizes.rebuildTransferBytes
    case 'max-entry':
      return largestEntries[0]?.transferBytes ?? 0
  }
}

/** For `max-entry` the entries that are too large; else the largest paths until the excess is gone. */
function findRelief(
  {paths, savings, largestEntries}: BuildFigures,
  name: BudgetName,
  limit: number,
  excess: number,
): MeasuredPath[] {
  if (name === 'max-entry') {
    return largestEntries.filter(({transferBytes}) => transferBytes > limit).slice(0, MAX_RELIEVING)
  }
  const amountOf = AMOUNTS[name]
  const candidates = [...savings, ...paths].sort(
    (a, b) => amountOf(b) - amountOf(a) || compareTexts(a.path, b.path),
  )
  const taken: MeasuredPath[] = []
  let left = excess
  for (const candidate of candidates) {
    if (left <= 0 || taken.length === MAX_RELIEVING) break
    if (amountOf(candidate) === 0 || taken.some(({path}) => overlaps(path, candidate.path))) continue
    taken.push(candidate)
    left -= amountOf(candidate)
  }
  return taken
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`)
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** A report with what a hook shows of it. */
export interface CheckedReport {
  report: ContextReport
  /** Violated budgets: those of the report, and the one given to `checkReport`. */
  violations: Budget[]
  /** Findings that fail a run by the configuration's `fail-on`, the gravest first. */
  failures: Finding[]
  /** The safe ignore lines, if these fail a run by `fail-on`. */
  unwritten: number
  /** Whether the safe suggestions save enough to be mentioned. */
  isWasteful: boolean
}

/** What a check is held to. */
export interface CheckLimits {
  /** A budget that the caller gives; null: none. */
  maxTransferBytes: number | null
  failOn: FailOn
}

const WORTH_BYTES = 1_000_000
const WORTH_SHARE = 0.1

/** Checks a report. A saving of a megabyte and a tenth of the transfer is mentioned. */
export function checkReport(report: ContextReport, {maxTransferBytes, failOn}: CheckLimits): CheckedReport {
  const {budgets} = report
  const {before, after} = headlineOf(report)
  const violations = budgets.filter(({ok}) => !ok)
  const isKnown = budgets.some(({name}) => name === 'max-transfer')
  if (!isKnown && maxTransferBytes !== null && before.transferBytes > maxTransferBytes) {
    const plan = report.plans[0]?.name ?? report.context
    violations.push({
      name: 'max-transfer',
      plan,
      limit: maxTransferBytes,
      actual: before.transferBytes,
      unit: 'bytes',
      ok: false,
      relievedBy: [],
    })
  }
  const saved = before.transferBytes - after.transferBytes
  return {
    report,
    violations,
    failures: listFailing(report.findings, failOn),
    unwritten: failOn === 'suggestion' ? countSafe(report) : 0,
    isWasteful: saved >= WORTH_BYTES && saved >= WORTH_SHARE * before.transferBytes,
  }
}

function countSafe({suggestions}: ContextReport): number {
  return suggestions.filter(({confidence}) => confidence === 'safe').length
}

/** Whether a check fails. */
export function hasFailed({violations, failures, unwritten}: CheckedReport): boolean {
  return violations.length + failures.length + unwritten > 0
}
