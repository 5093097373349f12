import type {SizeNode} from '../../report/size-node.js'

/**
 * Joins the trees of several contexts under one root, largest first, each by its name: `api`, `context lib`. Paths
 * start with that name. A single tree stays as it is.
 */
export function joinSizeTrees(parts: readonly {name: string; tree: SizeNode}[]): SizeNode {
  if (parts.length === 1) return parts[0]!.tree
  const children = parts
    .filter(({tree}) => tree.transferBytes > 0)
    .map(({name, tree}) => ({...withPrefix(tree, name), name}))
    .sort((one, other) => other.transferBytes - one.transferBytes)
  const root: SizeNode = {
    name: '',
    path: '',
    kind: 'other',
    title: '',
    isDirectory: true,
    fileCount: 0,
    transferBytes: 0,
    leavingFileCount: 0,
    leavingBytes: 0,
    children,
  }
  for (const {fileCount, transferBytes, leavingFileCount, leavingBytes} of children) {
    root.fileCount += fileCount
    root.transferBytes += transferBytes
    root.leavingFileCount += leavingFileCount
    root.leavingBytes += leavingBytes
  }
  return root
}

function withPrefix(node: SizeNode, prefix: string): SizeNode {
  return {
    ...node,
    path: node.path === '' ? prefix : `${prefix}/${node.path}`,
    children: node.children.map((child) => withPrefix(child, prefix)),
  }
}
