import type {FileTree} from '../../tree/model/file-tree.js'
import {CATALOGUE} from './catalogue.js'
import type {CatalogueEntry, ContentCheck} from './catalogue-entry.js'
import type {Classifier} from './classifier.js'
import {createMarkFilter, type MarkFilter} from './create-mark-filter.js'
import {createNameFilter, type NameFilter} from './create-name-filter.js'
import {findEntry} from './find-entry.js'
import {listSuspects, type SuspectEntry} from './list-suspects.js'
import {createNameIndex, MEANS} from './name-index.js'
import {TreeViews} from './tree-view.js'

const NAMES = createNameIndex(CATALOGUE)

const hasAnyName = ({names}: CatalogueEntry) => names.length === 1 && names[0] === '*'
const OWN_NAMES = createNameIndex(CATALOGUE.filter((entry) => !hasAnyName(entry)))
const ANY_NAMES = CATALOGUE.filter(hasAnyName)

/** What the catalogue says about the entries of a tree, for all who ask: what hangs on names is worked out once. */
export class KnownEntries {
  /** By name and by what surrounds it: files stay closed. */
  readonly classify: Classifier = this.createClassifier(() => false)
  private readonly readName: NameFilter
  private readonly hasMark: MarkFilter
  private readonly views: TreeViews
  /** By index: 1 where the name is known and its neighbours rule it out; no content can change that. */
  private readonly isUnknown: Uint8Array
  private listed: readonly SuspectEntry[] | null = null

  constructor(private readonly tree: FileTree) {
    this.readName = createNameFilter(tree, OWN_NAMES)
    this.hasMark = createMarkFilter(tree, ANY_NAMES)
    this.views = new TreeViews(tree)
    this.isUnknown = new Uint8Array(tree.length)
  }

  /** @param hasContent answers whether a file holds what a check looks for */
  createClassifier(hasContent: (index: number, check: ContentCheck) => boolean): Classifier {
    return (index) => {
      if (this.isUnknown[index] === 1) return undefined
      const hasMark = this.hasMark(index)
      if (!hasMark && this.readName(index) === MEANS.nothing) return undefined
      let isOpened = false
      const entry = findEntry(
        hasMark ? NAMES : OWN_NAMES,
        this.tree.pathOf(index),
        this.views.viewOf(index),
        (check) => {
          isOpened = true
          return hasContent(index, check)
        },
      )
      if (entry === undefined && !isOpened) this.isUnknown[index] = 1
      return entry
    }
  }

  /** The entries that may be secrets, whether they are sent or not, in Docker's order. */
  get suspects(): readonly SuspectEntry[] {
    this.listed ??= listSuspects(
      this.tree,
      {index: OWN_NAMES, filter: this.readName},
      this.views,
      this.classify,
    )
    return this.listed
  }
}
