import type {CatalogueEntry} from './catalogue-entry.js'

/** Says what an entry of a tree is by the catalogue; undefined for what it does not know. */
export type Classifier = (index: number) => CatalogueEntry | undefined
