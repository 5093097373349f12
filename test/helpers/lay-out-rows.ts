import {chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {TreeRow} from '../build/cache/rows.js'

const TIME = 1_700_000_000

/** Writes rows of a table as a directory, with their modes and times. */
export function layOutRows(root: string, rows: readonly TreeRow[]): void {
  mkdirSync(root, {recursive: true})
  const late = rows.filter(([type]) => type === 'hardlink')
  const directories: TreeRow[] = []
  for (const row of [...rows.filter(([type]) => type !== 'hardlink'), ...late]) {
    const [type, name, value, mode, seconds = TIME] = row
    const hostPath = path.join(root, name)
    mkdirSync(path.dirname(hostPath), {recursive: true})
    if (type === 'dir') {
      mkdirSync(hostPath, {recursive: true})
      directories.push(row)
    } else if (type === 'symlink') {
      symlinkSync(value!, hostPath)
      lutimesSync(hostPath, seconds, seconds)
    } else if (type === 'hardlink') {
      linkSync(path.join(root, value!), hostPath)
    } else {
      writeFileSync(hostPath, Buffer.from(value!, type === 'base64' ? 'base64' : 'utf8'))
      chmodSync(hostPath, mode)
      utimesSync(hostPath, seconds, seconds)
    }
  }
  for (const [, name, , mode, seconds = TIME] of directories.reverse()) {
    chmodSync(path.join(root, name), mode)
    utimesSync(path.join(root, name), seconds, seconds)
  }
}
