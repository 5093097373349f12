import {readdirSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {quote} from '../../languages/text/quote.js'
import {readLink, resolveInRoot} from './links.js'
import {pathExists} from './locations.js'
import {readFileBounded} from './read-file.js'

/** Larger than any Dockerfile that a builder accepts over its 16 MiB messages. */
const MAX_BYTES = 16 * 2 ** 20

/** Reads a Dockerfile that was asked for. @param shown how messages call it @throws SlimCheckError if there is none */
export function readDockerfile(hostPath: string, shown: string): Uint8Array {
  const read = readFileBounded(followLink(hostPath, shown), MAX_BYTES)
  switch (read.status) {
    case 'read':
      return read.content
    case 'missing':
      throw new SlimCheckError('dockerfile-not-found', {path: shown})
    case 'directory':
      throw new SlimCheckError('dockerfile-unreadable', {path: shown, reason: 'it is a directory'})
    case 'special':
      throw new SlimCheckError('dockerfile-unreadable', {path: shown, reason: 'it is not a regular file'})
    case 'too-large':
      throw new SlimCheckError('file-too-large', {file: shown, maxBytes: read.maxBytes})
    case 'unreadable':
      throw new SlimCheckError('dockerfile-unreadable', {path: shown, reason: read.reason})
  }
}

/** The builder gets the Dockerfile's directory alone, and follows a link as if that were the root. @throws SlimCheckError for one that leads out */
function followLink(hostPath: string, shown: string): string {
  const target = readLink(hostPath)
  if (target == null) return hostPath
  const inside = resolveInRoot(path.dirname(hostPath), path.basename(hostPath))
  if (inside !== null) return inside
  throw new SlimCheckError('dockerfile-unreadable', {
    path: shown,
    reason: `it is a link to "${target}", outside its directory, where Docker does not follow it`,
    fix: `name the file itself: ${quote(path.join(path.dirname(shown), target))} with --file, or ${quote(target)} as "dockerfile" in a compose or bake file`,
  })
}

/** The walk reports a directory that cannot be read. */
function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** The Dockerfile that `docker build` uses without `--file`: `Dockerfile`, else `dockerfile`; null without either. */
export function findDefaultDockerfile(contextDir: string): string | null {
  const [name, other] = ['Dockerfile', 'dockerfile'].filter((one) => pathExists(path.join(contextDir, one)))
  if (name === undefined) return null
  if (other === undefined) return path.join(contextDir, name)
  // On some disks both names are one file's: the list has it as it is written.
  return path.join(contextDir, listNames(contextDir).includes(name) ? name : other)
}
