import {lstatSync, readdirSync, rmSync} from 'node:fs'
import path from 'node:path'

/** What stays of a directory's files. */
export interface Keeping {
  maxFiles: number
  /** Of all of them together; the newest stays whatever its size. Default: no bound. */
  maxBytes?: number
}

/** Keeps the files of a directory that were written, or touched, last: from the newest on, as long as they fit. */
export function keepNewest(
  directory: string,
  {maxFiles, maxBytes = Number.POSITIVE_INFINITY}: Keeping,
): void {
  const entries = readdirSync(directory, {withFileTypes: true}).filter((entry) => !entry.isDirectory())
  const files = entries.map(({name}) => path.join(directory, name))
  const byUse = files.map((file) => {
    const stats = lstatSync(file, {throwIfNoEntry: false})
    return {file, usedAt: stats?.mtimeMs ?? 0, bytes: stats?.size ?? 0}
  })
  byUse.sort((one, other) => other.usedAt - one.usedAt)
  let total = 0
  for (const [place, {file, bytes}] of byUse.entries()) {
    total += bytes
    if (place >= maxFiles || (place > 0 && total > maxBytes)) rmSync(file, {force: true})
  }
}
