import {appendFileSync} from 'node:fs'
import {SlimCheckError} from '../../errors.js'
import {explainErrorCode} from './read-file.js'

/** Writes to the end of a file. @throws SlimCheckError `file-not-written` */
export function appendFile(hostPath: string, text: string): void {
  try {
    appendFileSync(hostPath, text)
  } catch (error) {
    const reason = explainErrorCode((error as NodeJS.ErrnoException).code ?? 'EIO')
    throw new SlimCheckError('file-not-written', {path: hostPath, reason})
  }
}
