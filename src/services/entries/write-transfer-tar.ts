import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import {SlimCheckError} from '../../errors.js'
import {
  mayReplace,
  streamContextTar,
  type TarEntry,
  writeContextTar,
} from '../../host/archive/write-context-tar.js'
import {explainErrorCode} from '../../host/files/read-file.js'
import {MODE} from '../../tree/model/file-mode.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {measurePlan} from '../analysis/measure-project.js'
import type {AnalyzeOptions} from '../context/analyze-context.js'
import {loadPlan} from '../load/load-plan.js'

/**
 * Writes exactly the entries that a build transfers as a tar, in BuildKit's order; returns how many.
 * @param file `-`: standard output; what is there is replaced only if it is empty or a tar
 * @throws SlimCheckError `not-a-tar`, `cannot-write`
 */
export async function writeTransferTar(options: AnalyzeOptions, file: string): Promise<number> {
  if (file !== '-' && !(await mayReplace(file))) throw new SlimCheckError('not-a-tar', {path: file})
  const {context, main} = await measurePlan(loadPlan(options), options)
  const {tree} = context
  const lossy = main.selection.entries.find((entry) => tree.isPathLossy(entry))
  if (lossy !== undefined) {
    const reason = `the name ${JSON.stringify(tree.pathOf(lossy))} is not valid UTF-8, which BuildKit refuses too`
    throw new SlimCheckError('cannot-write', {path: file, reason})
  }
  try {
    const entries = toTarEntries(tree, main)
    if (file === '-') await streamContextTar(context.hostPath, entries, process.stdout)
    else await writeContextTar(context.hostPath, entries, file)
  } catch (error) {
    // Whoever reads the output has what they wanted.
    if (file === '-' && (error as NodeJS.ErrnoException).code === 'EPIPE')
      return main.selection.entries.length
    throw new SlimCheckError('cannot-write', {path: file, reason: explainWriteError(error)})
  }
  return main.selection.entries.length
}

const TYPES = {file: 'file', dir: 'directory', symlink: 'symlink', other: 'fifo'} as const

/** The bits above the permissions, as a tar has them. */
const SPECIAL_BITS = [
  {mode: MODE.setuid, bit: 0o4000},
  {mode: MODE.setgid, bit: 0o2000},
  {mode: MODE.sticky, bit: 0o1000},
]

function* toTarEntries(tree: FileTree, {selection, transfer}: MeasuredSource): Generator<TarEntry> {
  for (const entry of selection.entries) {
    const first = transfer.hardLinks.get(entry)
    const type = tree.typeOf(entry)
    const target = tree.rareOf(entry)?.linkTarget
    const hasContent = type === 'file' && first === undefined && !selection.arrivesEmpty.has(entry)
    yield {
      path: tree.pathOf(entry),
      type: first === undefined ? tarTypeOf(tree, entry) : 'link',
      mode: toTarMode(tree.modeOf(entry)),
      size: hasContent ? tree.sizeOf(entry) : 0,
      modified: tree.modifiedOf(entry),
      ...(tree.rareOf(entry)?.device && {device: tree.rareOf(entry)!.device!}),
      ...(first !== undefined && {linkName: tree.pathOf(first)}),
      ...(target !== undefined && {linkName: Buffer.from(target).toString('utf8')}),
    }
  }
}

function tarTypeOf(tree: FileTree, entry: number): TarEntry['type'] {
  const mode = tree.modeOf(entry)
  if (mode & MODE.charDevice) return 'character-device'
  return mode & MODE.device ? 'block-device' : TYPES[tree.typeOf(entry)]
}

function toTarMode(goMode: number): number {
  return SPECIAL_BITS.reduce(
    (mode, special) => (goMode & special.mode ? mode + special.bit : mode),
    goMode % 0o1000,
  )
}

function explainWriteError(error: unknown): string {
  const {code, message} = error as NodeJS.ErrnoException
  if (code === undefined) return message
  return code === 'ENOENT' ? 'its directory does not exist' : explainErrorCode(code)
}
