import {accessSync, constants, opendirSync, statSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {explainErrorCode} from './read-file.js'

/** No path so long can exist. */
const NOT_THERE: readonly string[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']

/**
 * Finds the directory behind a context as given; a link on the way to it is followed, as Docker does.
 * @throws SlimCheckError unless it is a directory that can be read
 */
export function openContext(given: string, workingDir: string): string {
  if (/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(given))
    throw new SlimCheckError('context-is-url', {path: given})
  // docker build refuses it too: an unset variable must not stand for the working directory.
  if (given === '') throw new SlimCheckError('context-empty', {})
  const hostPath = path.resolve(workingDir, given)
  try {
    if (!statSync(hostPath).isDirectory()) {
      throw new SlimCheckError('context-not-directory', {path: given, parent: path.dirname(given)})
    }
    accessSync(hostPath, constants.R_OK | constants.X_OK)
    opendirSync(hostPath).closeSync()
    return hostPath
  } catch (error) {
    if (error instanceof SlimCheckError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    if (NOT_THERE.includes(code)) throw new SlimCheckError('context-not-found', {path: given})
    throw new SlimCheckError('context-unreadable', {path: given, reason: explainErrorCode(code)})
  }
}
