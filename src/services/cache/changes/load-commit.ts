import type {FileDigests} from '../../../build/cache/context-view.js'
import type {ListedFile} from '../../../languages/git/parse-tree-listing.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import {FileTree} from '../../../tree/model/file-tree.js'
import {patchTree, type TreeEntry} from '../../../tree/model/patch-tree.js'
import type {GitDirectory} from '../../load/git-repository.js'
import {type BuildTexts, type Moment, makeMoment, textPathsOf, textsOf} from './revert-changes.js'
import {type CurrentBuild, toTreeEntry} from './scenario.js'

/** The context as a clean checkout of a commit has it. */
export async function loadCommit(
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
  const {plan, graph, main} = build
  const texts = await readTexts(files, textPathsOf(plan), git, textsOf(plan))
  const now = {plan, graph: graph!, texts: textsOf(plan), request: main}
  return makeMoment(now, {tree, digests: digestsOf(tree, files), texts}, options)
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
