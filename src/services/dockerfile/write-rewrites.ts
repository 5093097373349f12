import {applyRewrites} from '../../advice/suggest/find-rewrites.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {editBytes} from '../../languages/dockerfile/edit/apply-edits.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {loadPlan} from '../load/load-plan.js'
import type {DockerfileAdvice} from './advise-dockerfiles.js'

/** A change of a Dockerfile. */
export interface RewriteChange extends FileChange {
  before: Uint8Array
  after: Uint8Array
  /** Absolute; null for standard input. */
  hostPath: string | null
  /** They must still start with the new text. */
  builds: readonly BuildOptions[]
}

/** Puts chosen rewrites together, one change for each file; those that touch the same lines are for the next turn. */
export function planChanges({files}: DockerfileAdvice, chosen: readonly Rewrite[]): RewriteChange[] {
  return files.flatMap(({file, hostPath, content, text, rewrites, builds}) => {
    const {applied, edits} = applyRewrites(
      text,
      rewrites.filter((rewrite) => chosen.includes(rewrite)),
    )
    if (applied.length === 0) return []
    return [
      {
        path: file,
        hostPath,
        before: content,
        after: editBytes(content, edits),
        builds: builds.map(({asked}) => asked.options),
      },
    ]
  })
}

/** The safe rewrites, with `all` those that need a review too. */
export function chooseRewrites({report}: DockerfileAdvice, all: boolean): Rewrite[] {
  return report.rewrites.filter(({confidence}) => confidence === 'safe' || (all && confidence === 'review'))
}

/**
 * Writes changes, and puts every old text back if a build cannot start with the new ones.
 * @throws SlimCheckError when a file cannot be written, or a build cannot start; then nothing has changed
 */
export function writeRewrites(changes: readonly RewriteChange[]): void {
  const written: RewriteChange[] = []
  try {
    for (const change of changes) {
      replace(change, change.after, change.before)
      written.push(change)
    }
    for (const options of changes.flatMap(({builds}) => builds)) loadPlan(options)
  } catch (error) {
    for (const change of written.toReversed()) replace(change, change.before, change.after)
    throw error
  }
}

function replace({path, hostPath}: RewriteChange, content: Uint8Array, expected: Uint8Array): void {
  if (hostPath === null) {
    throw new SlimCheckError('cannot-edit', {path, reason: 'it comes from standard input'})
  }
  try {
    replaceFile(hostPath, content, expected)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-edit', {path, reason: error.reason})
  }
}
