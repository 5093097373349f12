import path from 'node:path'
import {addBlock, hasBlock, readBlock, removeBlock} from '../shell/marked-block.js'
import type {HookKind, HookPlace} from './hook-kind.js'
import {readBudget} from './read-budget.js'

/** A kind that is a few lines in a file of the project's. */
export interface BlockInFile {
  name: string
  summary: string
  /** The first that exists is taken, else the first. */
  fileNames: readonly [string, ...string[]]
  createLines(place: HookPlace): string[]
  notes: string[]
}

/** Makes a kind of hook from a marked block at the end of a file. */
export function createBlockKind({name, summary, fileNames, createLines, notes}: BlockInFile): HookKind {
  const find = ({projectDir, readFile}: HookPlace) => {
    const paths = fileNames.map((fileName) => path.join(projectDir, fileName))
    const found = paths.find((candidate) => readFile(candidate) !== null) ?? paths[0]!
    return {path: found, before: readFile(found)}
  }
  return {
    name,
    summary,
    install(place) {
      const file = find(place)
      return {changes: [{...file, after: addBlock(file.before, createLines(place))}], notes}
    },
    uninstall(place) {
      const file = find(place)
      return {changes: hasBlock(file.before) ? [{...file, after: removeBlock(file.before!)}] : [], notes: []}
    },
    status(place) {
      const file = find(place)
      const block = readBlock(file.before)
      if (block === null) return {isInstalled: false}
      return {isInstalled: true, where: file.path, options: readBudget(block)}
    },
    print: (place) => `${createLines(place).join('\n')}\n`,
  }
}
