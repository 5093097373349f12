import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import {selectEntries} from '../../build/transfer/select-entries.js'
import {buildSizeTree} from '../../measure/figures/build-size-tree.js'
import {joinSizeTrees} from '../../measure/figures/join-size-trees.js'
import type {LeavingTransfer} from '../../measure/figures/size-totals.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'
import type {SizeNode} from '../../report/size-node.js'
import type {Context} from '../project.js'
import type {Analysis} from './analysis.js'
import {parseWritten} from './ignore-file-change.js'

/** A context that crosses, for one build or for several. */
interface Part {
  name: string
  context: Context
  transfers: LeavingTransfer[]
}

/** The size tree of all that the builds of an analysis transfer; what the accepted lines take away is marked. */
export function reportSizeTree({groups}: Analysis): SizeNode {
  const parts = new Map<string, Part>()
  for (const {context, change, builds} of groups) {
    const written = change && parseWritten(change)
    const name = context.prefix.replace(/\/$/, '') || 'context'
    for (const {main, named} of builds) {
      addTransfer(parts, name, context, markLeaving(context, main, written))
      for (const one of named) {
        addTransfer(parts, `context ${one.name}`, one.context, markLeaving(one.context, one.measured, null))
      }
    }
  }
  return joinSizeTrees(
    [...parts.values()].map(({name, context, transfers}) => {
      const sizeTree = buildSizeTree(context.tree, transfers, {kindOf: (entry) => context.kindOf(entry)})
      return {name, tree: sizeTree}
    }),
  )
}

function addTransfer(
  parts: Map<string, Part>,
  name: string,
  context: Context,
  transfer: LeavingTransfer,
): void {
  const key = `${name}\0${context.hostPath}`
  const known = parts.get(key)
  if (known) known.transfers.push(transfer)
  else parts.set(key, {name, context, transfers: [transfer]})
}

/** Selects once more with the ignore file as it will be, on the same tree: what is missing then is what leaves. */
function markLeaving(
  {tree}: Context,
  {filter, selection, transfer, requests}: MeasuredSource,
  written: PlanIgnoreFile | null,
): LeavingTransfer {
  if (written === null || !requests.usesContext) return {selection, transfer, isLeaving: () => false}
  const staying = new Uint8Array(tree.length)
  for (const entry of selectEntries(tree, {...filter, ignore: written.rules}).entries) staying[entry] = 1
  return {selection, transfer, isLeaving: (entry) => staying[entry] === 0}
}
