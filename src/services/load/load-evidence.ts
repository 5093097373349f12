import {type EvidenceWant, listEvidence} from '../../advice/facts/evidence.js'
import type {EvidenceTexts} from '../../build/graph/proof-input.js'
import {readBeginnings} from '../../host/files/read-beginnings.js'
import type {ContextSource} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** Reads the files that are wanted of a context, as far as its ignore file leaves them. */
export function loadEvidence(
  {hostPath, ignoreFile}: ContextSource,
  tree: FileTree,
  wants: readonly EvidenceWant[],
): EvidenceTexts {
  return readBeginnings(hostPath, listEvidence(tree, wants, ignoreFile?.rules ?? null))
}
