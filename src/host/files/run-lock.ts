import {lstatSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'

/** What a run leaves if it is killed outright: the next one takes it away. */
export interface Leftovers {
  directory: string | null
  tags: string[]
}

interface LockContent extends Leftovers {
  pid: number
}

/** A lock that one process of a user holds: runs that measure must not mix. */
export class RunLock {
  private constructor(
    private readonly file: string,
    /** Of a run that was killed; null: there was none. */
    readonly leftovers: Leftovers | null,
  ) {}

  /** @throws SlimCheckError `measure-running` where another process holds it */
  static take(): RunLock {
    const file = path.join(os.tmpdir(), `slim-check-measure-${process.getuid?.() ?? 'user'}.lock`)
    for (let attempt = 0; attempt < 3; attempt++) {
      const left = attempt === 0 ? null : clearStale(file)
      try {
        writeFileSync(file, toText({directory: null, tags: []}), {flag: 'wx', mode: 0o600})
        return new RunLock(file, left)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
    throw new SlimCheckError('measure-running', {file, pid: null})
  }

  /** Writes down what there is to take away. */
  note(leftovers: Leftovers): void {
    writeFileSync(this.file, toText(leftovers), {mode: 0o600})
  }

  release(): void {
    rmSync(this.file, {force: true})
  }
}

function toText(leftovers: Leftovers): string {
  return JSON.stringify({pid: process.pid, ...leftovers} satisfies LockContent)
}

/** Removes the lock of a process that is gone. @throws SlimCheckError where it is alive, or the file is not ours */
function clearStale(file: string): Leftovers | null {
  const content = readLock(file)
  if (content !== null && isAlive(content.pid)) {
    throw new SlimCheckError('measure-running', {file, pid: content.pid})
  }
  rmSync(file, {force: true})
  return content
}

function readLock(file: string): LockContent | null {
  const stats = lstatSync(file, {throwIfNoEntry: false})
  if (stats === undefined) return null
  const userId = process.getuid?.()
  if (!stats.isFile() || (userId !== undefined && stats.uid !== userId)) {
    throw new SlimCheckError('measure-running', {file, pid: null})
  }
  try {
    const {pid, directory, tags} = JSON.parse(readFileSync(file, 'utf8')) as Partial<LockContent>
    if (typeof pid !== 'number') return null
    return {
      pid,
      directory: typeof directory === 'string' ? directory : null,
      tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    }
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
