import type {FileTree} from './file-tree.js'

const UNKNOWN = 0

/**
 * Turns a question about a name into one about an entry: each distinct name of a tree is asked about once, and only
 * when an entry that bears it comes up.
 */
export function askNames(tree: FileTree, ask: (name: string) => boolean): (entry: number) => boolean {
  const answer = answerNames(tree, (name) => (ask(name) ? 1 : 0))
  return (entry) => answer(entry) === 1
}

/** The same for questions that are answered with a number from 0 to 254. */
export function answerNames(tree: FileTree, ask: (name: string) => number): (entry: number) => number {
  const {names} = tree
  const answers = new Uint8Array(names.count)
  return (entry) => {
    const number = names.numberOf(entry)
    if (answers[number] === UNKNOWN) answers[number] = ask(names.textOf(number)) + 1
    return answers[number]! - 1
  }
}
