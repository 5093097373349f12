import type {FileTree} from '../../tree/model/file-tree.js'
import {CATALOGUE} from './catalogue.js'
import type {CatalogueEntry} from './catalogue-entry.js'
import {hasEvidence} from './check-evidence.js'
import type {Classifier} from './classifier.js'
import {createNameFilter} from './create-name-filter.js'
import {createNameIndex} from './name-index.js'
import type {TreeViews} from './tree-view.js'

/** An entry that bears the name of a secret. */
export interface SuspectEntry {
  entry: number
  path: string
  /** What it may be, best first; entries with a content check need the file opened. */
  candidates: readonly CatalogueEntry[]
}

const SECRET_NAMES = createNameIndex(CATALOGUE.filter(({disposition}) => disposition === 'secret'))

/**
 * Lists the entries of a tree that bear a secret's name, and its evidence, in Docker's order. What lies in a
 * directory of installed packages belongs to others and is public.
 */
export function listSuspects(tree: FileTree, views: TreeViews, classify: Classifier): SuspectEntry[] {
  const maySuspect = createNameFilter(tree, SECRET_NAMES)
  const suspects: SuspectEntry[] = []
  for (let entry = 0; entry < tree.length; ) {
    if (maySuspect(entry) && !isEmptyFile(tree, entry)) {
      const path = tree.pathOf(entry)
      const candidates = SECRET_NAMES.candidates(path, tree.typeOf(entry)).filter((candidate) =>
        hasEvidence(candidate, views.viewOf(entry)),
      )
      if (candidates.length > 0) suspects.push({entry, path, candidates: upToCertain(candidates)})
    }
    const isOfOthers = tree.isDirectory(entry) && classify(entry)?.disposition === 'regenerated'
    entry = isOfOthers ? tree.endOf(entry) : entry + 1
  }
  return suspects
}

/** Behind one that the name alone proves, none is asked. */
function upToCertain(candidates: readonly CatalogueEntry[]): readonly CatalogueEntry[] {
  const certain = candidates.findIndex(({content}) => content === undefined)
  return certain < 0 ? candidates : candidates.slice(0, certain + 1)
}

function isEmptyFile(tree: FileTree, entry: number): boolean {
  return tree.isFile(entry) && tree.sizeOf(entry) === 0
}
