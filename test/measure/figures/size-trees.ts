import {buildSizeTree} from '../../../src/measure/figures/build-size-tree.js'
import type {LeavingTransfer} from '../../../src/measure/figures/size-totals.js'
import type {SizeNode} from '../../../src/report/size-node.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import type {FileTree} from '../../../src/tree/model/file-tree.js'
import {createFileTree} from '../../../src/tree/model/tree-from-entries.js'

/** What the tests' trees know. */
const KNOWN = new Map([
  ['node_modules', {kind: 'npm-packages', title: 'npm packages'}],
  ['.git', {kind: 'git-history', title: 'Git history'}],
  ['.next', {kind: 'next-build', title: 'Next.js build output'}],
])

/** `[path, size]` of files; directories are implied. */
export function makeFileTree(files: readonly (readonly [path: string, size: number])[]): FileTree {
  return createFileTree(files.map(([path, size]) => ({path, mode: 0o644, size, modified: 1})))
}

/** A transfer of everything; a file costs its size, a directory `directoryBytes`; what a name in `leaving` holds leaves. */
export function makeTransfer(
  tree: FileTree,
  leaving: readonly string[] = [],
  directoryBytes = 0,
): LeavingTransfer {
  const entries = Uint32Array.from({length: tree.length}, (_, index) => index)
  const entryBytes = Float64Array.from(entries, (index) =>
    tree.modeOf(index) >= MODE.dir ? directoryBytes : tree.sizeOf(index),
  )
  const isLeaving = (index: number): boolean =>
    tree
      .pathOf(index)
      .split('/')
      .some((name) => leaving.includes(name))
  return {selection: {entries}, transfer: {entryBytes}, isLeaving}
}

/** The tree of some files. */
export function makeTree(
  files: readonly (readonly [path: string, size: number])[],
  leaving: readonly string[] = [],
  maxNodes?: number,
): SizeNode {
  const tree = makeFileTree(files)
  return buildSizeTree(tree, [makeTransfer(tree, leaving, 10)], {
    kindOf: (index) => KNOWN.get(tree.nameOf(index)) ?? null,
    ...(maxNodes !== undefined && {maxNodes}),
  })
}

/** All nodes, parents first. */
export function* walkTree(node: SizeNode): Generator<SizeNode> {
  yield node
  for (const child of node.children) yield* walkTree(child)
}
