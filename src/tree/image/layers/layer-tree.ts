import {ImageFault} from '../image-fault.js'
import {TYPE} from '../tar/tar-header.js'
import type {TarEntry} from '../tar/tar-scanner.js'
import {LatestDirectory, namesOf} from './entry-path.js'
import {LayerFiles} from './layer-files.js'
import {grown, type PathColumns, PathTable, ROOT_NODE} from './path-table.js'
import {type WhiteoutName, whiteoutOf} from './whiteout.js'

/** What stands at a path. */
export const KIND = {none: 0, directory: 1, file: 2, symlink: 3, other: 4, outerLink: 5} as const

/** Marks beside the kind. */
export const MARK = {whiteout: 1, opaque: 2} as const

/** A layer as it is by itself: what its directory holds once it is unpacked, and what it takes away from those below. */
export interface LayerTree {
  paths: PathColumns
  /** By node: `KIND`. */
  kinds: Uint8Array
  /** By node: `MARK`s. */
  marks: Uint8Array
  /** By node: the file there, an index into `files`. */
  fileOf: Int32Array
  files: LayerFiles
  /** Targets of symlinks, and of hard links to files of lower layers, by node. */
  links: Map<number, Uint8Array>
  /** Beginnings of contents that were kept, by file. */
  beginnings: Map<number, Uint8Array>
  /** Entries of the tar, long names and pax headers not counted. */
  entryCount: number
  /** Sizes of all entries together, of whiteouts and of names that come twice, too: what graph drivers record. */
  payloadBytes: number
}

const NO_DIRECTORY = new LatestDirectory(Buffer.alloc(0), ROOT_NODE)

/** Linux follows so many links in one path. */
const MAX_LINKS = 40

/** Puts the entries of a layer's tar into a tree, in their order: the later of two entries of one name stays. */
export class LayerTreeBuilder {
  private readonly paths: PathTable
  private kinds = new Uint8Array(64)
  private marks = new Uint8Array(64)
  private fileOf = new Int32Array(64)
  /** By directory: the first of what is in it, 0 for nothing. What is no longer there is in no such list. */
  private firstChild = new Int32Array(64)
  private nextSibling = new Int32Array(64)
  private readonly links = new Map<number, Uint8Array>()
  private readonly files = new LayerFiles()
  private readonly beginnings = new Map<number, Uint8Array>()
  private entryCount = 0
  private payloadBytes = 0
  private latest = NO_DIRECTORY

  /** @param seed see `PathTable` */
  constructor(seed: number) {
    this.paths = new PathTable(seed)
    this.kinds[ROOT_NODE] = KIND.directory
  }

  /**
   * Adds an entry and returns the index of the file that its content belongs to; -1 if it has none.
   * @throws ImageFault for what no engine unpacks
   */
  add(entry: TarEntry): number {
    if (entry.type === TYPE.paxGlobal) return -1
    this.entryCount++
    if (entry.type === TYPE.file) this.payloadBytes += entry.size
    const {name, type} = entry
    if (!KNOWN_TYPES.has(type)) throw new ImageFault(`it has an entry of type ${describeType(type)}`)
    const start = this.latest.startOfNeighbour(name)
    if (start !== -1) return this.addAt(this.latest.node, start, name.length, entry)
    const names = namesOf(name)
    if (names.length === 0) return this.addRoot(type)
    return this.addAt(this.directoryOf(name, names), names.at(-2)!, names.at(-1)!, entry)
  }

  /** @param start where the last name of the entry's path begins @param end behind it */
  private addAt(parent: number, start: number, end: number, entry: TarEntry): number {
    const {name} = entry
    const whiteout = whiteoutOf(name, start, end)
    if (whiteout !== null) return this.addWhiteout(parent, name, whiteout)
    const node = this.nodeOf(parent, name, start, end)
    if (entry.isOverlayWhiteout) this.mark(node, MARK.whiteout)
    return entry.isOverlayWhiteout ? -1 : this.put(node, entry)
  }

  setDigest(file: number, digest: Uint8Array): void {
    this.files.setDigest(file, digest)
  }

  keep(file: number, beginning: Uint8Array): void {
    this.beginnings.set(file, beginning)
  }

  finish(): LayerTree {
    const {length} = this.paths
    this.files.trim()
    return {
      paths: this.paths.columns(),
      kinds: this.kinds.slice(0, length),
      marks: this.marks.slice(0, length),
      fileOf: this.fileOf.slice(0, length),
      files: this.files,
      links: this.links,
      beginnings: this.beginnings,
      entryCount: this.entryCount,
      payloadBytes: this.payloadBytes,
    }
  }

  private addRoot(type: number): number {
    if (type !== TYPE.directory) throw new ImageFault('an entry that is not a directory has no name')
    return -1
  }

  private addWhiteout(parent: number, name: Buffer, whiteout: WhiteoutName): number {
    if (whiteout.kind === 'opaque') this.mark(parent, MARK.opaque)
    else this.mark(this.nodeOf(parent, name, whiteout.start, whiteout.end), MARK.whiteout)
    return -1
  }

  private mark(node: number, mark: number): void {
    this.marks[node]! |= mark
  }

  private put(node: number, entry: TarEntry): number {
    switch (entry.type) {
      case TYPE.directory:
        this.makeDirectory(node)
        return -1
      case TYPE.hardLink:
        this.link(node, entry.linkName)
        return -1
      case TYPE.symlink:
        this.replace(node, KIND.symlink)
        this.links.set(node, copy(entry.linkName))
        return -1
      case TYPE.file:
        this.replace(node, KIND.file)
        return this.addFile(node, entry)
      default:
        this.replace(node, KIND.other)
        return -1
    }
  }

