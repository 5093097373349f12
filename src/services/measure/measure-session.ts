import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {MEASURE_IMAGE} from '../../host/docker/measure-words.js'
import {removeMeasuredImages} from '../../host/docker/measured-images.js'
import {findCacheDir} from '../../host/files/cache-dir.js'
import {makeWorkDirectory, removeWorkDirectory} from '../../host/files/link-tree.js'
import {RunLock} from '../../host/files/run-lock.js'
import {onInterrupt} from '../../host/process/on-interrupt.js'

/** What a measurement makes on this machine, and takes away again however it ends. */
export class MeasureSession {
  readonly #lock: RunLock
  readonly #stop: () => void
  readonly #controller = new AbortController()
  readonly #tags = new Set<string>()
  readonly #lasts: (() => Promise<void>)[] = []
  #lastsDone: Promise<void> | null = null
  readonly directory: string

  private constructor(lock: RunLock, near: string) {
    this.#lock = lock
    const cacheDir = findCacheDir()
    this.directory = makeWorkDirectory(cacheDir === null ? [] : [cacheDir], near)
    this.#note()
    this.#stop = onInterrupt(() => this.#controller.abort())
  }

  /**
   * Takes the lock, and takes away what a run that was killed has left.
   * @param near hard links to what is in this directory should be possible
   * @throws SlimCheckError `measure-running`
   */
  static async open(near: string): Promise<MeasureSession> {
    const lock = RunLock.take()
    try {
      const {directory = null, tags = []} = lock.leftovers ?? {}
      if (directory !== null && path.basename(directory).startsWith(`${MEASURE_IMAGE}-`))
        removeWorkDirectory(directory)
      await removeMeasuredImages(tags)
      return new MeasureSession(lock, near)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** @throws SlimCheckError `cancelled` once somebody has interrupted it */
  checkGoing(): void {
    if (this.signal.aborted)
      throw new SlimCheckError('cancelled', {what: 'everything that was measured so far was discarded'})
  }

  /** A new name for an image; it is removed in the end. */
  makeTag(): string {
    const tag = `${MEASURE_IMAGE}:${randomName()}`
    this.#tags.add(tag)
    this.#note()
    return tag
  }

  async dropImage(tag: string | null): Promise<void> {
    if (tag === null || !this.#tags.has(tag)) return
    await removeMeasuredImages([tag])
    this.#tags.delete(tag)
    this.#note()
  }

  /** Something to do once nothing is measured any more, before the directory goes. */
  atEnd(work: () => Promise<void>): void {
    this.#lasts.push(work)
  }

  /** Does what was left for the end, while images are read: nothing may be measured from here on. Never throws. */
  settle(): Promise<void> {
    this.#lastsDone ??= workOff([...this.#lasts])
    return this.#lastsDone
  }

  /** Takes everything away. Never throws. */
  async close(): Promise<void> {
    await this.settle()
    await removeMeasuredImages([...this.#tags])
    removeWorkDirectory(this.directory)
    this.#stop()
    this.#lock.release()
  }

  #note(): void {
    this.#lock.note({directory: this.directory, tags: [...this.#tags]})
  }
}

/** At a time: each is a program of its own. */
const MAX_AT_ONCE = 4

/** Does some work, several at once. One that fails keeps no other from its turn. */
async function workOff(works: (() => Promise<void>)[]): Promise<void> {
  const next = async (): Promise<void> => {
    for (let work = works.shift(); work !== undefined; work = works.shift()) await work().catch(() => {})
  }
  await Promise.all(Array.from({length: MAX_AT_ONCE}, next))
}

export function randomName(): string {
  return Math.random().toString(36).slice(2, 12).padEnd(10, '0')
}
