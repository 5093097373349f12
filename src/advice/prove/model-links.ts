import type {ContextModel} from '../../context/context-model.js'
import type {LinkReader} from '../../context/follow-links.js'

/** Reads links and names from a model, as `followLinks` asks for them. */
export function createModelLinkReader(model: ContextModel): LinkReader {
  return {
    readLink(path) {
      const target = model.rareOf(model.find(path))?.linkTarget
      return typeof target === 'string' ? target : null
    },
    listNames(directory) {
      const index = directory === '' ? -1 : model.find(directory)
      if (directory !== '' && (index < 0 || !model.isDirectory(index))) return []
      return Array.from(model.childrenOf(index), (child) => model.nameOf(child))
    },
  }
}
