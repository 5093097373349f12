import path from 'node:path'
import type {SuggestedLine} from '../../advice/suggest/suggest-lines.js'
import {editIgnoreFile, type Placement} from '../../languages/ignore/edit/edit-ignore-file.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../languages/ignore/parse-ignore-file.js'
import type {FileChange} from '../../report/file-change.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {withWrittenFile} from '../../tree/model/with-written-file.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import {joinPrefix, type PlanGroup} from './group-plans.js'
import type {MeasuredPlan} from './measure-plan.js'
import {type MeasuredSource, measureSource} from './measure-source.js'

/** An ignore file to write. Its path is relative to the report's context. */
export interface IgnoreFileChange extends FileChange {
  /** Relative to the context that the file governs. */
  contextPath: string
  hostPath: string
  /** The directory that the file must really lie in, links resolved. */
  root: string
  after: Uint8Array
}

/** The edit that adds lines to the ignore file of a group, or makes one; null when it would change nothing. */
export function createChange(
  {members, prefix}: PlanGroup,
  lines: readonly SuggestedLine[],
): IgnoreFileChange | null {
  const {ignoreFile, hostPath} = members[0]!.plan.context
  const before = ignoreFile?.content ?? null
  const relative = ignoreFile?.path ?? IGNORE_FILE
  const after = addLines(addLines(before, lines, 'before-negations'), lines, 'end')
  if (after === before || (before === null && after?.length === 0) || after === null) return null
  const file = path.join(hostPath, relative)
  const root = relative.startsWith('../') ? path.dirname(file) : hostPath
  return {path: joinPrefix(prefix, relative), contextPath: relative, hostPath: file, root, before, after}
}

/** The tree of a context as if ignore files had been written in it. It is a copy: builds that share one, share the other. */
export function withChanges(tree: FileTree, written: readonly IgnoreFileChange[]): FileTree {
  return written.reduce(
    (changed, {contextPath, after}) => withWrittenFile(changed, {path: contextPath, size: after.length}),
    tree,
  )
}

/**
 * Measures a build as if ignore files had been written, on the tree at hand.
 * @param after the build's tree with all that is written in its context (`withChanges`)
 * @param own the file that is the build's ignore file then; null: it keeps the one it has
 */
export function measureWritten(
  {plan, tree, main}: MeasuredPlan,
  after: FileTree,
  own: IgnoreFileChange | null,
): MeasuredSource {
  if (after === tree && own === null) return main
  if (own === null) return measureSource(after, plan.context, main.requests)
  const rules = new IgnoreRules(parseIgnoreFile(own.after).patterns)
  const ignoreFile = {path: own.contextPath, content: own.after, rules}
  return measureSource(after, {...plan.context, ignoreFile}, main.requests)
}

function addLines(
  content: Uint8Array | null,
  lines: readonly SuggestedLine[],
  placement: Placement,
): Uint8Array | null {
  const add = lines.filter((line) => line.placement === placement).map(({pattern}) => ({pattern}))
  if (add.length === 0) return content
  // A line of ours for the root alone has nothing left to do beside one for every level.
  const remove = add.flatMap(({pattern}) => (pattern.startsWith('**/') ? [pattern.slice(3)] : []))
  return editIgnoreFile(content, {add, remove, placement})
}
