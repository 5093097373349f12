import {ROOT} from '../../tree/model/file-tree.js'
import {linkTargetOf} from '../../tree/model/tree-link-reader.js'
import {type ContextView, isUntouched} from './context-view.js'

/**
 * Something at a path of a file system, as far as it is known. Nodes never change, and what is the same thing is the
 * same node: comparing costs what differs, not what there is.
 */
export type Node = FileNode | LinkNode | DirectoryNode | UnknownNode

export interface FileNode {
  kind: 'file'
  content: Content
  /** Go's file mode; behind `--chmod=u+x` the mode before, with that. */
  mode: string
  /** `0:0` from a context. */
  owner: string
}

/** What is in a file. */
export type Content =
  | {kind: 'context'; view: ContextView; entry: number}
  /** Of a heredoc. */
  | {kind: 'text'; text: string}

interface LinkNode {
  kind: 'link'
  target: string
  owner: string
}

export interface DirectoryNode {
  kind: 'directory'
  /** Null: the one of a directory that may be there already, else 0755. */
  mode: string | null
  owner: string
  /** Worked out when first asked for; in the order of the names' bytes. */
  entries: () => ReadonlyMap<string, Node>
  /** What else it may hold, the topmost first: parts of file systems that are not known. */
  unknown: readonly UnknownNode[]
}

/** What an image or a RUN left at a path. */
export interface UnknownNode {
  kind: 'unknown'
  /** Equal for the same outcome of the same step. */
  source: string
  path: string
  /** What it was made of, as a directory of an archive. */
  of: Node | null
  /** What it may have been put over. */
  over: Node | null
}

const NOTHING: ReadonlyMap<string, Node> = new Map()

/** An empty directory. */
export function makeDirectory(
  mode: string | null,
  owner: string,
  unknown: readonly UnknownNode[] = [],
): DirectoryNode {
  return {kind: 'directory', mode, owner, entries: () => NOTHING, unknown}
}

export function makeUnknown(source: string, path: string, of: Node | null = null): UnknownNode {
  return {kind: 'unknown', source, path, of, over: null}
}

/** A file system of which nothing is known. */
export function makeUnknownRoot(source: string): DirectoryNode {
  return makeDirectory('', ROOT_OWNER, [makeUnknown(source, '/')])
}

/** Of what comes from a context or from the Dockerfile. */
export const ROOT_OWNER = '0:0'

/** A directory made on the way to a destination. */
export const MADE_MODE = 'd755'

/** Remembers what a costly function without side effects returned. */
export function remember<Value>(make: () => Value): () => Value {
  let made: {value: Value} | null = null
  return () => {
    made ??= {value: make()}
    return made.value
  }
}

/** The files of a context as nodes; those that the builder has from an earlier build are that build's nodes. */
export class ContextNodes {
  readonly #nodes = new Map<number, Node>()

  /** @param earlier those of the build that the view is aligned with */
  constructor(
    readonly view: ContextView,
    private readonly earlier: ContextNodes | null = null,
  ) {}

  get root(): DirectoryNode {
    return this.nodeOf(ROOT) as DirectoryNode
  }

  nodeOf(entry: number): Node {
    const known = this.#nodes.get(entry)
    if (known) return known
    const node = this.#findEarlier(entry) ?? this.#make(entry)
    this.#nodes.set(entry, node)
    return node
  }

  /** The node of the same path in the earlier build; null: there was none. */
  earlierNodeOf(entry: number): Node | null {
    const {view, earlier} = this
    const before = view.earlier?.before
    const old = before?.tree.find(view.tree.pathOf(entry)) ?? -1
    return old >= 0 && before?.isSent(old) ? (earlier?.nodeOf(old) ?? null) : null
  }

  /** A file that is kept, or a directory in which nothing has changed. */
  #findEarlier(entry: number): Node | null {
    const {view, earlier} = this
    if (earlier === null || view.earlier === null) return null
    if (entry === ROOT || view.tree.isDirectory(entry)) {
      if (!isUntouched(view.earlier, view, entry)) return null
      return earlier.nodeOf(entry === ROOT ? ROOT : view.earlier.directories[entry]!)
    }
    const old = view.earlier.kept[entry]!
    return old < 0 ? null : earlier.nodeOf(old)
  }

  #make(entry: number): Node {
    const {view} = this
    const {tree} = view
    if (entry === ROOT) return this.#makeDirectory(entry, '')
    if (tree.isDirectory(entry)) return this.#makeDirectory(entry, this.#directoryMode(entry))
    const target = linkTargetOf(tree, entry)
    if (target !== null) return {kind: 'link', target, owner: ROOT_OWNER}
    const {device, xattrBytes = 0} = tree.rareOf(entry) ?? {}
    const facts = [device && `${device.major}:${device.minor}`, xattrBytes > 0 && `x${xattrBytes}`].filter(
      Boolean,
    )
    const mode = [`${tree.modeOf(entry)}`, ...facts].join(' ')
    return {kind: 'file', content: {kind: 'context', view, entry}, mode, owner: ROOT_OWNER}
  }

  #makeDirectory(entry: number, mode: string): DirectoryNode {
    const entries = remember(() => {
      const children = [...this.view.childrenOf(entry)]
      return new Map(children.map((child) => [this.view.tree.nameOf(child), this.nodeOf(child)]))
    })
    return {kind: 'directory', mode, owner: ROOT_OWNER, entries, unknown: []}
  }

  /** A builder that has the directory does not take over another mode. */
  #directoryMode(entry: number): string {
    const {view, earlier} = this
    const old = view.earlier?.kept[entry] ?? -1
    if (old >= 0 && earlier) return (earlier.nodeOf(old) as DirectoryNode).mode ?? ''
    return `d${(view.tree.modeOf(entry) & 0o777).toString(8)}${view.tree.modeOf(entry) & 0xf00000 ? '+' : ''}`
  }
}
