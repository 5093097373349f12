import type {ComposeChange} from '../../advice/rules/define-compose-rule.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {readFileBounded} from '../../host/files/read-file.js'
import {editBytes, editsOverlap} from '../../languages/dockerfile/edit/apply-edits.js'
import type {FileChange} from '../../report/file-change.js'
import type {ComposeRewrite} from '../../report/project/compose-report.js'
import type {ComposeAnalysis} from './report-compose.js'
import {holdsText} from './try-change.js'

/** A change of a compose file. */
export interface ComposeFileChange extends FileChange {
  before: Uint8Array
  after: Uint8Array
  /** Absolute. */
  hostPath: string
  changes: readonly ComposeChange[]
}

/** The safe rewrites, with `all` those that need a review too. */
export function chooseComposeRewrites({report}: ComposeAnalysis, all: boolean): ComposeRewrite[] {
  return report.rewrites.filter(({confidence}) => confidence === 'safe' || (all && confidence === 'review'))
}

/** Puts chosen rewrites together, one change for each file; those that touch the same lines are for the next turn. */
export function planComposeChanges(
  {loaded, changes}: ComposeAnalysis,
  chosen: readonly ComposeRewrite[],
): ComposeFileChange[] {
  const byFile = new Map<string, ComposeChange[]>()
  for (const rewrite of chosen) {
    const change = changes.get(rewrite)!
    const known = byFile.get(change.file) ?? []
    const meets = known.some(({edits}) =>
      edits.some((one) => change.edits.some((other) => editsOverlap(one, other) || isSamePlace(one, other))),
    )
    if (!meets) byFile.set(change.file, [...known, change])
  }
  return [...byFile].map(([hostPath, own]) => {
    const before = readContent(hostPath, loaded.show(hostPath))
    const after = editBytes(
      before,
      own.flatMap(({edits}) => edits),
    )
    return {path: loaded.show(hostPath), hostPath, before, after, changes: own}
  })
}

type Edit = ComposeChange['edits'][number]

function isSamePlace({range: one}: Edit, {range: other}: Edit): boolean {
  return one.start === other.start && one.end === other.end
}

function readContent(hostPath: string, shown: string): Uint8Array {
  const read = readFileBounded(hostPath, 2 ** 20)
  if (read.status === 'read') return read.content
  throw new SlimCheckError('cannot-edit', {path: shown, reason: 'it can no longer be read'})
}

/**
 * Writes changes; none is made where the files together would say anything else than what was meant.
 * @throws SlimCheckError `cannot-edit`; then nothing has changed
 */
export function writeComposeChanges({loaded}: ComposeAnalysis, changes: readonly ComposeFileChange[]): void {
  for (const {hostPath, path, after, changes: own} of changes) {
    const text = new TextDecoder().decode(after)
    if (holdsText(loaded, hostPath, text, own)) continue
    throw new SlimCheckError('cannot-edit', {
      path,
      reason: 'the new file would not say what is meant, so nothing was written',
    })
  }
  const written: ComposeFileChange[] = []
  try {
    for (const change of changes) {
      replace(change, change.after, change.before)
      written.push(change)
    }
  } catch (error) {
    for (const change of written.toReversed()) replace(change, change.before, change.after)
    throw error
  }
}

function replace({path, hostPath}: ComposeFileChange, content: Uint8Array, expected: Uint8Array): void {
  try {
    replaceFile(hostPath, content, expected)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-edit', {path, reason: error.reason})
  }
}
