import {attributeRequests} from '../../build/graph/requests/attribute-requests.js'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import {visitEntries} from '../../build/transfer/visit-entries.js'
import {createLinkReader} from '../../host/files/links.js'
import {mapLazily} from '../../measure/figures/map-lazily.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {Entry, EntryKindName, ExplainedEntry, IgnoredEntry} from '../../report/entry.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {measurePlan} from '../analysis/measure-project.js'
import type {AnalyzeOptions} from '../context/analyze-context.js'
import {loadPlan} from '../load/load-plan.js'

/** Lists the entries that a build transfers, in BuildKit's order. @throws SlimCheckError as `analyzeContext` */
export async function listTransfer(options: AnalyzeOptions): Promise<Entry[]> {
  return [...(await iterateTransfer(options))]
}

/** The same list, each entry made when it is asked for. */
export async function iterateTransfer(options: AnalyzeOptions): Promise<Iterable<Entry>> {
  const {context, main} = await measurePlan(loadPlan(options), options)
  return iterateEntries(context.tree, main)
}

/** The same list with the instructions that ask for each entry. */
export async function explainTransfer(options: AnalyzeOptions): Promise<Iterable<ExplainedEntry>> {
  const {plan, graph, context, main} = await measurePlan(loadPlan(options), options)
  const requests = listRequestsTo(graph, null)
  const attribution = attributeRequests(requests, createLinkReader(context.hostPath))
  const file = plan.dockerfile?.path ?? ''
  const instructions = new Map(
    requests.map((request) => [request, {file, line: request.line, text: request.text}]),
  )
  return mapLazily(iterateEntries(context.tree, main), (entry) => ({
    ...entry,
    requestedBy: attribution(entry.path).map((request) => instructions.get(request)!),
  }))
}

/** The entries of a measured transfer as plain values. */
function iterateEntries(tree: FileTree, {selection, transfer}: MeasuredSource): Iterable<Entry> {
  return mapLazily(selection.entries, (entry, slot) => {
    const first = transfer.hardLinks.get(entry)
    const rare = tree.rareOf(entry)
    const linkName = first === undefined ? toText(rare?.linkTarget) : tree.pathOf(first)
    const type: EntryKindName = first === undefined ? tree.typeOf(entry) : 'hardlink'
    return {
      path: tree.pathOf(entry),
      ...encodePathBytes(tree, entry),
      type,
      fileBytes: tree.typeOf(entry) === 'file' ? tree.sizeOf(entry) : 0,
      transferBytes: transfer.entryBytes[slot]!,
      mode: tree.modeOf(entry),
      ...(linkName !== undefined && {linkName}),
      ...(selection.arrivesEmpty.has(entry) && {arrivesEmpty: true}),
    }
  })
}

/** `pathBytes` where the path as text would lose something. */
function encodePathBytes(tree: FileTree, entry: number): {pathBytes?: string} {
  if (!tree.isPathLossy(entry)) return {}
  return {pathBytes: Buffer.from(tree.pathBytesOf(entry)).toString('base64')}
}

function toText(target: string | Uint8Array | undefined): string | undefined {
  return typeof target === 'object' ? Buffer.from(target).toString('utf8') : target
}

/**
 * Lists the topmost entries that the ignore file keeps out, each with the line that does, in BuildKit's order. Each is made
 * when it is asked for.
 */
export async function listIgnored(options: AnalyzeOptions): Promise<Iterable<IgnoredEntry>> {
  const {plan, context, main} = await measurePlan(loadPlan(options), options)
  const {tree} = context
  const {ignoreFile} = plan.context
  if (ignoreFile === null) return []
  const {patterns} = ignoreFile.rules
  const isIgnored = new Uint8Array(tree.length)
  /** Of the topmost ones: the entry, and the rule number of the pattern that decides. */
  const listed: {entries: number[]; ruleNumbers: number[]} = {entries: [], ruleNumbers: []}
  visitEntries(
    tree,
    {...main.filter, requested: null},
    {
      ignored(entry, {decidedBy}) {
        isIgnored[entry] = 1
        if (isIgnored[tree.parentOf(entry)] === 1) return
        listed.entries.push(entry)
        listed.ruleNumbers.push(decidedBy)
      },
    },
  )
  return mapLazily(listed.entries, (entry, at) => {
    const {text, line} = patterns[listed.ruleNumbers[at]!]!
    return {
      path: tree.pathOf(entry),
      ...encodePathBytes(tree, entry),
      type: tree.typeOf(entry),
      file: ignoreFile.path,
      line,
      pattern: text,
    }
  })
}

/** Tells whether a build has a Dockerfile: without one everything counts as asked for. @throws SlimCheckError as `loadPlan` */
export function hasDockerfile(options: BuildOptions): boolean {
  return loadPlan(options).dockerfile !== null
}
