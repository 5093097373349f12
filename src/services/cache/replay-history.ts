import type {FileDigests} from '../../build/cache/context-view.js'
import {SlimCheckError} from '../../errors.js'
import type {ListedFile} from '../../languages/git/parse-tree-listing.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {CacheStep} from '../../report/cache-report.js'
import {FileTree} from '../../tree/model/file-tree.js'
import {patchTree, type TreeEntry} from '../../tree/model/patch-tree.js'
import type {GitDirectory} from '../load/git-repository.js'
import {forecastBuild, tellSteps, type ViewedBuild} from './forecast.js'
import {
  type BuildTexts,
  type EarlierMoment,
  fetchObjects,
  type Moment,
  makeMoment,
  revertChanges,
  textPathsOf,
  textsOf,
} from './revert-changes.js'
import {type CurrentBuild, keepsCopies, toTreeEntry, viewOther} from './scenario.js'

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
    replayed.push(await replayCommit(current, commit, changedPaths, before, after))
    after = before
  }
  return replayed
}

async function replayCommit(
  current: CurrentBuild,
  commit: string,
  changedPaths: readonly string[],
  before: EarlierMoment,
  after: Moment,
): Promise<ReplayedCommit> {
  try {
    const earlier: ViewedBuild = viewOther(current, before)
    const prediction = await forecastBuild(
      earlier,
      viewOther(current, after),
      readNothing,
      keepsCopies(before.patched),
    )
    return {commit, changedPaths, steps: tellSteps(prediction), problem: null}
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    return {commit, changedPaths, steps: null, problem: error.message}
  }
}

/** Git knows the digest of everything that is committed. */
async function readNothing(): Promise<void> {
  throw new SlimCheckError('git-failed', {reason: 'an object of the history is missing'})
}

/** The context as a clean checkout of a commit has it. */
async function loadCommit(
  {build}: CurrentBuild,
  git: GitDirectory,
  commit: string,
  options: BuildOptions,
): Promise<Moment> {
  const files = await git.listFiles(commit)
  const links = await git.readBlobs(files.filter(({mode}) => mode === 0o120000).map(({blob}) => blob))
  const entries = files.map(({path, mode, size, blob}): [string, TreeEntry] => {
    return [path.toString(), toTreeEntry(mode, size, links.get(blob)?.toString())]
  })
  const {tree} = patchTree(new FileTree(), entries)
  const {plan, main} = build
  const texts = await readTexts(files, textPathsOf(plan), git, textsOf(plan))
  return makeMoment({plan, texts: textsOf(plan), request: main}, tree, digestsOf(tree, files), texts, options)
}

function digestsOf(tree: FileTree, files: readonly ListedFile[]): FileDigests {
  const byPath = new Map(files.map(({path, blob}) => [path.toString(), blob]))
  const blobs = Array.from({length: tree.length}, (_, entry) => byPath.get(tree.pathOf(entry)))
  return {digestOf: (entry) => blobs[entry]}
}

/** A text that no commit has, such as a Dockerfile outside the context, is taken as it is now. */
async function readTexts(
  files: readonly ListedFile[],
  paths: Record<keyof BuildTexts, string>,
  git: GitDirectory,
  now: BuildTexts,
): Promise<BuildTexts> {
  const blobOf = (path: string) => files.find((file) => file.path.toString() === path)?.blob
  const blobs = await git.readBlobs(Object.values(paths).flatMap((path) => blobOf(path) ?? []))
  const read = (path: string) => blobs.get(blobOf(path) ?? '') ?? null
  return {
    dockerfile: read(paths.dockerfile) ?? now.dockerfile,
    ownIgnore: read(paths.ownIgnore),
    rootIgnore: read(paths.rootIgnore),
  }
}
