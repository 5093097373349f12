import {createHash} from 'node:crypto'
import {NEW_CONTENT} from './context-view.js'
import type {Content, DirectoryNode, FileNode, Node, UnknownNode} from './nodes.js'
import {type SelectedNode, UNKNOWN_ENTRIES, UNKNOWN_PLACE} from './select-nodes.js'

/** `known`: two unknown things differ, unless they are the same thing. `possible`: two unknown things may be equal. */
export type CompareMode = 'known' | 'possible'

/** A file whose content decides: the view that it is in, and the entry. */
export type WantedFile = Extract<Content, {kind: 'context'}>

/**
 * Compares what steps take. Contents that are not known yet count as equal and are asked for, so that one round finds
 * all that a comparison needs; where something else differs already, nothing is asked for.
 */
export class NodeComparison {
  /** The files to read before this comparison is final. */
  readonly wanted = new Set<WantedFile>()
  #asked: WantedFile[] = []
  readonly #answers = new WeakMap<Node, WeakMap<Node, boolean>>()

  constructor(private readonly mode: CompareMode) {}

  /** Tells whether two steps take the same. */
  areSame(some: readonly SelectedNode[], others: readonly SelectedNode[]): boolean {
    if (this.mode === 'possible' && this.#areOpen(some, others)) return true
    if (some.length !== others.length) return false
    this.#asked = []
    const isSame = some.every((one, at) => this.#isSameSelection(one, others[at]!))
    if (isSame) for (const file of this.#asked) this.wanted.add(file)
    return isSame
  }

  /** Whether they may hold more than is known. What both leave open in the same way is the same. */
  #areOpen(some: readonly SelectedNode[], others: readonly SelectedNode[]): boolean {
    const mine = some.filter(isOpen)
    const theirs = others.filter(isOpen)
    return (
      mine.length !== theirs.length || mine.some(({node}, at) => !this.#isSameOpening(node, theirs[at]!.node))
    )
  }

  #isSameSelection(one: SelectedNode, other: SelectedNode): boolean {
    if (one.name !== other.name || one.isWhole !== other.isWhole) return false
    if (one.node === null || other.node === null) return one.node === other.node
    if (one.isWhole) return this.#isSame(one.node, other.node)
    if (one.node.kind === 'directory' && other.node.kind === 'directory') {
      return this.#hasSameHeader(one.node, other.node)
    }
    return this.#isSame(one.node, other.node)
  }

  #isSame(one: Node, other: Node): boolean {
    if (one === other) return true
    const known = this.#answers.get(one)?.get(other)
    // What was asked for before is among the wanted files already.
    if (known !== undefined) return known
    const askedBefore = this.#asked.length
    const isSame = this.#compare(one, other)
    if (this.#asked.length === askedBefore) {
      const answers = this.#answers.get(one) ?? new WeakMap<Node, boolean>()
      this.#answers.set(one, answers.set(other, isSame))
    }
    return isSame
  }

  #compare(one: Node, other: Node): boolean {
    if (one.kind === 'unknown' || other.kind === 'unknown') {
      if (this.mode === 'possible') return true
      return one.kind === 'unknown' && other.kind === 'unknown' && this.#isSameUnknown(one, other)
    }
    if (one.kind === 'directory' && other.kind === 'directory') return this.#isSameDirectory(one, other)
    if (one.kind === 'link' && other.kind === 'link') {
      return one.target === other.target && one.owner === other.owner
    }
    return one.kind === 'file' && other.kind === 'file' && this.#isSameFile(one, other)
  }

  #isSameUnknown(one: UnknownNode, other: UnknownNode): boolean {
    if (one.source !== other.source || one.path !== other.path) return false
    return this.#isSameOrNone(one.of, other.of) && this.#isSameOrNone(one.over, other.over)
  }

  #isSameOrNone(one: Node | null, other: Node | null): boolean {
    return one === null || other === null ? one === other : this.#isSame(one, other)
  }

  #hasSameHeader(one: DirectoryNode, other: DirectoryNode): boolean {
    if (this.mode === 'possible') {
      if (!this.#holdsSameUnknown(one, other)) return true
      // Both may be a directory that existed before: then it does not matter which step would have made it.
      if (one.mode === null && other.mode === null) return true
    }
    return one.mode === other.mode && one.owner === other.owner
  }

  #isSameDirectory(one: DirectoryNode, other: DirectoryNode): boolean {
    const isClosed = this.#holdsSameUnknown(one, other)
    if (!this.#hasSameHeader(one, other) || (!isClosed && this.mode === 'known')) return false
    // What is not known may hold an entry that only the other has.
    const mayHold = ({unknown}: DirectoryNode) => !isClosed && unknown.length > 0
    const mine = one.entries()
    const theirs = other.entries()
    for (const [name, node] of mine) {
      const counterpart = theirs.get(name)
      if (counterpart === undefined ? !mayHold(other) : !this.#isSame(node, counterpart)) return false
    }
    for (const name of theirs.keys()) if (!mine.has(name) && !mayHold(one)) return false
    return true
  }

  #holdsSameUnknown({unknown: some}: DirectoryNode, {unknown: others}: DirectoryNode): boolean {
    return some.length === others.length && some.every((one, at) => this.#isSameOpening(one, others[at]!))
  }

  /** Whether two unknown things are the same thing. */
  #isSameOpening(one: Node | null, other: Node | null): boolean {
    if (one === other) return true
    if (one === null || other === null) return false
    if (one.kind !== 'unknown' || other.kind !== 'unknown')
      return this.mode === 'known' && this.#isSame(one, other)
    const isSamePlace = one.source === other.source && one.path === other.path
    return isSamePlace && this.#isSameOpening(one.of, other.of) && this.#isSameOpening(one.over, other.over)
  }

  #isSameFile(one: FileNode, other: FileNode): boolean {
    return (
      one.mode === other.mode && one.owner === other.owner && this.#hasSameContent(one.content, other.content)
    )
  }

  #hasSameContent(one: Content, other: Content): boolean {
    const mine = digestOf(one)
    const theirs = digestOf(other)
    if (mine !== undefined && theirs !== undefined) return mine === theirs
    if ((mine ?? theirs)?.startsWith(NEW_CONTENT)) return false
    if (sizeOf(one) !== sizeOf(other)) return false
    if (sizeOf(one) === 0) return true
    if (mine === undefined) this.#asked.push(one as WantedFile)
    if (theirs === undefined) this.#asked.push(other as WantedFile)
    return true
  }
}

/** It may stand for any number of entries, or for none. */
function isOpen({name}: SelectedNode): boolean {
  return name === UNKNOWN_PLACE || name === UNKNOWN_ENTRIES
}

/** Bytes. */
function sizeOf(content: Content): number {
  if (content.kind === 'text') return Buffer.byteLength(content.text)
  const {view, entry} = content
  return view.arrivesEmpty.has(entry) ? 0 : view.tree.sizeOf(entry)
}

function digestOf(content: Content): string | undefined {
  return content.kind === 'text' ? digestText(content.text) : content.view.digests.digestOf(content.entry)
}

/** The digest by which contents are compared: that of a Git blob, so that what Git knows need not be read. */
function digestText(text: string | Uint8Array): string {
  const length = Buffer.byteLength(text)
  return createHash('sha1').update(`blob ${length}\0`).update(text).digest('hex')
}
