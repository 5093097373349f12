import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'

/** A temporary directory that only its owner may read. */
export interface ScratchDir {
  /** Absolute. */
  hostPath: string
  remove(): void
}

/** Makes a directory with some files in it, by name. @throws SlimCheckError `cannot-write` */
export function makeScratchDir(files: ReadonlyMap<string, Uint8Array>): ScratchDir {
  try {
    const hostPath = mkdtempSync(path.join(tmpdir(), 'slim-check-verify-'))
    const remove = (): void => rmSync(hostPath, {recursive: true, force: true})
    try {
      for (const [name, content] of files) writeFileSync(path.join(hostPath, name), content, {mode: 0o600})
    } catch (error) {
      remove()
      throw error
    }
    return {hostPath, remove}
  } catch (error) {
    throw new SlimCheckError('cannot-write', {path: tmpdir(), reason: (error as Error).message})
  }
}
