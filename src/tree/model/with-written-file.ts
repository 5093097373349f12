import {type FileTree, ROOT} from './file-tree.js'

/** A file that is going to be written. A present-day time takes nine bytes on the wire. */
export interface WrittenFile {
  /** Relative to the context, `/`-separated. */
  path: string
  size: number
}

const NINE_BYTES = 9
const NEW_FILE_MODE = 0o644

/**
 * The tree after one file was written, as if the context had been walked afterwards. A file in a directory that the
 * walk did not enter changes nothing.
 */
export function withWrittenFile(tree: FileTree, file: WrittenFile): FileTree {
  const slash = file.path.lastIndexOf('/')
  const directory = slash < 0 ? ROOT : tree.find(file.path.slice(0, slash))
  if (slash >= 0 && directory < 0) return tree
  const existing = tree.find(file.path)
  const name = file.path.slice(slash + 1)
  const place = existing < 0 ? findPlace(tree, directory, name) : existing
  const copy = existing < 0 ? tree.withEntry(place, directory, name) : tree.copy()
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
function findPlace(tree: FileTree, directory: number, name: string): number {
  const bytes = Buffer.from(name)
  for (const child of tree.childrenOf(directory)) {
    if (tree.columns.compareName(child, bytes) > 0) return child
  }
  return tree.endOf(directory)
}
