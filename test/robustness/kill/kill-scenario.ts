import {killAtRandom} from './kill-at-random.js'
import {runToEnd, runWhole} from './run-recorded.js'
import {dropTemporary, findFault, type Scenario} from './scenarios.js'
import {readState, restoreState, type TreeState} from './tree-state.js'

/** What came of killing. */
export interface KillCount {
  /** Runs that were killed before their end. */
  killed: number
  /** Of them, those that left something between the old tree and the new one; temporary files count. */
  torn: number
}

/**
 * Kills each call of a scenario some times; a run that comes to its end is not counted. After each kill the files must be old or new, and after the last one the
 * call must bring what it brings undisturbed.
 * @throws Error naming the fault
 */
export async function killScenario(
  root: string,
  {calls}: Scenario,
  {kills, random}: {kills: number; random: () => number},
): Promise<KillCount> {
  const count = {killed: 0, torn: 0}
  for (const call of calls) {
    const whole = await runWhole(root, call)
    const [before, after] = [whole[0]!, whole.at(-1)!]
    for (let killed = 0; killed < kills; ) {
      restoreState(root, before)
      if (await killAtRandom(root, call.words, random)) killed++
      const state = readState(root)
      const fault = findFault(state, whole)
      if (fault !== null) throw new Error(`${call.words.join(' ')}: ${fault}`)
      if (!isSame(state, before) && !isSame(state, after)) count.torn++
    }
    count.killed += kills
    // A temporary file in the context is an entry of the context: it would be in the figures.
    restoreState(root, dropTemporary(readState(root)))
    if (!isSame(readState(root), after)) await runToEnd(root, call.words)
    if (!isSame(dropTemporary(readState(root)), after))
      throw new Error(`${call.words.join(' ')} was not taken up`)
    restoreState(root, after)
  }
  return count
}

function isSame(one: TreeState, other: TreeState): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
