import {DockerfileError, SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {loadPlan} from '../load/load-plan.js'
import type {ProjectBuild} from '../project.js'
import type {DockerfileAdvice} from './advise-dockerfiles.js'
import type {AdvisedFile} from './advised-file.js'
import {applyInTurns} from './apply-in-turns.js'

/** A change of a Dockerfile. */
export interface RewriteChange extends FileChange {
  before: Uint8Array
  after: Uint8Array
  /** Absolute; null for standard input. */
  hostPath: string | null
  builds: readonly ProjectBuild[]
  /** Builds that nobody asked for: these, too, must still start with the new Dockerfile. */
  witnesses: readonly ProjectBuild[]
  /** Of the rewrites, in the order of the file. */
  rules: readonly string[]
}

/**
 * Puts chosen rewrites together, one change for each file; those that touch the same lines are made in turns.
 * @throws SlimCheckError `cannot-edit` for a line that is not UTF-8
 */
export function planChanges({files}: DockerfileAdvice, chosen: readonly Rewrite[]): RewriteChange[] {
  return files.flatMap((advised) => {
    const {file, hostPath, content, rewrites, builds, witnesses} = advised
    const own = rewrites.filter((rewrite) => chosen.includes(rewrite))
    const {applied, content: after} = makeRewrites(advised, own)
    if (applied.length === 0) return []
    const rules = applied.map(({rule}) => rule)
    return [{path: file, hostPath, before: content, after, builds, witnesses, rules}]
  })
}

function makeRewrites(advised: AdvisedFile, chosen: readonly Rewrite[]) {
  try {
    return applyInTurns(advised, chosen)
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error
    throw new SlimCheckError('cannot-edit', {path: advised.file, reason: error.message})
  }
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
    const started = changes.flatMap(({builds, witnesses}) => [...builds, ...witnesses])
    for (const {asked} of started) loadPlan(asked.options)
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
