import {SlimCheckError} from '../../../errors.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import type {CacheStep} from '../../../report/cache-report.js'
import type {GitDirectory} from '../../load/git-repository.js'
import {forecastBuild, tellSteps, type ViewedBuild} from '../predict/forecast.js'
import {loadCommit} from './load-commit.js'
import {type EarlierMoment, fetchObjects, type Moment, revertChanges} from './revert-changes.js'
import {type CurrentBuild, keepsCopies, viewOther} from './scenario.js'

/** What a commit ran again, or would have. */
export interface ReplayedCommit {
  commit: string
  /** Paths of the context that it changed, sorted. */
  changedPaths: readonly string[]
  /** Null: one of the two builds cannot be made, and why. */
  steps: readonly CacheStep[] | null
  problem: string | null
}

/**
 * Predicts what each of the last commits ran again, on a builder that had built the one before it. All comes from Git:
 * what is not committed plays no part.
 * @returns the newest first
 * @throws SlimCheckError `git-failed`
 */
export async function replayHistory(
  current: CurrentBuild,
  git: GitDirectory,
  count: number,
  options: BuildOptions,
): Promise<ReplayedCommit[]> {
  const head = await git.resolveCommit('HEAD')
  const commits = await git.listLastCommits(count)
  let after: Moment = await loadCommit(current, git, head, options)
  const all = commits.flatMap(({changes}) => changes)
  const objects = await fetchObjects(git, current.build.plan, all)
  const replayed: ReplayedCommit[] = []
  for (const {commit, changes} of commits) {
    const changedPaths = changes.map(({path}) => path.toString()).sort()
    let before: EarlierMoment
    try {
      before = revertChanges(after, changes, objects, options)
    } catch (error) {
      if (!(error instanceof SlimCheckError)) throw error
      replayed.push({commit, changedPaths, steps: null, problem: error.message})
      break
    }
    const steps = await replaySteps(current, before, after)
    replayed.push({commit, changedPaths, ...steps})
    after = before
  }
  return replayed
}

async function replaySteps(
  current: CurrentBuild,
  before: EarlierMoment,
  after: Moment,
): Promise<Pick<ReplayedCommit, 'steps' | 'problem'>> {
  try {
    const earlier: ViewedBuild = viewOther(current, before)
    const prediction = await forecastBuild(
      earlier,
      viewOther(current, after),
      readNothing,
      keepsCopies(before.patched),
    )
    return {steps: tellSteps(prediction), problem: null}
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    return {steps: null, problem: error.message}
  }
}

/** Git knows the digest of everything that is committed. */
async function readNothing(): Promise<void> {
  throw new SlimCheckError('git-failed', {reason: 'an object of the history is missing'})
}
