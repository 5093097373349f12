import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'
import {baseName} from '../../languages/text/container-path.js'
import {expandPattern, findNode, sortedEntries} from './file-system.js'
import type {DirectoryNode, Node, UnknownNode} from './nodes.js'

/** Which part of a file system a step takes. */
export interface Selector {
  /** Absolute and clean; `/` is everything. */
  path: string
  hasWildcards: boolean
  /** As `COPY --exclude` has them. */
  exclude: readonly string[]
}

/** One thing that a step takes, as BuildKit compares it: where it lies is not compared. */
export interface SelectedNode {
  /** The base name; null where that is not compared. */
  name: string | null
  /** Null: there is nothing. */
  node: Node | null
  /** With all below it; else a directory is compared by its own mode alone. */
  isWhole: boolean
}

/** The entry under which lies what was copied to a place that only the base image knows. */
export const UNKNOWN_PLACE = '?'

/** The name of what a pattern may meet in a place that is not known. */
export const UNKNOWN_ENTRIES = '*'

/** Lists what a selector takes, in the order in which BuildKit compares it (docs/cache.md 3). */
export function selectNodes(root: DirectoryNode, selector: Selector): SelectedNode[] {
  const {path, hasWildcards, exclude} = selector
  const selected =
    hasWildcards || exclude.length > 0
      ? new ListedSelection(root, selector).list()
      : [{name: null, node: path === '/' ? root : findNode(root, path, true), isWhole: true}]
  const elsewhere = root.entries().get(UNKNOWN_PLACE)
  return elsewhere ? [...selected, {name: UNKNOWN_PLACE, node: elsewhere, isWhole: true}] : selected
}

/** A selection by wildcards or with exceptions: entry by entry, base name and content. */
class ListedSelection {
  readonly #selected: SelectedNode[] = []
  readonly #matcher: IgnoreRules | null
  /** Directories around the entry at hand that no listed entry has brought in yet. */
  readonly #pending: SelectedNode[] = []

  constructor(
    private readonly root: DirectoryNode,
    private readonly selector: Selector,
  ) {
    const {exclude} = selector
    this.#matcher = exclude.length === 0 ? null : IgnoreRules.of(exclude)
  }

  list(): SelectedNode[] {
    const {path, hasWildcards} = this.selector
    const whole = path === '/' ? this.root : findNode(this.root, path, true)
    const matches = hasWildcards ? expandPattern(this.root, path) : [{path, node: whole}]
    for (const {path: matched, node} of matches) {
      if (node?.kind === 'unknown' && hasWildcards) this.#addUnknown(node)
      else if (node !== null) this.#listEntry(node, '', NO_MATCH, matched)
    }
    const [only, ...more] = this.#selected
    // One entry of the name that the selector ends in is compared like any other single file.
    const isSingle = only !== undefined && more.length === 0 && only.name === baseName(path)
    return isSingle ? [{...only, name: null}] : this.#selected
  }

  #addUnknown(node: UnknownNode): void {
    this.#add({name: UNKNOWN_ENTRIES, node, isWhole: true})
  }

  /** Lists an entry and all below it; the match itself has no name to BuildKit, which only `*` and the like exclude. */
  #listEntry(node: Node, relative: string, parent: Match, top: string): void {
    const name = baseName(relative === '' ? top : relative)
    const match = this.#matcher === null ? parent : this.#matcher.match(relative, parent)
    if (node.kind !== 'directory') {
      if (match.matched) return
      this.#add({name, node: relative === '' ? this.#follow(node, top) : node, isWhole: true})
      return
    }
    const header = {name, node, isWhole: false}
    // The root is compared by what it holds.
    const isRoot = top === '/' && relative === ''
    if (match.matched) this.#pending.push(header)
    else if (!isRoot) this.#add(header)
    for (const [childName, child] of sortedEntries(node)) {
      this.#listEntry(child, relative === '' ? childName : `${relative}/${childName}`, match, top)
    }
    for (const unknown of node.unknown) this.#addUnknown(unknown)
    if (match.matched && this.#pending.at(-1) === header) this.#pending.pop()
  }

  /** An entry brings in the directories around it. */
  #add(selected: SelectedNode): void {
    this.#selected.push(...this.#pending.splice(0), selected)
  }

  /** A match that is a link is compared as what it leads to; a link in a directory is not followed. */
  #follow(node: Node, top: string): Node {
    return node.kind === 'link' ? (findNode(this.root, top, true) ?? node) : node
  }
}
