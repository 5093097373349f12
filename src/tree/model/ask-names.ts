import type {FileTree} from './file-tree.js'

const UNKNOWN = 0
const NO = 1
const YES = 2

/**
 * Turns a question about a name into one about an entry: each distinct name of a tree is asked about once, and only
 * when an entry that bears it comes up.
 */
export function askNames(tree: FileTree, ask: (name: string) => boolean): (entry: number) => boolean {
  const {names} = tree
  const answers = new Uint8Array(names.count)
  return (entry) => {
    const number = names.numberOf(entry)
    if (answers[number] === UNKNOWN) answers[number] = ask(names.textOf(number)) ? YES : NO
    return answers[number] === YES
  }
}
