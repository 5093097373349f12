import type {ContextModel} from '../../context/context-model.js'
import {ROOT} from '../../context/context-model.js'
import type {Selection} from '../../transfer/select-entries.js'
import {CATALOGUE} from '../catalogue/catalogue.js'
import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'
import {hasEvidence} from '../catalogue/check-evidence.js'
import {createNameIndex} from '../catalogue/name-index.js'
import {createClassifier} from '../classify-entries.js'
import {createNameFilter} from '../create-name-filter.js'
import {ModelViews} from '../model-view.js'

/** An entry that crosses and bears the name of a secret. */
export interface SuspectEntry {
  index: number
  path: string
  /** What it may be, best first; entries with a content check need the file opened. */
  candidates: readonly CatalogueEntry[]
}

const SECRET_NAMES = createNameIndex(CATALOGUE.filter(({disposition}) => disposition === 'secret'))

/**
 * Finds the entries of a transfer that bear a secret's name, and its evidence, in Docker's order. What lies in a
 * directory of installed packages belongs to others and is public; what lies in a reported directory goes with it.
 */
export function findSuspects(model: ContextModel, selection: Selection): SuspectEntry[] {
  const maySuspect = createNameFilter(model, SECRET_NAMES)
  const views = new ModelViews(model)
  const classify = createClassifier(model)
  const regenerated = new Map<number, boolean>([[ROOT, false]])
  const isRegenerated = (directory: number): boolean => {
    let known = regenerated.get(directory)
    if (known === undefined) {
      known = isRegenerated(model.parentOf(directory)) || classify(directory)?.disposition === 'regenerated'
      regenerated.set(directory, known)
    }
    return known
  }
  const suspects: SuspectEntry[] = []
  let covered = 0
  for (const entry of selection.entries) {
    if (entry < covered || !maySuspect(entry) || selection.arrivesEmpty.has(entry)) continue
    if (isEmptyFile(model, entry) || isRegenerated(model.parentOf(entry))) continue
    const path = model.pathOf(entry)
    const candidates = upToCertain(
      SECRET_NAMES.candidates(path, model.typeOf(entry)).filter((candidate) =>
        hasEvidence(candidate, views.viewOf(entry)),
      ),
    )
    if (candidates.length === 0) continue
    suspects.push({index: entry, path, candidates})
    if (model.isDirectory(entry)) covered = model.endOf(entry)
  }
  return suspects
}

/** Behind one that the name alone proves, none is asked. */
function upToCertain(candidates: readonly CatalogueEntry[]): readonly CatalogueEntry[] {
  const certain = candidates.findIndex(({content}) => content === undefined)
  return certain < 0 ? candidates : candidates.slice(0, certain + 1)
}

function isEmptyFile(model: ContextModel, index: number): boolean {
  return model.typeOf(index) === 'file' && model.sizeOf(index) === 0
}
