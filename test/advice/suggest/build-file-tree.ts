import {EntryColumns, varintBytes} from '../../../src/tree/model/entry-columns.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import {FileTree, ROOT} from '../../../src/tree/model/file-tree.js'

/** What stands at a path: a file of so many bytes or with this text, a link `-> target`, a hard link `= inode`. */
export type TreeLiteral = Readonly<Record<string, number | string>>

interface Node {
  children: Map<string, Node>
  value: number | string | null
}

const TIME = 1_700_000_000_000

/** Makes a tree without a disk; directories come by themselves. */
export function buildFileTree(literal: TreeLiteral): FileTree {
  const root: Node = {children: new Map(), value: null}
  for (const [path, value] of Object.entries(literal)) {
    let node = root
    for (const part of path.split('/').filter((name) => name !== '')) {
      const next = node.children.get(part) ?? {children: new Map(), value: null}
      node.children.set(part, next)
      node = next
    }
    if (!path.endsWith('/')) node.value = value
  }
  const tree = new FileTree()
  append(tree, root, ROOT, new EntryColumns())
  tree.closeAll()
  return tree
}

function append(tree: FileTree, {children}: Node, parent: number, columns: EntryColumns): void {
  const names = [...children.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  for (const name of names) {
    const node = children.get(name)!
    const {mode, size} = describe(node)
    const at = columns.push(name, {mode, size, modified: TIME, modifiedBytes: varintBytes(TIME * 1e6)})
    const {value} = node
    if (typeof value === 'string' && value.startsWith('-> '))
      columns.addRare(at, {linkTarget: value.slice(3)})
    if (typeof value === 'string' && value.startsWith('= '))
      columns.addRare(at, {inode: Number(value.slice(2))})
    const index = tree.append(columns, at, parent)
    append(tree, node, index, columns)
  }
}

function describe({value}: Node): {mode: number; size: number} {
  if (value === null) return {mode: MODE.dir + 0o755, size: 4096}
  if (typeof value === 'number') return {mode: 0o644, size: value}
  if (value.startsWith('-> ')) return {mode: MODE.symlink + 0o777, size: value.length - 3}
  return {mode: 0o644, size: value.startsWith('= ') ? 50_000 : Buffer.byteLength(value)}
}
