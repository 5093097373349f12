import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'

/**
 * Reads the command line of a process, word by word; null where it cannot be had. Without /proc only `ps` tells it,
 * with the words run together: then nothing is returned that could be split in two ways.
 */
export function readProcessArguments(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    return process.platform === 'darwin' ? askPs(pid) : null
  }
}

function askPs(pid: number): string[] | null {
  try {
    const line = execFileSync('/bin/ps', ['-ww', '-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: 2000,
    })
    const words = line.trim().split(' ')
    const isPlain = words.every((word) => /^[\w@%+=:,./-]+$/.test(word))
    return isPlain ? words : null
  } catch {
    return null
  }
}
