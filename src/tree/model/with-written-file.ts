import {type ContextModel, ROOT} from './context-model.js'

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
  const existing = model.find(file.path)
  const name = file.path.slice(slash + 1)
  const place = existing < 0 ? findPlace(model, directory, name) : existing
  const copy = existing < 0 ? model.withEntry(place, directory, name) : model.copy()
  const {columns} = copy
  if (existing < 0) columns.modes[place] = NEW_FILE_MODE
  columns.sizes[place] = file.size
  columns.modified[place] = 0
  columns.modifiedBytes[place] = NINE_BYTES
  columns.rare.delete(place)
  if (directory !== ROOT) columns.modifiedBytes[directory] = NINE_BYTES
  return copy
}

/** The entry that a new name stands before, in the order of bytes. */
function findPlace(model: ContextModel, directory: number, name: string): number {
  const bytes = Buffer.from(name)
  for (const child of model.childrenOf(directory)) {
    if (model.columns.compareName(child, bytes) > 0) return child
  }
  return model.endOf(directory)
}
