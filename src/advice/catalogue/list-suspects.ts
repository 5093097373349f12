import type {FileTree} from '../../tree/model/file-tree.js'
import type {CatalogueEntry} from './catalogue-entry.js'
import {hasEvidence} from './check-evidence.js'
import type {Classifier} from './classifier.js'
import type {NameFilter} from './create-name-filter.js'
import {MEANS, type NameIndex} from './name-index.js'
import type {TreeViews} from './tree-view.js'

/** An entry that bears the name of a secret. */
export interface SuspectEntry {
  entry: number
  path: string
  /** What it may be, best first; entries with a content check need the file opened. */
  candidates: readonly CatalogueEntry[]
}

/** What the catalogue knows of names, and of those in the tree. */
interface KnownNames {
  index: NameIndex
  filter: NameFilter
}

/**
 * Lists the entries of a tree that bear a secret's name, and its evidence, in Docker's order. What lies in a
 * directory of installed packages belongs to others and is public.
 */
export function listSuspects(
  tree: FileTree,
  {index, filter}: KnownNames,
  views: TreeViews,
  classify: Classifier,
): SuspectEntry[] {
  const suspects: SuspectEntry[] = []
  for (let entry = 0; entry < tree.length; ) {
    if (filter(entry) === MEANS.secret && !isEmptyFile(tree, entry)) {
      const path = tree.pathOf(entry)
      const candidates = index
        .candidates(path, tree.typeOf(entry))
        .filter((one) => one.disposition === 'secret' && hasEvidence(one, views.viewOf(entry)))
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
