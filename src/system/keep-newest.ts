import {lstatSync, readdirSync, rmSync} from 'node:fs'
import path from 'node:path'

/**
 * Takes away the files of a directory that were written, or touched, longest ago.
 * @param maxFiles what stays
 */
export function keepNewest(directory: string, maxFiles: number): void {
  const entries = readdirSync(directory, {withFileTypes: true}).filter((entry) => !entry.isDirectory())
  const files = entries.map(({name}) => path.join(directory, name))
  if (files.length <= maxFiles) return
  const byUse = files.map((file) => ({file, usedAt: lstatSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0}))
  byUse.sort((one, other) => other.usedAt - one.usedAt)
  for (const {file} of byUse.slice(maxFiles)) rmSync(file, {force: true})
}
