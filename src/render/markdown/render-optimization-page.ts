import {formatBytes} from '../../languages/text/amounts.js'
import {listTaken} from '../../measure/build/list-taken.js'
import type {MeasuredBuild, MeasureReport} from '../../report/measure/measure-report.js'
import {
  describeEnvironment,
  nameBuild,
  nameFigure,
  writeReason,
  writeTime,
  writeVerdict,
} from '../measure/describe-measure.js'
import {toCode, toProse} from './escape-markdown.js'
import {createTable, writeSection} from './section.js'

/** A baseline and the results that were compared with it. */
export interface Optimization {
  baseline: MeasureReport
  results: MeasureReport
  /** The file of the baseline, as the results name it. */
  baselineFile: string
}

/** Renders the page of a project's documentation: what was done to its images, what it brought, how to measure it again. */
export function renderOptimizationPage({baseline, results, baselineFile}: Optimization): string {
  const isOfSeveral = results.builds.length > 1
  const parts = [
    '# How we optimized images\n',
    `Measured by slim-check on ${baseline.date.slice(0, 10)} and again on ${results.date.slice(0, 10)}, with ${toProse(describeEnvironment(results.environment))}.\n`,
    ...listDifferences(results),
    ...results.builds.flatMap((build) => renderBuild(build, findBefore(build, baseline), isOfSeveral)),
    renderMethod(results, baselineFile),
  ]
  return parts.join('\n')
}

function findBefore(build: MeasuredBuild, {builds}: MeasureReport): MeasuredBuild | null {
  const same = builds.find(({name, platform}) => name === build.name && platform === build.platform)
  return same ?? (builds.length === 1 ? builds[0]! : null)
}

function listDifferences({against}: MeasureReport): string[] {
  const differences = against?.differences ?? []
  if (differences.length === 0) return []
  return [`Not everything can be compared: ${differences.map(toProse).join('; ')}.\n`]
}

function renderBuild(build: MeasuredBuild, before: MeasuredBuild | null, isOfSeveral: boolean): string[] {
  const level = isOfSeveral ? '###' : '##'
  const title = isOfSeveral ? [`## ${toProse(nameBuild(build))}\n`] : []
  if (build.problem !== null) return [...title, `${toProse(build.problem)}\n`]
  return [
    ...title,
    `${level} What improved\n`,
    renderChanges(build),
    ...renderDone(build, before, level),
    ...renderSmoke(build, level),
  ]
}

function renderChanges({changes}: MeasuredBuild): string {
  const rows = changes
    .filter(({verdict, percent}) => verdict !== 'same' || percent !== 0)
    .map((change) => {
      const write = (side: 'before' | 'after'): string =>
        change.unit === 'bytes'
          ? formatBytes(change[side])
          : writeTime(change[side], change.runs?.[side] ?? 0, change.runs?.[`${side}Spread`] ?? 0)
      return [nameFigure(change.figure), write('before'), write('after'), writeVerdict(change)]
    })
  return writeSection(createTable('figures', ['', '>before', '>after', '>change'], rows))
}

/** The rewrites that were taken, the lines of the ignore file that came, and what did most. */
function renderDone(build: MeasuredBuild, before: MeasuredBuild | null, level: string): string[] {
  if (before === null) return []
  const taken = listTaken(before, build).map(({title, line}) => `- ${toProse(title)} (line ${line} before)`)
  const fresh = build.ignoreLines.filter((line) => !before.ignoreLines.includes(line))
  const ignored =
    fresh.length === 0
      ? []
      : [
          `- The ignore file keeps out ${fresh
            .slice(0, 20)
            .map((line) => toCode(line))
            .join(', ')}`,
        ]
  const reasons = build.reasons.map((reason, at) => `${at + 1}. ${toProse(writeReason(reason))}`)
  return [
    ...(taken.length + ignored.length === 0
      ? []
      : [`${level} What was done\n`, `${[...taken, ...ignored].join('\n')}\n`]),
    ...(reasons.length === 0 ? [] : [`${level} What had the most effect\n`, `${reasons.join('\n')}\n`]),
  ]
}

function renderSmoke({smoke}: MeasuredBuild, level: string): string[] {
  if (smoke === null || smoke.checks.length === 0) return []
  const rows = smoke.checks.map(({name, status, before, detail}) => {
    const was = before === null || before === status ? '' : ` (${before} before)`
    return `- ${status}${was}: ${toProse(name)}${detail === '' ? '' : `, ${toProse(detail)}`}`
  })
  return [`${level} What still works\n`, `${rows.join('\n')}\n`]
}

function renderMethod({builds, method}: MeasureReport, baselineFile: string): string {
  const commands = [...new Set(builds.flatMap((build) => build.commands))]
  const flags = method.flags.length === 0 ? '' : ` -- ${method.flags.join(' ')}`
  const lines = [
    '## How to measure it again',
    '',
    `    docker slimcheck measure . --against ${baselineFile.replace(/[\p{Cc}\p{Cf}]/gu, '?')}${flags.replace(/[\p{Cc}\p{Cf}]/gu, '?')}`,
    '',
    `${method.runs} run${method.runs === 1 ? '' : 's'} of each; the middle one counts, and seconds differ only where the ranges do not overlap. What is built:`,
    '',
    ...commands.slice(0, 20).map((command) => `- ${toCode(command, 2000)}`),
    '',
  ]
  return lines.join('\n')
}
