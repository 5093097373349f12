import {type ContextModel, ROOT} from './context-model.js'
import type {LinkReader} from './follow-links.js'

/** Reads links from a model instead of the disk. What Docker does not visit is not in it: no link there is ever sent. */
export function createModelLinkReader(model: ContextModel): LinkReader {
  const find = (path: string) => (path === '' || path === '.' ? ROOT : model.find(path))
  return {
    readLink(path) {
      const index = find(path)
      return index < 0 ? null : linkTargetOf(model, index)
    },
    listNames(directory) {
      const isRoot = directory === '' || directory === '.'
      const index = find(directory)
      if (!isRoot && (index < 0 || !model.isDirectory(index))) return []
      return [...model.childrenOf(index)].map((child) => model.nameOf(child))
    },
  }
}

/** A link's target as text; null for any other entry. */
export function linkTargetOf(model: ContextModel, index: number): string | null {
  const target = model.rareOf(index)?.linkTarget
  return typeof target === 'object' ? Buffer.from(target).toString('utf8') : (target ?? null)
}
