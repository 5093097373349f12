import type {Selection} from '../../build/transfer/select-entries.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {SuspectEntry} from '../catalogue/list-suspects.js'
import type {EvidenceWant} from '../facts/evidence.js'
import {findSuspects} from './find-suspects.js'

/** No project that means well has more files of such names; opening them must stay quick. */
const MAX_FILES = 100

/**
 * The files of a transfer whose name is not enough: their beginnings tell whether they hold a secret. Those near the
 * root come first.
 */
export function listWantedForSecrets(
  tree: FileTree,
  suspects: readonly SuspectEntry[],
  selection: Selection,
  maxFiles = MAX_FILES,
): EvidenceWant[] {
  return findSuspects(tree, suspects, selection)
    .map(({path, candidates}) => ({
      paths: [path],
      maxBytes: Math.max(0, ...candidates.map(({content, inGit}) => (content ?? inGit)?.maxBytes ?? 0)),
      maxFiles: 1,
    }))
    .filter(({maxBytes}) => maxBytes > 0)
    .sort((one, other) => depthOf(one.paths[0]!) - depthOf(other.paths[0]!))
    .slice(0, maxFiles)
}

function depthOf(path: string): number {
  return path.split('/').length
}
