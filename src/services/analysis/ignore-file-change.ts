import path from 'node:path'
import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import {type MeasuredSource, measureSource} from '../../build/transfer/measure-source.js'
import {editIgnoreFile, type Placement} from '../../languages/ignore/edit/edit-ignore-file.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../languages/ignore/parse-ignore-file.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'
import type {FileChange} from '../../report/file-change.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {withWrittenFile} from '../../tree/model/with-written-file.js'
import type {Build, Context, IgnoreGroup} from '../project.js'

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
  {context, source, ignorePath}: IgnoreGroup,
  lines: readonly SuggestedLine[],
): IgnoreFileChange | null {
  const before = source.ignoreFile?.content ?? null
  const after = addSuggestedLines(before, lines)
  if (after === before || (before === null && after?.length === 0) || after === null) return null
  return describeChange(context, ignorePath, before, after)
}

/** The content with lines added, each at its place; null where there is neither. */
export function addSuggestedLines(
  content: Uint8Array | null,
  lines: readonly SuggestedLine[],
): Uint8Array | null {
  return addLines(addLines(content, lines, 'before-negations'), lines, 'end')
}

/** A change of the ignore file at a path of a context; one outside the context must lie in the directory that it is in. */
export function describeChange(
  context: Context,
  contextPath: string,
  before: Uint8Array | null,
  after: Uint8Array,
): IgnoreFileChange {
  const hostPath = path.join(context.hostPath, contextPath)
  const root = contextPath.startsWith('../') ? path.dirname(hostPath) : context.hostPath
  return {path: context.show(contextPath), contextPath, hostPath, root, before, after}
}

/** The ignore file as it will be read once it is written. */
export function parseWritten({contextPath, after}: IgnoreFileChange): PlanIgnoreFile {
  const rules = new IgnoreRules(parseIgnoreFile(after).patterns)
  return {path: contextPath, content: after, rules}
}

/** The tree of a context as if ignore files had been written in it: the same one if there are none, else a copy. */
export function withChanges(tree: FileTree, written: readonly IgnoreFileChange[]): FileTree {
  return written.reduce(
    (changed, {contextPath, after}) => withWrittenFile(changed, {path: contextPath, size: after.length}),
    tree,
  )
}

/**
 * Measures a build as if ignore files had been written, on the tree at hand.
 * @param after the build's tree with all that is written in its context (`withChanges`)
 * @param own the build's ignore file then; null: it keeps the one it has
 */
export function measureWritten(
  {context, main}: Build,
  after: FileTree,
  own: PlanIgnoreFile | null,
): MeasuredSource {
  if (own === null) return after === context.tree ? main : measureSource(after, main)
  return measureSource(after, {...main, source: {...main.source, ignoreFile: own}})
}

function addLines(
  content: Uint8Array | null,
  lines: readonly SuggestedLine[],
  placement: Placement,
): Uint8Array | null {
  const placed = lines
    .filter((line) => line.placement === placement)
    .map(({pattern, reason}) => {
      return isNegation({pattern}) ? {pattern, comment: reason} : {pattern}
    })
  // What comes back must come back whatever the other lines keep out.
  const add = placed.sort((one, other) => Number(isNegation(one)) - Number(isNegation(other)))
  if (add.length === 0) return content
  // Our line for the root alone is superfluous beside one for every level.
  const remove = add.flatMap(({pattern}) => (pattern.startsWith('**/') ? [pattern.slice(3)] : []))
  return editIgnoreFile(content, {add, remove, placement})
}

function isNegation({pattern}: {pattern: string}): boolean {
  return pattern.startsWith('!')
}
