import type {Selection} from '../../build/transfer/select-entries.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {SuspectEntry} from '../catalogue/list-suspects.js'
import {findSuspects} from './find-suspects.js'

/** A file whose name is not enough: its beginning tells whether it holds a secret. */
export interface SecretCandidate {
  /** Relative to the context, `/`-separated. */
  path: string
  /** Only so much of its beginning is wanted. */
  maxBytes: number
}

/** No project that means well has more files of such names; opening them must stay quick. */
const MAX_CANDIDATES = 100

/** Lists the files of a transfer that must be opened to tell a secret from its name's sake, those near the root first. */
export function listSecretCandidates(
  tree: FileTree,
  suspects: readonly SuspectEntry[],
  selection: Selection,
  limit = MAX_CANDIDATES,
): SecretCandidate[] {
  return findSuspects(tree, suspects, selection)
    .map(({path, candidates}) => ({
      path,
      maxBytes: Math.max(0, ...candidates.map(({content}) => content?.maxBytes ?? 0)),
    }))
    .filter(({maxBytes}) => maxBytes > 0)
    .sort((one, other) => depthOf(one.path) - depthOf(other.path))
    .slice(0, limit)
}

function depthOf(path: string): number {
  return path.split('/').length
}
