import type {FileTree} from '../../../tree/model/file-tree.js'
import {patchTree, type TreeEntry} from '../../../tree/model/patch-tree.js'
import {
  type CurrentBuild,
  EditedDigests,
  PatchedDigests,
  type Scenario,
  viewCurrent,
  viewOther,
} from './scenario.js'

/** A new file as an editor makes it. Its time is one that no file on disk has. */
const NEW_FILE = {mode: 0o644, size: 1, modified: -1}

/**
 * What happens if some paths get another content. A directory stands for all files in it; a path that is not there
 * for a new file.
 */
export function editPaths(
  current: CurrentBuild,
  name: string,
  title: string,
  paths: readonly string[],
): Scenario {
  const {build, described, digests} = current
  const {tree} = build.context
  const missing = paths.filter((path) => tree.find(path) < 0)
  const changes = [...missing.map((path): Change => [path, NEW_FILE]), ...fillEmptyFiles(tree, paths)]
  const patched = changes.length === 0 ? null : patchTree(tree, changes)
  const now = patched?.tree ?? tree
  const originOf = (entry: number): number => (patched === null ? entry : patched.origins[entry]!)
  const edited = new Set(paths.flatMap((path) => listFiles(now, now.find(path))))
  const unedited = patched === null ? digests : new PatchedDigests(digests, patched.origins, new Map())
  const own = new EditedDigests(unedited, edited)
  const after =
    patched === null
      ? viewCurrent(current, own)
      : viewOther(current, {tree: now, digests: own, request: build.main, graph: described.graph})
  return {
    name,
    title,
    changedPaths: [...paths].sort(),
    before: viewCurrent(current, digests),
    after,
    keeps: (_before, old, _after, entry) =>
      !edited.has(entry) && (originOf(entry) === old || now.isDirectory(entry)),
    read: (view, entries) => digests.read(view.tree === tree ? entries : entries.map(originOf)),
  }
}

type Change = [path: string, entry: TreeEntry]

/** An empty file has one content only: an edit gives it another size. */
function fillEmptyFiles(tree: FileTree, paths: readonly string[]): Change[] {
  const entries = paths.flatMap((path) => listFiles(tree, tree.find(path)))
  const empty = entries.filter((entry) => entry >= 0 && tree.isFile(entry) && tree.sizeOf(entry) === 0)
  return empty.map((entry) => [tree.pathOf(entry), {...NEW_FILE, mode: tree.modeOf(entry)}])
}

function listFiles(tree: FileTree, entry: number): number[] {
  const files: number[] = []
  if (entry < 0) return files
  for (let at = entry; at < tree.endOf(entry); at++) if (!tree.isDirectory(at)) files.push(at)
  return files
}