  private addFile(node: number, entry: TarEntry): number {
    const {size, mode, uid, gid, modified, contentStart, sparseMap} = entry
    const file = this.files.push({size, mode, uid, gid, modified, contentStart, node, sparseMap})
    this.fileOf[node] = file
    this.files.linkCounts[file] = 1
    return file
  }

  private link(node: number, linkName: Buffer): void {
    const target = this.findTarget(linkName)
    // The kernel does nothing where both names are one file already.
    if (target === node && this.kinds[node] !== KIND.none) return
    const kind = target === -1 ? KIND.none : this.kinds[target]!
    if (kind === KIND.directory) throw new ImageFault('it has a hard link to a directory')
    if (kind === KIND.none || kind === KIND.outerLink) {
      this.replace(node, KIND.outerLink)
      this.links.set(node, copy(linkName))
      return
    }
    this.replace(node, kind)
    if (kind === KIND.symlink) this.links.set(node, this.links.get(target)!)
    if (kind !== KIND.file) return
    const file = this.fileOf[target]!
    this.fileOf[node] = file
    this.files.linkCounts[file]!++
  }

  /** What a hard link names in this layer; -1 for nothing. */
  private findTarget(linkName: Buffer): number {
    const names = namesOf(linkName)
    let node = ROOT_NODE
    for (let at = 0; at < names.length; at += 2) {
      node = this.paths.find(node, linkName, names[at], names[at + 1])
      if (node === -1) return -1
      if (at + 2 < names.length && this.kinds[node] === KIND.symlink)
        node = this.follow(node, {left: MAX_LINKS})
    }
    return names.length === 0 ? -1 : node
  }

  /** The directory that an entry goes into, made where it is missing. */
  private directoryOf(name: Buffer, names: number[]): number {
    const node = this.descend(ROOT_NODE, name, names.slice(0, -2), {left: MAX_LINKS})
    this.latest = new LatestDirectory(copy(name.subarray(0, names.at(-2)!)), node)
    return node
  }

  private descend(from: number, path: Uint8Array, names: number[], budget: {left: number}): number {
    let node = from
    for (let at = 0; at < names.length; at += 2) {
      node = this.nodeOf(node, path, names[at]!, names[at + 1]!)
      if (this.kinds[node] === KIND.symlink) node = this.follow(node, budget)
      else if (this.kinds[node] !== KIND.directory) this.implyDirectory(node)
    }
    return node
  }

  /** The directory that a symlink of this layer leads to, made where it is missing, inside the root. */
  private follow(link: number, budget: {left: number}): number {
    if (budget.left-- === 0) throw new ImageFault('it has a path through too many symbolic links')
    const target = this.links.get(link)!
    const absolute = target[0] === 0x2f ? target : this.besideLink(link, target)
    return this.descend(ROOT_NODE, absolute, namesOf(absolute), budget)
  }

  private besideLink(link: number, target: Uint8Array): Uint8Array {
    return Buffer.concat([this.paths.pathOf(this.paths.parentOf(link)), Buffer.from('/'), target])
  }

  private implyDirectory(node: number): void {
    if (this.kinds[node] !== KIND.none) throw new ImageFault('it has an entry below a file')
    this.makeDirectory(node)
  }

  private makeDirectory(node: number): void {
    if (this.kinds[node] !== KIND.directory) this.replace(node, KIND.directory)
  }

  /** Puts something else at a path; what was there goes, and all below it. */
  private replace(node: number, kind: number): void {
    const before = this.kinds[node]!
    if (before === KIND.directory) this.clearBelow(node)
    if (before === KIND.directory || before === KIND.symlink) this.latest = NO_DIRECTORY
    if (before === KIND.none) this.addToParent(node)
    this.clear(node)
    this.kinds[node] = kind
  }

  private addToParent(node: number): void {
    const parent = this.paths.parentOf(node)
    this.nextSibling[node] = this.firstChild[parent]!
    this.firstChild[parent] = node
  }

  private clear(node: number): void {
    if (this.kinds[node] === KIND.file) this.files.linkCounts[this.fileOf[node]!]!--
    this.links.delete(node)
    this.kinds[node] = KIND.none
  }

  private clearBelow(directory: number): void {
    const pending = [directory]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      for (let child = this.firstChild[node]!; child !== 0; child = this.nextSibling[child]!) {
        if (this.kinds[child] === KIND.directory) pending.push(child)
        this.clear(child)
      }
      this.firstChild[node] = 0
    }
  }

  private nodeOf(parent: number, path: Uint8Array, start: number, end: number): number {
    const node = this.paths.add(parent, path, start, end)
    if (node === this.kinds.length) this.grow()
    return node
  }

  private grow(): void {
    const capacity = this.kinds.length * 2
    this.kinds = grown(new Uint8Array(capacity), this.kinds)
    this.marks = grown(new Uint8Array(capacity), this.marks)
    this.fileOf = grown(new Int32Array(capacity), this.fileOf)
    this.firstChild = grown(new Int32Array(capacity), this.firstChild)
    this.nextSibling = grown(new Int32Array(capacity), this.nextSibling)
  }
}

/** A name of an entry is a view of a block that is read into again. */
function copy(name: Uint8Array): Uint8Array {
  return new Uint8Array(name)
}

/** What every engine unpacks (docs/image.md 2.13). */
const KNOWN_TYPES = new Set<number>([
  TYPE.file,
  TYPE.hardLink,
  TYPE.symlink,
  TYPE.charDevice,
  TYPE.blockDevice,
  TYPE.directory,
  TYPE.fifo,
])

function describeType(type: number): string {
  return type > 0x20 && type < 0x7f ? JSON.stringify(String.fromCharCode(type)) : String(type)
}
