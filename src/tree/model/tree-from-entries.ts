import {EntryColumns, type RareFacts, varintBytes} from './entry-columns.js'
import {MODE} from './file-mode.js'
import {FileTree, ROOT} from './file-tree.js'

/** An entry that was not read from a directory: of a tar, or of a test. */
export interface PlainEntry {
  /** Relative to the context, `/`-separated, clean. */
  path: string
  /** Go's file mode. */
  mode: number
  /** Bytes. */
  size: number
  /** Milliseconds since 1970. */
  modified: number
  linkTarget?: string
  /** A hard link: the path of the file. */
  hardLinkTo?: string
}

interface TreeNode {
  entry: PlainEntry | null
  children: Map<string, TreeNode>
}

const IMPLIED_DIRECTORY = {mode: MODE.dir + 0o755, size: 0, modified: 0}

/** Builds a tree from entries in any order; the last one of a path counts, directories not given are implied. */
export function createFileTree(entries: Iterable<PlainEntry>): FileTree {
  const root: TreeNode = {entry: null, children: new Map()}
  const inodes = numberHardLinks(entries)
  for (const entry of entries) findNode(root, entry.path).entry = entry
  const tree = new FileTree()
  // Holds one entry at a time: columns for each would take most of the time.
  const scratch = new EntryColumns()
  const pending: {name: string; node: TreeNode; parent: number}[] = []
  const open = (node: TreeNode, parent: number): void => {
    const children = [...node.children].sort(([a], [b]) => Buffer.compare(Buffer.from(b), Buffer.from(a)))
    for (const [name, child] of children) pending.push({name, node: child, parent})
  }
  open(root, ROOT)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const index = append(tree, scratch, next, inodes)
    if (next.node.children.size > 0) open(next.node, index)
  }
  tree.closeAll()
  return tree
}

function append(
  tree: FileTree,
  scratch: EntryColumns,
  {name, node, parent}: {name: string; node: TreeNode; parent: number},
  inodes: ReadonlyMap<string, number>,
): number {
  const {entry, children} = node
  const {mode, size, modified} =
    entry !== null && children.size === 0 ? entry : {...IMPLIED_DIRECTORY, ...asDirectory(entry)}
  const nanoseconds = modified * 1e6
  scratch.length = 0
  const modifiedBytes = modified === 0 ? 0 : varintBytes(nanoseconds)
  scratch.push(name, {mode, size, modified, modifiedBytes})
  const index = tree.append(scratch, 0, parent)
  const facts: RareFacts = {}
  if (entry?.linkTarget !== undefined) facts.linkTarget = entry.linkTarget
  const inode = entry === null ? undefined : inodes.get(entry.path)
  if (inode !== undefined) facts.inode = inode
  if (Object.keys(facts).length > 0) tree.columns.addRare(index, facts)
  return index
}

/** An entry with children is a directory, even if its row says otherwise. */
function asDirectory(entry: PlainEntry | null): Partial<PlainEntry> {
  return entry !== null && entry.mode >= MODE.dir ? entry : {}
}

function findNode(root: TreeNode, path: string): TreeNode {
  let node = root
  for (const name of path.split('/')) {
    let child = node.children.get(name)
    if (child === undefined) {
      child = {entry: null, children: new Map()}
      node.children.set(name, child)
    }
    node = child
  }
  return node
}

/** A number for each file with several links, by path. */
function numberHardLinks(entries: Iterable<PlainEntry>): Map<string, number> {
  const inodes = new Map<string, number>()
  for (const {path, hardLinkTo} of entries) {
    if (hardLinkTo === undefined) continue
    const inode = inodes.get(hardLinkTo) ?? inodes.size + 1
    inodes.set(hardLinkTo, inode).set(path, inode)
  }
  return inodes
}
