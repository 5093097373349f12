import {ContextModel, ROOT} from './context-model.js'
import {EntryColumns} from './entry-columns.js'

/** A file as it will be once it is written: a time of today takes nine bytes on the wire. */
export interface WrittenFile {
  /** Relative to the context, `/`-separated. */
  path: string
  size: number
}

const NINE_BYTES = 9
const NEW_FILE_MODE = 0o644

/**
 * The model with one file written anew, as if the context had been walked afterwards. A file in a directory that the
 * walk did not enter changes nothing.
 */
export function withWrittenFile(model: ContextModel, file: WrittenFile): ContextModel {
  const slash = file.path.lastIndexOf('/')
  const directory = slash < 0 ? ROOT : model.find(file.path.slice(0, slash))
  if (slash >= 0 && directory < 0) return model
  const name = file.path.slice(slash + 1)
  const existing = model.find(file.path)
  const before = existing >= 0 ? existing : findPlace(model, directory, name)
  return copyWith(model, directory, before, existing >= 0, createFile(model, existing, name, file.size))
}

/** The entry that a new name stands before, in the order of bytes. */
function findPlace(model: ContextModel, directory: number, name: string): number {
  const bytes = Buffer.from(name)
  for (const child of model.childrenOf(directory)) {
    if (Buffer.compare(model.columns.nameBytesOf(child), bytes) > 0) return child
  }
  return model.endOf(directory)
}

function createFile(model: ContextModel, existing: number, name: string, size: number): EntryColumns {
  const columns = new EntryColumns()
  columns.push(name, existing >= 0 ? model.modeOf(existing) : NEW_FILE_MODE, size, 0, NINE_BYTES)
  return columns
}

function copyWith(
  model: ContextModel,
  directory: number,
  place: number,
  isReplaced: boolean,
  file: EntryColumns,
): ContextModel {
  const copy = new ContextModel()
  const moved = new Int32Array(model.length)
  const parentOf = (index: number): number => (index === ROOT ? ROOT : moved[index]!)
  const open: number[] = []
  for (let index = 0; index <= model.length; index++) {
    while (
      open.length > 0 &&
      index >= model.endOf(open.at(-1)!) &&
      !(index === place && open.at(-1) === directory)
    ) {
      copy.close(parentOf(open.pop()!))
    }
    if (index === place) {
      copy.append(file, 0, parentOf(directory))
      while (open.length > 0 && index >= model.endOf(open.at(-1)!)) copy.close(parentOf(open.pop()!))
      if (isReplaced) continue
    }
    if (index === model.length) break
    moved[index] = copy.append(model.columns, index, parentOf(model.parentOf(index)))
    if (index === directory) copy.columns.modifiedBytes[moved[index]!] = NINE_BYTES
    if (model.isDirectory(index)) open.push(index)
  }
  return copy
}
