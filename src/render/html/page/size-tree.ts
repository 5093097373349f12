import {formatFiles, formatShare} from '../../../languages/text/amounts.js'
import type {TreemapData} from '../treemap-data.js'

/** Figures of the nodes in one of the pictures. */
export interface ViewFigures {
  /** Whether it shows what stays. */
  isAfter: boolean
  bytes: readonly number[]
  files: readonly number[]
  /** The bytes as people read them. */
  sizes: readonly string[]
}

/** The size tree of the page; nodes are numbers, 0 is the whole context. */
export class SizeTree {
  /** By node. */
  readonly children: readonly (readonly number[])[]
  private readonly rests: ReadonlySet<number>

  constructor(readonly data: TreemapData) {
    const children = data.names.map((): number[] => [])
    for (const [node, parent] of data.parents.entries()) children[parent]?.push(node)
    this.children = children
    this.rests = new Set(data.rests)
  }

  parentOf(node: number): number {
    return this.data.parents[node]!
  }

  childrenOf(node: number): readonly number[] {
    return this.children[node]!
  }

  kindOf(node: number): number {
    return this.data.kinds[node]!
  }

  nameOf(node: number): string {
    return this.data.names[node]!
  }

  colourOf(node: number): string {
    return this.data.colours[this.kindOf(node)]!
  }

  /** The nodes from below the whole context down to one; none for the whole. */
  branchTo(node: number): number[] {
    const branch: number[] = []
    for (let at = node; at > 0; at = this.parentOf(at)) branch.unshift(at)
    return branch
  }

  pathOf(node: number): string {
    if (node === 0) return 'the whole context'
    const steps = this.branchTo(node).filter((step) => !this.rests.has(step))
    const path = steps.map((step) => this.nameOf(step).replace(/\/$/, '')).join('/')
    if (!this.rests.has(node)) return path
    return path === '' ? this.nameOf(node) : `${path}: ${this.nameOf(node)}`
  }

  /** Describes a node: its path, then facts. */
  describe(node: number, {isAfter, bytes, files, sizes}: ViewFigures): [path: string, ...facts: string[]] {
    const {titles, leavingBytes} = this.data
    const leaving = leavingBytes[node]!
    const facts = [
      titles[this.kindOf(node)]!,
      sizes[node]!,
      formatShare(bytes[node]!, bytes[0]!),
      formatFiles(files[node]!),
    ]
    if (!isAfter && leaving > 0) {
      facts.push(leaving === this.data.bytes[node] ? 'would leave' : 'a part of it would be left out')
    }
    return [this.pathOf(node), ...facts.filter((fact) => fact !== '')]
  }

  figures(isAfter: boolean): ViewFigures {
    const {bytes, leavingBytes, files, leavingFiles, sizes, stays} = this.data
    if (!isAfter) return {isAfter, bytes, files, sizes}
    return {isAfter, bytes: subtract(bytes, leavingBytes), files: subtract(files, leavingFiles), sizes: stays}
  }
}

/** Reads the tree that the page carries; null where nothing is transferred. */
export function readSizeTree(): SizeTree | null {
  const source = document.getElementById('size-tree')
  return source === null ? null : new SizeTree(JSON.parse(source.textContent) as TreemapData)
}

function subtract(wholes: readonly number[], parts: readonly number[]): number[] {
  return wholes.map((whole, node) => whole - parts[node]!)
}
