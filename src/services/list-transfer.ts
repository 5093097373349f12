import type {ContextModel} from '../context/context-model.js'
import type {Entry, EntryKindName, ExplainedEntry} from '../report/entry.js'
import {mapLazily} from '../report/map-lazily.js'
import {createLinkReader} from '../system/link-reader.js'
import {attributeRequests} from '../transfer/attribute-requests.js'
import type {AnalyzeOptions} from './analyze-context.js'
import {loadPlan} from './load-plan.js'
import {measurePlan} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'

/** Lists the entries that a build transfers, in BuildKit's order. @throws SlimCheckError as `analyzeContext` */
export async function listTransfer(options: AnalyzeOptions): Promise<Entry[]> {
  return [...(await iterateTransfer(options))]
}

/** The same list, each entry made when it is asked for. */
export async function iterateTransfer(options: AnalyzeOptions): Promise<Iterable<Entry>> {
  const {model, main} = await measurePlan(loadPlan(options), options)
  return iterateEntries(model, main)
}

/** The same list with the instructions that ask for each entry. */
export async function explainTransfer(options: AnalyzeOptions): Promise<Iterable<ExplainedEntry>> {
  const plan = loadPlan(options)
  const {model, main} = await measurePlan(plan, options)
  const requests = plan.dockerfile?.evaluated.requests.filter(({context}) => context === null) ?? []
  const attribution = attributeRequests(requests, createLinkReader(plan.context.hostPath))
  const file = plan.dockerfile?.path ?? ''
  const instructions = new Map(
    requests.map((request) => [request, {file, line: request.line, text: request.text}]),
  )
  return mapLazily(iterateEntries(model, main), (entry) => ({
    ...entry,
    requestedBy: attribution(entry.path).map((request) => instructions.get(request)!),
  }))
}

/** The entries of a measured transfer as plain values. */
function iterateEntries(model: ContextModel, {selection, transfer}: MeasuredSource): Iterable<Entry> {
  return mapLazily(selection.entries, (index, number) => {
    const first = transfer.hardLinks.get(index)
    const rare = model.rareOf(index)
    const linkName = first === undefined ? toText(rare?.linkTarget) : model.pathOf(first)
    const type: EntryKindName = first === undefined ? model.typeOf(index) : 'hardlink'
    return {
      path: model.pathOf(index),
      ...encodePathBytes(model, index),
      type,
      fileBytes: model.typeOf(index) === 'file' ? model.sizeOf(index) : 0,
      transferBytes: transfer.entryBytes[number]!,
      mode: model.modeOf(index),
      ...(linkName !== undefined && {linkName}),
      ...(selection.arrivesEmpty.has(index) && {arrivesEmpty: true}),
    }
  })
}

/** `pathBytes` where the path as text would lose something. */
export function encodePathBytes(model: ContextModel, index: number): {pathBytes?: string} {
  if (!model.isPathLossy(index)) return {}
  return {pathBytes: Buffer.from(model.pathBytesOf(index)).toString('base64')}
}

function toText(target: string | Uint8Array | undefined): string | undefined {
  return typeof target === 'object' ? Buffer.from(target).toString('utf8') : target
}
