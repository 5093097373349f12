import type {ContextModel} from '../context/context-model.js'
import {CATALOGUE} from './catalogue/catalogue.js'
import type {CatalogueEntry, ContentCheck} from './catalogue/catalogue-entry.js'
import {findEntry} from './catalogue/find-entry.js'
import {createNameIndex} from './catalogue/name-index.js'
import {createNameFilter} from './create-name-filter.js'
import {ModelViews} from './model-view.js'

/** Says what an entry of a model is by the catalogue; undefined for what it does not know. */
export type Classifier = (index: number) => CatalogueEntry | undefined

const NAMES = createNameIndex(CATALOGUE)

/**
 * Makes a classifier for a model.
 * @param hasContent answers whether a file holds what a check looks for; by default files stay closed and it does not
 */
export function createClassifier(
  model: ContextModel,
  hasContent: (index: number, check: ContentCheck) => boolean = () => false,
): Classifier {
  const mayBeKnown = createNameFilter(model, NAMES)
  const views = new ModelViews(model)
  return (index) => {
    if (!mayBeKnown(index)) return undefined
    const view = views.viewOf(index)
    return findEntry(NAMES, model.pathOf(index), view, (check) => hasContent(index, check))
  }
}
