import {answerNames} from '../../tree/model/ask-names.js'
import type {EntryType} from '../../tree/model/file-mode.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {MEANS, type NameIndex, type NameMeaning} from './name-index.js'

/** Tells what an entry may be by its name, and by that of the directory it is in. */
export type NameFilter = (entry: number) => NameMeaning

/**
 * Tells what the entries of a tree may be by what an index knows of names, so that the path of most need not be put
 * together. Each name is looked up once for each type of entry: on a `node_modules` one entry in twenty is.
 */
export function createNameFilter(tree: FileTree, index: NameIndex): NameFilter {
  const readName = answerByType(tree, (name, type) => index.readName(name, type))
  const readPlace = answerByType(tree, (name, type) => index.readPlace(name, type))
  return (entry) => {
    const type = tree.typeOf(entry)
    const byName = readName(type)(entry)
    const parent = tree.parentOf(entry)
    if (byName === MEANS.secret || parent === ROOT) return byName
    return Math.max(byName, readPlace(type)(parent)) as NameMeaning
  }
}

/** Asks a question once for each name and type. */
function answerByType(
  tree: FileTree,
  ask: (name: string, type: EntryType) => NameMeaning,
): (type: EntryType) => (entry: number) => NameMeaning {
  const questions = new Map<EntryType, (entry: number) => NameMeaning>()
  return (type) => {
    let question = questions.get(type)
    if (question === undefined) {
      question = answerNames(tree, (name) => ask(name, type)) as (entry: number) => NameMeaning
      questions.set(type, question)
    }
    return question
  }
}
