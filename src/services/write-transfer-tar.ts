import type {ContextModel} from '../context/context-model.js'
import {SlimCheckError} from '../errors.js'
import {type TarEntry, writeContextTar} from '../system/write-context-tar.js'
import type {AnalyzeOptions} from './analyze-context.js'
import {loadPlan} from './load-plan.js'
import {measurePlan} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'

/** Writes exactly the entries that a build transfers as a tar, in BuildKit's order; returns how many. */
export async function writeTransferTar(options: AnalyzeOptions, file: string): Promise<number> {
  const plan = loadPlan(options)
  const {model, main} = await measurePlan(plan, options.onProgress)
  try {
    await writeContextTar(plan.context.hostPath, toTarEntries(model, main), file)
  } catch (error) {
    throw new SlimCheckError('cannot-write', {path: file, reason: (error as Error).message})
  }
  return main.selection.entries.length
}

const TYPES = {file: 'file', dir: 'directory', symlink: 'symlink', other: 'fifo'} as const

function* toTarEntries(model: ContextModel, {selection, transfer}: MeasuredSource): Generator<TarEntry> {
  for (const index of selection.entries) {
    const first = transfer.hardLinks.get(index)
    const type = model.typeOf(index)
    const target = model.rareOf(index)?.linkTarget
    const hasContent = type === 'file' && first === undefined && !selection.arrivesEmpty.has(index)
    yield {
      path: model.pathOf(index),
      type: first === undefined ? TYPES[type] : 'link',
      mode: model.modeOf(index) % 0o1000,
      size: hasContent ? model.sizeOf(index) : 0,
      modified: model.modifiedOf(index),
      ...(first !== undefined && {linkName: model.pathOf(first)}),
      ...(target !== undefined && {linkName: Buffer.from(target).toString('utf8')}),
    }
  }
}
