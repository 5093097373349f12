import {IgnorePatternError, SlimCheckError} from '../../errors.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import {findForeignSyntax} from '../../languages/ignore/foreign-syntax.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {
  findPatternProblem,
  MAX_HEADER_BYTES,
  PATTERN_HEADER_BYTES,
} from '../../languages/ignore/parse-ignore-file.js'
import type {ContextSource} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {ContextPaths} from '../graph/requests/requested-paths.js'
import {predictTransfer, type Transfer} from './predict-transfer.js'
import {type Selection, selectEntries} from './select-entries.js'
import type {EntryFilter} from './visit-entries.js'

/** What one build asks of one context. */
export interface SourceRequest {
  source: ContextSource
  requests: ContextPaths
  /** Requested paths with the links among them followed; null: everything. */
  followedPaths: readonly string[] | null
}

/** What one context gives to one build. */
export interface MeasuredSource extends SourceRequest {
  filter: EntryFilter
  selection: Selection
  transfer: Transfer
}

/** Nothing crosses. */
const NOTHING: Selection = {entries: new Uint32Array(), arrivesEmpty: new Set(), unreadable: []}

/** Selects and measures what a build takes from a context. @throws SlimCheckError naming the ignore file's bad line */
export function measureSource(tree: FileTree, request: SourceRequest): MeasuredSource {
  const {source, requests, followedPaths} = request
  checkHeaders(source, requests)
  const ignore = source.ignoreFile?.rules ?? null
  const filter = {ignore, requested: followedPaths && createRequestRules(followedPaths)}
  const selected = requests.usesContext ? selectOrExplain(tree, filter, source) : NOTHING
  const selection = source.git === undefined ? selected : keepTracked(tree, selected, source.git.tracked)
  const transfer = measureSelection(tree, selection, requests)
  return {
    source,
    requests,
    followedPaths,
    filter,
    selection,
    transfer: source.git ? withoutBytes(transfer) : transfer,
  }
}

const GIT_DIR = /^\.git(?:\/|$)/

/**
 * Of a Git context what is tracked, without the repository itself; where nothing tells of that, all the rest. The builder
 * fetches submodules, too, and their `.git`, a file that names the repository, stays (docs/buildkit.md 1).
 */
function keepTracked(tree: FileTree, selection: Selection, tracked: TrackedPaths | null): Selection {
  const links = new Set(tracked?.submodules.map(({path}) => `${path}/.git`))
  const entries = selection.entries.filter((index) => {
    const path = tree.pathOf(index)
    return !GIT_DIR.test(path) && (tracked === null || tracked.has(path) || links.has(path))
  })
  return {...selection, entries}
}

/** The builder fetches it: nothing crosses from here. */
function withoutBytes(transfer: Transfer): Transfer {
  const sizes = {...transfer.sizes, transferBytes: 0, rebuildTransferBytes: 0}
  return {...transfer, sizes, entryBytes: new Float64Array(transfer.entryBytes.length)}
}

/** Tells whether a build takes all that the ignore file leaves. */
function asksForAll({requests, filter}: MeasuredSource): boolean {
  return requests.usesContext && filter.requested === null
}

/** Requested paths are headers, too, each with 43 bytes: 7,331 of 100 bytes build on Engine 28.5, and one more does not. */
const PATH_HEADER_BYTES = 43

/** @throws SlimCheckError for more than Docker can send besides the patterns of the ignore file */
function checkHeaders({ignoreFile}: ContextSource, {paths, usesContext}: ContextPaths): void {
  if (!usesContext) return
  let bytes = 0
  for (const {text} of ignoreFile?.rules.patterns ?? [])
    bytes += PATTERN_HEADER_BYTES + Buffer.byteLength(text)
  for (const path of paths ?? []) {
    bytes += PATH_HEADER_BYTES + Buffer.byteLength(path)
    if (bytes <= MAX_HEADER_BYTES) continue
    const reason = 'more sources and ignore patterns than Docker can send: 1 MiB with some 45 bytes for each'
    throw new SlimCheckError('request-invalid', {path, reason})
  }
}

/** Measures what an ignore file leaves. @param measured builds that it governs: one that asks for everything has measured it */
export function measureEligible(
  tree: FileTree,
  source: ContextSource,
  measured: readonly MeasuredSource[],
): Transfer {
  const whole = measured.find(asksForAll)
  if (whole !== undefined) return whole.transfer
  const everything = {ignore: source.ignoreFile?.rules ?? null, requested: null}
  return predictTransfer(tree, selectOrExplain(tree, everything, source))
}

function measureSelection(tree: FileTree, selection: Selection, {usesContext}: ContextPaths): Transfer {
  const transfer = predictTransfer(tree, selection)
  if (usesContext) return transfer
  // Without a request there is no transfer, not even its closing packet.
  return {...transfer, sizes: {...transfer.sizes, transferBytes: 0, rebuildTransferBytes: 0}}
}

/** The rules of requested paths. @throws SlimCheckError `request-invalid` for one that is no pattern */
export function createRequestRules(paths: readonly string[]): IgnoreRules {
  const rules = IgnoreRules.ofRequests(paths)
  for (const pattern of rules.patterns) {
    const problem = findPatternProblem(pattern)
    if (problem !== null)
      throw new SlimCheckError('request-invalid', {
        path: pattern.text,
        reason: explainProblem(problem, pattern.text),
      })
  }
  return rules
}

function selectOrExplain(tree: FileTree, filter: EntryFilter, source: ContextSource): Selection {
  try {
    return selectEntries(tree, filter)
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error
    const {pattern, line, path, reason} = error
    if (line === 0)
      throw new SlimCheckError('request-invalid', {path: pattern, reason: explainProblem(reason, pattern)})
    const file = source.ignoreFile?.path ?? ''
    const explained = explainProblem(reason, pattern, listSlashed(source, line))
    throw new SlimCheckError('ignore-pattern-failed', {file, line, pattern, path, reason: explained})
  }
}

/** Says what was meant where somebody wrote a path as on Windows. @param others what other lines were meant to be */
function explainProblem(problem: string, pattern: string, others: readonly string[] = []): string {
  const syntax = findForeignSyntax(pattern)
  if (syntax?.kind !== 'backslash') return problem
  const more =
    others.length === 0 ? '' : `, and in the other lines ${others.map((one) => `"${one}"`).join(', ')}`
  return `${problem}; Docker uses / on Windows, too: write "${syntax.slashed}"${more}`
}

/** The other lines of an ignore file with backslashes between names, as they were meant. */
function listSlashed({ignoreFile}: ContextSource, failedLine: number): string[] {
  const patterns = ignoreFile?.rules.patterns ?? []
  return patterns
    .filter(({line}) => line !== failedLine)
    .flatMap(({text}) => {
      const syntax = findForeignSyntax(text)
      return syntax?.kind === 'backslash' ? [syntax.slashed] : []
    })
}
