import type {ContextModel} from '../context/context-model.js'
import {followLinks} from '../context/follow-links.js'
import {SlimCheckError} from '../errors.js'
import type {PatternMatcher} from '../ignore/pattern-matcher.js'
import {ReplaceFileError, replaceFile} from '../system/atomic-write.js'
import {createLinkReader} from '../system/link-reader.js'
import {removeFile} from '../system/remove-file.js'
import {predictTransfer} from '../transfer/predict-transfer.js'
import {selectEntries} from '../transfer/select-entries.js'
import type {AnalyzeOptions} from './analyze-context.js'
import type {IgnoreFileChange} from './ignore-file-change.js'
import {loadPlan} from './load-plan.js'
import {type MeasuredPlan, measurePlan} from './measure-plan.js'
import {createRequestMatcher, type MeasuredSource} from './measure-source.js'

/** What became of a write. */
export interface WriteOutcome {
  /** Relative to the context. */
  path: string
  /** The transfer as measured afterwards, on a new walk. */
  transferBytes: number
  /** The requests that lost all they asked for: the old file was put back. Empty when all is well. */
  lost: {line: number; text: string; source: string}[]
}

/**
 * Writes a change and looks again: if a request that had content lost all of it, everything is put back.
 * @throws SlimCheckError when the file cannot be written; then nothing has changed
 */
export async function writeChange(
  options: AnalyzeOptions,
  before: MeasuredPlan,
  change: IgnoreFileChange,
): Promise<WriteOutcome> {
  write(change, change.after, change.before)
  try {
    const after = await measurePlan(loadPlan(options), options.onProgress)
    const lost = findLostRequests(before, after)
    if (lost.length > 0) undo(change)
    return {path: change.path, transferBytes: after.main.transfer.sizes.transferBytes, lost}
  } catch (error) {
    undo(change)
    throw error
  }
}

function undo(change: IgnoreFileChange): void {
  if (change.before === null) removeFile(change.hostPath)
  else write(change, change.before, change.after)
}

function write(
  {path, hostPath, root}: IgnoreFileChange,
  content: Uint8Array,
  expected: Uint8Array | null,
): void {
  try {
    replaceFile(hostPath, content, expected, {within: root})
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-edit', {path, reason: error.reason})
  }
}

function findLostRequests(before: MeasuredPlan, after: MeasuredPlan): WriteOutcome['lost'] {
  const requests = before.plan.dockerfile?.evaluated.requests.filter(({context}) => context === null) ?? []
  return requests
    .filter(({path, isRoot}) => {
      const paths = isRoot ? null : [path]
      return hasContent(before.model, before.main, paths) && !hasContent(after.model, after.main, paths)
    })
    .map(({line, text, source}) => ({line, text, source}))
}

/** Tells whether a request for these paths gets any file. */
function hasContent(
  model: ContextModel,
  {source, filter}: MeasuredSource,
  paths: readonly string[] | null,
): boolean {
  const followed = paths && followLinks(paths, createLinkReader(source.hostPath))
  const requested: PatternMatcher | null = followed && createRequestMatcher(followed)
  return predictTransfer(model, selectEntries(model, {ignore: filter.ignore, requested})).sizes.fileCount > 0
}
