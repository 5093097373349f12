import type {CacheClass, CacheCommit, CacheHistory, CacheStep} from '../../report/cache-report.js'
import type {ReplayedCommit} from './changes/replay-history.js'

/** How many steps there are, and how many of them run or may. */
export function countStates(steps: readonly CacheStep[]): {
  stepCount: number
  rerunCount: number
  dependsCount: number
} {
  const count = (state: CacheStep['state']) => steps.filter((step) => step.state === state).length
  return {stepCount: steps.length, rerunCount: count('runs'), dependsCount: count('depends')}
}

/** Groups commits by what they ran, the most frequent first. */
export function groupCommits(replayed: readonly ReplayedCommit[]): CacheHistory {
  const classes = new Map<string, CacheClass & {commitCount: number}>()
  const commits = replayed.map(({commit, changedPaths, steps, problem}): CacheCommit => {
    if (steps === null)
      return {commit, changedPaths, stepCount: 0, rerunCount: null, dependsCount: null, problem}
    const ran = steps.filter(({state}) => state !== 'cached').map(({text}) => text)
    const key = ran.join('\n')
    const group = classes.get(key)
    if (group === undefined) classes.set(key, {steps: ran, commitCount: 1, example: commit})
    else group.commitCount++
    return {commit, changedPaths, ...countStates(steps), problem}
  })
  return {commits, classes: [...classes.values()].sort((one, other) => other.commitCount - one.commitCount)}
}
