import {lstatSync, readdirSync, readlinkSync} from 'node:fs'
import path from 'node:path'
import type {LinkReader} from '../../tree/model/follow-links.js'

const MAX_LINKS = 255

/**
 * Resolves a path within a root as a builder does: links are followed as if the root were `/`, so none leads out.
 * @param relative `/`-separated
 * @returns the host path of what stands there, or null if nothing does (or links go in a circle)
 */
export function resolveInRoot(root: string, relative: string): string | null {
  const pending = splitPath(relative)
  const resolved: string[] = []
  let links = 0
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') {
      resolved.pop()
      continue
    }
    const target = readLink(path.join(root, ...resolved, name))
    if (target === undefined) return null
    if (target === null) {
      resolved.push(name)
      continue
    }
    if (++links > MAX_LINKS) return null
    if (target.startsWith('/')) resolved.length = 0
    pending.unshift(...splitPath(target))
  }
  return path.join(root, ...resolved)
}

function splitPath(text: string): string[] {
  return text.split('/').filter((part) => part !== '' && part !== '.')
}

/** A link's target, null for something else, undefined for nothing. */
export function readLink(hostPath: string): string | null | undefined {
  try {
    return lstatSync(hostPath).isSymbolicLink() ? readlinkSync(hostPath) : null
  } catch {
    return undefined
  }
}

/** Reads links and names below a context directory for `followLinks`; what cannot be read counts as absent. */
export function createLinkReader(contextDir: string): LinkReader {
  return {
    readLink(relative) {
      try {
        const hostPath = path.join(contextDir, relative)
        return lstatSync(hostPath).isSymbolicLink() ? readlinkSync(hostPath) : null
      } catch {
        return null
      }
    },
    listNames(directory) {
      try {
        return readdirSync(path.join(contextDir, directory))
      } catch {
        return []
      }
    },
  }
}
