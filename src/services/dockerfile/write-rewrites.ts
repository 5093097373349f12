import {applyRewrites} from '../../advice/suggest/find-rewrites.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {editBytes} from '../../languages/dockerfile/edit/apply-edits.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {loadPlan} from '../load/load-plan.js'
import type {DockerfileAdvice} from './advise-dockerfile.js'

/** A change of a Dockerfile. */
export interface RewriteChange extends FileChange {
  before: Uint8Array
  after: Uint8Array
  /** What is in it; others touch the same lines, and are for the next turn. */
  applied: readonly Rewrite[]
}

/** Puts the safe rewrites together, with `all` those that need a review too; null where there are none. */
export function planChange({report, content, text}: DockerfileAdvice, all: boolean): RewriteChange | null {
  const chosen = report.rewrites.filter(
    ({confidence}) => confidence === 'safe' || (all && confidence === 'review'),
  )
  const {applied, edits} = applyRewrites(text, chosen)
  if (applied.length === 0) return null
  return {path: report.dockerfile, before: content, after: editBytes(content, edits), applied}
}

/**
 * Writes a change, and puts the old text back if the new one cannot be built.
 * @throws SlimCheckError when the file cannot be written, or cannot be built; then nothing has changed
 */
export function writeChange({hostPath, options}: DockerfileAdvice, change: RewriteChange): void {
  if (hostPath === null) {
    throw new SlimCheckError('cannot-edit', {path: '-', reason: 'it comes from standard input'})
  }
  replace(hostPath, change, change.after, change.before)
  try {
    loadPlan(options)
  } catch (error) {
    replace(hostPath, change, change.before, change.after)
    throw error
  }
}

function replace(hostPath: string, {path}: FileChange, content: Uint8Array, expected: Uint8Array): void {
  try {
    replaceFile(hostPath, content, expected)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-edit', {path, reason: error.reason})
  }
}
