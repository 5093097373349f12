import {EntryColumns, type RareFacts} from '../../../src/tree/model/entry-columns.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import {FileTree, ROOT} from '../../../src/tree/model/file-tree.js'

interface Node {
  name: Buffer
  mode: number
  size: number
  rare: RareFacts
  children: Map<string, Node>
}

/**
 * Makes a tree without a disk: `a/b` a file, `a/` a directory, `a -> b` a link, `a/ (unreadable)`,
 * `a (9 bytes)`, `a/ (mode 777)`, `\xff` a byte that is not UTF-8. Parents come by themselves; a file is as large as its content, or one
 * byte.
 */
export function createFileTree(
  literals: readonly string[],
  contents: Readonly<Record<string, string>> = {},
): FileTree {
  const root = createNode('')
  for (const literal of literals) addPath(root, literal, contents)
  const tree = new FileTree()
  append(tree, root, ROOT)
  tree.closeAll()
  return tree
}

function addPath(root: Node, literal: string, contents: Readonly<Record<string, string>>): void {
  const isUnreadable = literal.endsWith(' (unreadable)')
  const size = literal.match(/ \((\d+) bytes\)$/)?.[1]
  const mode = literal.match(/ \(mode (\d+)\)$/)?.[1]
  const [path = '', target] = literal.replace(/ \((?:unreadable|\d+ bytes|mode \d+)\)$/, '').split(' -> ')
  let node = root
  for (const part of path.replace(/\/$/, '').split('/')) {
    const child = node.children.get(part) ?? createNode(part)
    node.children.set(part, child)
    node = child
  }
  if (isUnreadable) node.rare.unreadable = 'EACCES'
  if (mode !== undefined) node.mode = MODE.dir + Number.parseInt(mode, 8)
  if (path.endsWith('/')) return
  node.mode = target === undefined ? 0o644 : MODE.symlink + 0o777
  node.size = contents[path]?.length ?? Number(size ?? 1)
  if (target !== undefined) node.rare.linkTarget = isText(toBytes(target)) ? target : toBytes(target)
}

/** A directory, unless a path ends here. */
function createNode(name: string): Node {
  const bytes = toBytes(name)
  const rare = isText(bytes) ? {} : {nameBytes: bytes}
  return {name: bytes, mode: MODE.dir + 0o755, size: 0, rare, children: new Map()}
}

function append(tree: FileTree, {children}: Node, parent: number): void {
  for (const node of [...children.values()].sort((one, other) => Buffer.compare(one.name, other.name))) {
    const columns = new EntryColumns()
    columns.push(node.name, {mode: node.mode, size: node.size, modified: 0, modifiedBytes: 0})
    if (Object.keys(node.rare).length > 0) columns.addRare(0, node.rare)
    append(tree, node, tree.append(columns, 0, parent))
  }
}

function toBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  return Buffer.from(
    bytes.replace(/\\x([0-9a-f]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  )
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
}
