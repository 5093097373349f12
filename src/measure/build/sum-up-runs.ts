import type {MeasuredRun, MeasuredScenario, MeasureScenarioName} from '../../report/measure/measure-report.js'
import {findMedian} from './statistics.js'

/** What was not there when a cold build began. */
const COLD_DEGREE =
  'no step cached, cache mounts empty, the whole context sent; base images are not pulled again'

/** Sums up the runs of one scenario. @param runs at least one */
export function sumUpRuns(
  name: MeasureScenarioName,
  runs: readonly MeasuredRun[],
  changedPath: string | null,
): MeasuredScenario {
  const seconds = runs.map((run) => run.seconds)
  const minSeconds = Math.min(...seconds)
  const maxSeconds = Math.max(...seconds)
  const counted = listCounted(runs.at(-1)!)
  return {
    name,
    title: titleOf(name, changedPath),
    coldDegree: name === 'cold' ? COLD_DEGREE : null,
    changedPath,
    runs: [...runs],
    medianSeconds: findMedian(seconds),
    minSeconds,
    maxSeconds,
    spreadSeconds: Math.round((maxSeconds - minSeconds) * 1000) / 1000,
    medianExportSeconds: findMedian(runs.map((run) => run.exportSeconds)),
    stepCount: counted.length,
    ranCount: counted.filter(({cached}) => !cached).length,
  }
}

/** Steps but FROM: what a base costs is not the Dockerfile's doing. */
function listCounted({steps}: MeasuredRun): MeasuredRun['steps'] {
  return steps.filter(({text}) => !/^\[[^\]]*\] FROM /.test(text))
}

function titleOf(name: MeasureScenarioName, changedPath: string | null): string {
  switch (name) {
    case 'cold':
      return 'a cold build'
    case 'unchanged':
      return 'the same build again'
    case 'source':
      return `an edit of ${changedPath}`
    case 'lock':
      return `a change of ${changedPath}`
  }
}
