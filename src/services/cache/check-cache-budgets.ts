import type {CacheBudget, CacheBuildReport} from '../../report/cache-report.js'

/** What a change may run again at most. */
export interface CacheLimits {
  maxRerunSteps?: number
  maxRerunSeconds?: number
}

/** Checks every scenario of every build. A step that only may run does not count; seconds that nobody knows violate nothing. */
export function checkBudgets(
  builds: readonly CacheBuildReport[],
  {maxRerunSteps, maxRerunSeconds}: CacheLimits,
): CacheBudget[] {
  return builds.flatMap(({name: build, scenarios}) =>
    scenarios.flatMap(({name: scenario, rerunCount, longestPathSeconds}) => {
      const check = (name: CacheBudget['name'], limit: number, actual: number | null): CacheBudget => {
        return {name, build, scenario, limit, actual, ok: actual === null || actual <= limit}
      }
      return [
        ...(maxRerunSteps === undefined ? [] : [check('max-rerun-steps', maxRerunSteps, rerunCount)]),
        ...(maxRerunSeconds === undefined
          ? []
          : [check('max-rerun-seconds', maxRerunSeconds, longestPathSeconds)]),
      ]
    }),
  )
}
