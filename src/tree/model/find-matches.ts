import {matchesName} from '../../languages/text/match-name.js'
import {type FileTree, ROOT} from './file-tree.js'

/** Finds the entries below a directory that a pattern matches, one component for each level; no link is followed. */
export function findMatches(tree: FileTree, directory: number, components: readonly string[]): number[] {
  let found = [directory]
  for (const component of components) {
    found = found.flatMap((parent) => {
      if (parent !== ROOT && !tree.isDirectory(parent)) return []
      return [...tree.childrenOf(parent)].filter((child) => matchesName(component, tree.nameOf(child)))
    })
  }
  return found
}
