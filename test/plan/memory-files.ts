import path from 'node:path'
import type {ProjectFiles} from '../../src/plan/project-files.js'

/** Files in memory below `/p`: name to text. */
export function createMemoryFiles(tree: Readonly<Record<string, string>>): ProjectFiles {
  const texts = new Map(Object.entries(tree).map(([name, text]) => [path.posix.join('/p', name), text]))
  return {
    read(hostPath) {
      const text = texts.get(hostPath)
      return text === undefined ? {status: 'missing'} : {status: 'read', text}
    },
    listNames(directory) {
      const names = new Set<string>()
      for (const name of texts.keys()) {
        if (name.startsWith(`${directory}/`)) names.add(name.slice(directory.length + 1).split('/')[0]!)
      }
      return [...names].sort()
    },
  }
}
