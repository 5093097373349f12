import {KnownEntries} from '../../advice/catalogue/known-entries.js'
import {selectEntries} from '../../build/transfer/select-entries.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../languages/ignore/parse-ignore-file.js'
import {buildSizeTree} from '../../measure/figures/build-size-tree.js'
import {joinSizeTrees} from '../../measure/figures/join-size-trees.js'
import type {LeavingTransfer} from '../../measure/figures/size-totals.js'
import type {SizeNode} from '../../report/size-node.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Analysis, AnalyzedGroup} from './analyze-builds.js'
import type {IgnoreFileChange} from './ignore-file-change.js'
import type {MeasuredSource} from './measure-source.js'

/** A context that crosses, for one build or for several. */
interface Part {
  name: string
  hostPath: string
  tree: FileTree
  transfers: LeavingTransfer[]
}

/** The size tree of all that the builds of an analysis transfer; what the accepted lines take away is marked. */
export function reportSizeTree({groups}: Analysis): SizeNode {
  const parts = new Map<string, Part>()
  for (const {group, member} of groups.flatMap(listMembers)) {
    const {tree, main, named, plan} = member
    const {hostPath} = plan.context
    const name = group.prefix.replace(/\/$/, '') || 'context'
    addTransfer(parts, {name, hostPath, tree}, markLeaving(tree, main, group.change))
    for (const context of named) {
      const part = {
        name: `context ${context.name}`,
        hostPath: context.measured.source.hostPath,
        tree: context.tree,
      }
      addTransfer(parts, part, markLeaving(context.tree, context.measured, null))
    }
  }
  return joinSizeTrees(
    [...parts.values()].map(({name, tree, transfers}) => {
      const {classify} = new KnownEntries(tree)
      const sizeTree = buildSizeTree(tree, transfers, {kindOf: (index) => classify(index) ?? null})
      return {name, tree: sizeTree}
    }),
  )
}

function listMembers(group: AnalyzedGroup) {
  return group.members.map((member) => ({group, member}))
}

function addTransfer(
  parts: Map<string, Part>,
  part: Omit<Part, 'transfers'>,
  transfer: LeavingTransfer,
): void {
  const key = `${part.name}\0${part.hostPath}`
  const known = parts.get(key)
  if (known) known.transfers.push(transfer)
  else parts.set(key, {...part, transfers: [transfer]})
}

/** Selects once more with the changed ignore file, on the same tree: what is missing then is what leaves. */
function markLeaving(
  tree: FileTree,
  {filter, selection, transfer, requests}: MeasuredSource,
  change: IgnoreFileChange | null,
): LeavingTransfer {
  if (change === null || !requests.usesContext) return {selection, transfer, isLeaving: () => false}
  const ignore = new IgnoreRules(parseIgnoreFile(change.after).patterns)
  const staying = new Uint8Array(tree.length)
  for (const index of selectEntries(tree, {...filter, ignore}).entries) staying[index] = 1
  return {selection, transfer, isLeaving: (index) => staying[index] === 0}
}
