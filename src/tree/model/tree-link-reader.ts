import {type FileTree, ROOT} from './file-tree.js'
import type {LinkReader} from './follow-links.js'

/** Reads links from a tree instead of the disk. What Docker does not visit is not in it: no link there is ever sent. */
export function createTreeLinkReader(tree: FileTree): LinkReader {
  const find = (path: string) => (path === '' || path === '.' ? ROOT : tree.find(path))
  return {
    readLink(path) {
      const entry = find(path)
      return entry < 0 ? null : linkTargetOf(tree, entry)
    },
    listNames(directory) {
      const isRoot = directory === '' || directory === '.'
      const entry = find(directory)
      if (!isRoot && (entry < 0 || !tree.isDirectory(entry))) return []
      return [...tree.childrenOf(entry)].map((child) => tree.nameOf(child))
    },
  }
}

/** A link's target as text; null for any other entry. */
export function linkTargetOf(tree: FileTree, entry: number): string | null {
  const target = tree.rareOf(entry)?.linkTarget
  return typeof target === 'object' ? Buffer.from(target).toString('utf8') : (target ?? null)
}
