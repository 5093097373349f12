import {askNames} from '../../tree/model/ask-names.js'
import type {EntryType} from '../../tree/model/file-mode.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {NameIndex} from './name-index.js'

/** Tells whether an entry bears a name that an index knows. */
export type NameFilter = (entry: number) => boolean

/**
 * Tells which entries of a tree bear a name that an index knows, so that the path of any other need not be put
 * together. Each name is looked up once for each type of entry: on a `node_modules` one entry in twenty is.
 */
export function createNameFilter(tree: FileTree, index: NameIndex): NameFilter {
  const knowsName = askByType(tree, (name, type) => index.knowsName(name, type))
  const knowsPlace = askByType(tree, (name, type) => index.knowsPlace(name, type))
  return (entry) => {
    const type = tree.typeOf(entry)
    if (knowsName(type)(entry)) return true
    const parent = tree.parentOf(entry)
    return parent !== ROOT && knowsPlace(type)(parent)
  }
}

/** Asks a question once for each name and type. */
function askByType(
  tree: FileTree,
  ask: (name: string, type: EntryType) => boolean,
): (type: EntryType) => (entry: number) => boolean {
  const questions = new Map<EntryType, (entry: number) => boolean>()
  return (type) => {
    let question = questions.get(type)
    if (question === undefined) {
      question = askNames(tree, (name) => ask(name, type))
      questions.set(type, question)
    }
    return question
  }
}
