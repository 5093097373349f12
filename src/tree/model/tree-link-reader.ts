import {type FileTree, ROOT} from './file-tree.js'
import type {LinkReader} from './follow-links.js'

/** Reads links from a tree instead of the disk. What Docker does not visit is not in it: no link there is ever sent. */
export function createTreeLinkReader(tree: FileTree): LinkReader {
  const find = (path: string) => (path === '' || path === '.' ? ROOT : tree.find(path))
  return {
    readLink(path) {
      const index = find(path)
      return index < 0 ? null : linkTargetOf(tree, index)
    },
    listNames(directory) {
      const isRoot = directory === '' || directory === '.'
      const index = find(directory)
      if (!isRoot && (index < 0 || !tree.isDirectory(index))) return []
      return [...tree.childrenOf(index)].map((child) => tree.nameOf(child))
    },
  }
}

/** A link's target as text; null for any other entry. */
export function linkTargetOf(tree: FileTree, index: number): string | null {
  const target = tree.rareOf(index)?.linkTarget
  return typeof target === 'object' ? Buffer.from(target).toString('utf8') : (target ?? null)
}
