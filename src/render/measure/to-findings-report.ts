import type {ContextReport, Finding} from '../../report/context-report.js'
import type {MeasuredBuild, MeasureReport} from '../../report/measure/measure-report.js'
import {NO_SIZES} from '../../report/sizes.js'
import {nameFigure, writeLimit} from './describe-measure.js'

/** The rules under which `measure` tells what is wrong. */
export const MEASURE_RULES = [
  {
    id: 'measure-limit',
    severity: 'error',
    summary: 'Keep measured builds within their limits',
    reason: 'A limit of the command line or the configuration is exceeded.',
    remedy: 'See the report for the layer or the step that causes it.',
    page: 'measure.md',
  },
  {
    id: 'measure-build',
    severity: 'error',
    summary: 'A measured build must succeed',
    reason: 'The build failed, so that nothing was measured.',
    remedy: 'Run the command that --dry-run prints, and correct the error that it reports.',
    page: 'measure.md',
  },
  {
    id: 'measure-smoke',
    severity: 'error',
    summary: 'Keep the image working as before',
    reason: 'A smoke check failed in the image.',
    remedy: 'Run the check that the report names by hand.',
    page: 'measure.md',
  },
] as const

/** What is wrong with measured builds as a report of findings alone, for the formats that annotate files. */
export function toMeasureFindings(report: MeasureReport): ContextReport {
  const findings = [...report.builds.flatMap(listFaults), ...listViolations(report)]
  const nothing = {plans: [], largest: [], suggestions: [], budgets: []}
  return {schemaVersion: 1, context: report.context, before: NO_SIZES, after: NO_SIZES, findings, ...nothing}
}

function listFaults({name, dockerfile, problem, smoke}: MeasuredBuild): Finding[] {
  const file = dockerfile ?? 'Dockerfile'
  const broken: Finding[] =
    problem === null ? [] : [{rule: 'measure-build', severity: 'error', message: problem, file}]
  const failed = (smoke?.checks ?? []).filter(({status}) => status === 'failed')
  return [
    ...broken,
    ...failed.map((check): Finding => {
      const message = `The image of "${name}" fails the smoke check "${check.name}": ${check.detail}`
      return {rule: 'measure-smoke', severity: 'error', message, file}
    }),
  ]
}

function listViolations({thresholds, builds}: MeasureReport): Finding[] {
  return thresholds
    .filter(({ok}) => !ok)
    .map((threshold): Finding => {
      const {name, build, figure, limit, message, line} = threshold
      const own = builds.find((one) => build === one.name || build.startsWith(`${one.name}, `))
      return {
        rule: 'measure-limit',
        severity: 'error',
        message: `${name} ${writeLimit(threshold, limit)} of "${build}", ${nameFigure(figure)}: ${message}`,
        file: own?.dockerfile ?? 'Dockerfile',
        ...(line !== null && {line}),
      }
    })
}
