import type {MeasuredBuild, MeasureLimits, MeasureReport} from '../../report/measure/measure-report.js'
import {checkThresholds} from './check-thresholds.js'
import {compareBuilds, findCounterpart, findDifferences} from './compare-reports.js'
import {findReasons} from './find-reasons.js'

/** A baseline and where it was found. */
export interface Baseline {
  file: string
  report: MeasureReport
}

/**
 * Compares a report with a baseline, if there is one, and holds it to its limits.
 * @param limitsOf of each build
 * @throws SlimCheckError `bad-flag` for a limit that is none
 */
export function judgeReport(
  report: MeasureReport,
  baseline: Baseline | null,
  limitsOf: (build: MeasuredBuild) => MeasureLimits,
): MeasureReport {
  const differences = baseline && findDifferences(baseline.report, report)
  const pairs = report.builds.map((build) => {
    const before = baseline && findCounterpart(build, baseline.report, report)
    if (before === null || differences === null) return {build, before: null}
    const changes = compareBuilds(before, build, differences)
    return {
      build: {
        ...build,
        smoke: joinSmoke(build, before),
        changes,
        reasons: findReasons(before, build, differences.compareTimes),
      },
      before,
    }
  })
  const judged = pairs.filter(({build}) => build.problem === null)
  const fresh = pairs.filter(
    ({before, build}) => baseline !== null && before === null && build.problem === null,
  )
  return {
    ...report,
    builds: pairs.map(({build}) => build),
    against: baseline && {
      file: baseline.file,
      date: baseline.report.date,
      differences: differences?.all ?? [],
    },
    thresholds: judged.flatMap(({build, before}) => checkThresholds(build, before, limitsOf(build))),
    notes: [...report.notes, ...fresh.map(({build}) => `The baseline has no build "${build.name}"`)],
  }
}

/** Says beside each check what the baseline says of it, where no other image was tried. */
function joinSmoke({smoke}: MeasuredBuild, {smoke: before}: MeasuredBuild): MeasuredBuild['smoke'] {
  if (smoke === null || before === null) return smoke
  const known = new Map(before.checks.map(({name, status}) => [name, status]))
  return {
    ...smoke,
    checks: smoke.checks.map((check) => ({...check, before: check.before ?? known.get(check.name) ?? null})),
  }
}
