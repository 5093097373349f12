import type {CatalogueEntry, ContentCheck} from './catalogue-entry.js'
import {hasEvidence, type PathView} from './check-evidence.js'
import type {NameIndex} from './name-index.js'

/**
 * Says what a path is: the first entry, in the index's order, whose name and evidence it has.
 * @param path relative to the context, `/`-separated; not its root
 * @param hasContent answers for an entry that wants the file opened, and is asked only for those:
 * a first pass may note the question, answer no, and learn what the path is if the file holds nothing
 */
export function findEntry(
  index: NameIndex,
  path: string,
  view: PathView,
  hasContent: (check: ContentCheck) => boolean,
): CatalogueEntry | undefined {
  for (const entry of index.candidates(path, view.type)) {
    if (!hasEvidence(entry, view)) continue
    if (entry.content === undefined || hasContent(entry.content)) return entry
  }
  return undefined
}
