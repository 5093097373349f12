import {buildSizeTree} from '../../../src/measure/figures/build-size-tree.js'
import type {LeavingTransfer} from '../../../src/measure/figures/size-totals.js'
import type {SizeNode} from '../../../src/report/size-node.js'
import type {ContextModel} from '../../../src/tree/model/context-model.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import {createModel} from '../../../src/tree/model/model-from-entries.js'

/** What the tests' trees know. */
export const KNOWN = new Map([
  ['node_modules', {kind: 'npm-packages', title: 'npm packages'}],
  ['.git', {kind: 'git-history', title: 'Git history'}],
  ['.next', {kind: 'next-build', title: 'Next.js build output'}],
])

/** `[path, size]` of files; directories are implied. */
export function makeModel(files: readonly (readonly [path: string, size: number])[]): ContextModel {
  return createModel(files.map(([path, size]) => ({path, mode: 0o644, size, modified: 1})))
}

/** A transfer of everything; a file costs its size, a directory `directoryBytes`; what a name in `leaving` holds leaves. */
export function makeTransfer(
  model: ContextModel,
  leaving: readonly string[] = [],
  directoryBytes = 0,
): LeavingTransfer {
  const entries = Uint32Array.from({length: model.length}, (_, index) => index)
  const entryBytes = Float64Array.from(entries, (index) =>
    model.modeOf(index) >= MODE.dir ? directoryBytes : model.sizeOf(index),
  )
  const isLeaving = (index: number): boolean =>
    model
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
  const model = makeModel(files)
  return buildSizeTree(model, [makeTransfer(model, leaving, 10)], {
    kindOf: (index) => KNOWN.get(model.nameOf(index)) ?? null,
    ...(maxNodes !== undefined && {maxNodes}),
  })
}

/** All nodes, parents first. */
export function* walkTree(node: SizeNode): Generator<SizeNode> {
  yield node
  for (const child of node.children) yield* walkTree(child)
}
