import type {ComposeChange} from '../../advice/rules/define-compose-rule.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {readFileBounded} from '../../host/files/read-file.js'
import {editBytes, editsOverlap} from '../../languages/dockerfile/edit/apply-edits.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {FileChange} from '../../report/file-change.js'
import type {ComposeRewrite} from '../../report/project/compose-report.js'
import type {LoadedCompose} from './load-compose.js'
import type {ComposeAnalysis} from './report-compose.js'
import {holdsFiles, holdsTexts, textOf} from './try-change.js'

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
    const before = readContent(loaded, hostPath)
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

/** Edits are of the text that was judged: another one is not touched. */
function readContent(loaded: LoadedCompose, hostPath: string): Uint8Array {
  const path = loaded.show(hostPath)
  const read = readFileBounded(hostPath, 2 ** 20)
  if (read.status !== 'read')
    throw new SlimCheckError('cannot-edit', {path, reason: 'it can no longer be read'})
  if (decodeText(read.content) === textOf(loaded, hostPath)) return read.content
  throw new SlimCheckError('cannot-edit', {path, reason: 'it was changed meanwhile'})
}

/**
 * Writes changes; none is made where the files together would say anything else than what was meant, and all are undone
 * where they do once they are written.
 * @throws SlimCheckError `cannot-edit`; then nothing has changed, or the reason names what has
 */
export function writeComposeChanges({loaded}: ComposeAnalysis, changes: readonly ComposeFileChange[]): void {
  if (changes.length === 0) return
  const all = changes.flatMap((change) => change.changes)
  const path = changes.map((change) => change.path).join(', ')
  const texts = new Map(changes.map(({hostPath, after}) => [hostPath, decodeText(after)]))
  if (!holdsTexts(loaded, texts, all)) {
    const reason = 'the new file would not say what is meant, so nothing was written'
    throw new SlimCheckError('cannot-edit', {path, reason})
  }
  const written: ComposeFileChange[] = []
  try {
    for (const change of changes) {
      replace(change, change.after, change.before)
      written.push(change)
    }
    // Two names may be one file, and another file may have changed meanwhile.
    if (!holdsFiles(loaded, createProjectFiles(), all)) {
      const reason = 'with the new file the project does not say what is meant, so the old one was put back'
      throw new SlimCheckError('cannot-edit', {path, reason})
    }
  } catch (error) {
    const left = written.toReversed().flatMap((change) => putBack(change) ?? [])
    if (left.length === 0 || !(error instanceof SlimCheckError)) throw error
    const data = error.data as {path: string; reason: string}
    throw new SlimCheckError('cannot-edit', {...data, reason: [data.reason, ...left].join('; ')})
  }
}

/** @returns why a file that was written stays as it is; null where it is as it was */
function putBack(change: ComposeFileChange): string | null {
  try {
    replace(change, change.before, change.after)
    return null
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    const {reason} = error.data as {reason: string}
    return `"${change.path}" was written and could not be put back: ${reason}`
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
