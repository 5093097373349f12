import {lstatSync, readdirSync, readlinkSync} from 'node:fs'
import path from 'node:path'
import type {LinkReader} from '../../tree/model/follow-links.js'

/** Reads links and names below a context directory for `followLinks`; whatever cannot be read counts as absent. */
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
