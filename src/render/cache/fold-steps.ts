import type {CacheReportStep} from '../../report/cache-report.js'

/** Steps that follow each other and have one state, shown as one line. */
export interface FoldedSteps {
  hidden: CacheReportStep[]
}

/** A scenario with fewer steps is shown whole. */
const SHORT = 12

/** Of cached steps that follow each other this many are one line. */
const CACHED_RUN = 3

/** Of others the first ones are shown. */
const SHOWN_RUN = 6

/** Leaves the steps out that say nothing new, where there are many: those that stay cached, and the end of a long row. */
export function foldSteps(steps: readonly CacheReportStep[]): (CacheReportStep | FoldedSteps)[] {
  if (steps.length <= SHORT) return [...steps]
  return splitByState(steps).flatMap((run) => {
    if (run[0]!.state === 'cached') return run.length < CACHED_RUN ? run : [{hidden: run}]
    // One line saves nothing.
    if (run.length <= SHOWN_RUN + 1) return run
    return [...run.slice(0, SHOWN_RUN), {hidden: run.slice(SHOWN_RUN)}]
  })
}

function splitByState(steps: readonly CacheReportStep[]): CacheReportStep[][] {
  const runs: CacheReportStep[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last !== undefined && last[0]!.state === step.state) last.push(step)
    else runs.push([step])
  }
  return runs
}
