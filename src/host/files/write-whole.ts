import {renameSync, rmSync, writeFileSync} from 'node:fs'

/** Puts a file of our own in place in one step, for this user alone. Nothing is left of what could not be written. */
export function writeWhole(file: string, content: Uint8Array): void {
  const temporary = `${file}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    writeFileSync(temporary, content, {flag: 'wx', mode: 0o600})
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, {force: true})
    throw error
  }
}
