import type {ContextModel} from '../context/context-model.js'
import {followLinks} from '../context/follow-links.js'
import {IgnorePatternError, SlimCheckError} from '../errors.js'
import {createIgnorePattern, findPatternProblem} from '../ignore/parse-ignore-file.js'
import {PatternMatcher} from '../ignore/pattern-matcher.js'
import type {ContextSource, Requests} from '../plan/build-plan.js'
import {createLinkReader} from '../system/link-reader.js'
import {predictTransfer, type Transfer} from '../transfer/predict-transfer.js'
import {type Selection, selectEntries} from '../transfer/select-entries.js'
import type {EntryFilter} from '../transfer/visit-entries.js'

/** What one context gives to one build. */
export interface MeasuredSource {
  source: ContextSource
  requests: Requests
  /** Requested paths with the links among them followed; null: everything. */
  followedPaths: readonly string[] | null
  filter: EntryFilter
  selection: Selection
  transfer: Transfer
}

/** Nothing crosses. */
const NOTHING: Selection = {entries: new Uint32Array(), arrivesEmpty: new Set(), unreadable: []}

/** Selects and measures what a build takes from a context. @throws SlimCheckError naming the ignore file's bad line */
export function measureSource(
  model: ContextModel,
  source: ContextSource,
  requests: Requests,
): MeasuredSource {
  const followedPaths = requests.paths && followLinks(requests.paths, createLinkReader(source.hostPath))
  const ignore = source.ignoreFile && new PatternMatcher(source.ignoreFile.file.patterns)
  const filter = {ignore, requested: followedPaths && createRequestMatcher(followedPaths)}
  const selection = requests.usesContext ? select(model, filter, source) : NOTHING
  return {source, requests, followedPaths, filter, selection, transfer: measure(model, selection, requests)}
}

/** Tells whether a build takes all that the ignore file leaves. */
export function asksForAll({requests, filter}: MeasuredSource): boolean {
  return requests.usesContext && filter.requested === null
}

/** Measures what the ignore file leaves, whatever is asked for. */
export function measureEligible(model: ContextModel, measured: MeasuredSource): Transfer {
  if (asksForAll(measured)) return measured.transfer
  const everything = {...measured.filter, requested: null}
  return predictTransfer(model, select(model, everything, measured.source))
}

function measure(model: ContextModel, selection: Selection, {usesContext}: Requests): Transfer {
  const transfer = predictTransfer(model, selection)
  if (usesContext) return transfer
  // Without a request there is no transfer, not even its closing packet.
  return {...transfer, sizes: {...transfer.sizes, transferBytes: 0, rebuildTransferBytes: 0}}
}

/** Requested paths are read like the lines of an ignore file. */
export function createRequestMatcher(paths: readonly string[]): PatternMatcher {
  const patterns = paths.map((path) => createIgnorePattern(path))
  for (const pattern of patterns) {
    const problem = findPatternProblem(pattern)
    if (problem !== null) throw new SlimCheckError('request-invalid', {path: pattern.text, reason: problem})
  }
  return new PatternMatcher(patterns)
}

function select(model: ContextModel, filter: EntryFilter, source: ContextSource): Selection {
  try {
    return selectEntries(model, filter)
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error
    const {pattern, line, path, reason} = error
    if (line === 0) throw new SlimCheckError('request-invalid', {path: pattern, reason})
    const file = source.ignoreFile?.path ?? ''
    throw new SlimCheckError('ignore-pattern-failed', {file, line, pattern, path, reason})
  }
}
