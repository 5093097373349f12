import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {readFileBounded} from '../files/read-file.js'

const MAX_BYTES = 2 ** 20

/** Reads what was kept; null where nothing was, or where it cannot be read. */
export function readTimesFile(file: string): string | null {
  const read = readFileBounded(file, MAX_BYTES)
  return read.status === 'read' ? Buffer.from(read.content).toString() : null
}

/** Keeps a text in one step; where that cannot be done, nothing is kept. */
export function writeTimesFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`
  try {
    mkdirSync(path.dirname(file), {recursive: true, mode: 0o700})
    writeFileSync(temporary, text, {mode: 0o600})
    renameSync(temporary, file)
  } catch {
    rmSync(temporary, {force: true})
  }
}
