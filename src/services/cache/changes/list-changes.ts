import path from 'node:path'
import {pathExists} from '../../../host/files/locations.js'
import type {PathChange} from '../../../languages/git/parse-raw-diff.js'
import type {IndexedFile} from '../../../languages/git/parse-tree-listing.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import type {GitDirectory} from '../../load/git-repository.js'

/** Node and Git tell times with other precisions. Milliseconds. */
const SAME_TIME = 0.001

const SUBMODULE = 0o160000

/**
 * What differs between a commit and the files that Git tracks, as they lie in a directory now. Git itself never reads
 * the working tree here: what it would do with the files (filters) is told by the repository. A file whose size and time
 * are those of the index is what the index has.
 * @param tree of the directory; what Docker never visits may be missing
 */
export async function listChangesSince(
  git: GitDirectory,
  commit: string,
  tree: FileTree,
  hostPath: string,
): Promise<PathChange[]> {
  const [staged, indexed] = await Promise.all([git.listStagedChanges(commit), git.listIndex()])
  const changes = new Map(staged.map((change) => [change.path.toString(), change]))
  for (const file of indexed) {
    const name = file.path.toString()
    const now = file.mode === SUBMODULE ? file : lookUp(file, name, tree, hostPath)
    if (now === file) continue
    const {path: bytes, mode, blob} = file
    // What the commit had; the same as the index where nothing is staged.
    const before = changes.has(name) ? changes.get(name)!.before : {mode, blob}
    changes.set(name, {path: bytes, before, after: now})
  }
  return [...changes.values()]
}

/** The file itself if it is what the index has; null if it no longer exists; without a blob where only its content tells. */
function lookUp(
  file: IndexedFile,
  name: string,
  tree: FileTree,
  hostPath: string,
): PathChange['after'] | IndexedFile {
  const entry = tree.find(name)
  if (entry < 0) return pathExists(path.join(hostPath, name)) ? file : null
  const isSame =
    tree.sizeOf(entry) % 2 ** 32 === file.size && Math.abs(tree.modifiedOf(entry) - file.modified) < SAME_TIME
  return isSame ? file : {mode: file.mode, blob: null}
}
