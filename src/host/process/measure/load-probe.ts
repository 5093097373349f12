import {createHash} from 'node:crypto'
import {performance} from 'node:perf_hooks'

/** Work of some milliseconds: short enough that even on a busy machine one of many is not interrupted. */
const UNIT = Buffer.alloc(2 ** 21)
const UNITS_AROUND = 6
/** What is measured must not wait for it. */
const UNITS_DURING = 2
const SAMPLES_AROUND = 3
const EVERY_MS = 1000
/** As long as samples from the end of one piece of work stand for the beginning of the next. */
const FRESH_MS = 250

/**
 * Tells how busy the machine is while something runs, by a fixed piece of work: 1 is as fast as it ever was in this
 * process, 2 takes twice as long. It costs about one percent of a processor.
 */
export class LoadProbe {
  #fastestMs = Number.POSITIVE_INFINITY
  #last: {samples: readonly number[]; atMs: number} = {samples: [], atMs: Number.NEGATIVE_INFINITY}

  /** Probes around and during some work. */
  async during<T>(work: () => Promise<T>): Promise<{value: T; load: number}> {
    const isFresh = performance.now() - this.#last.atMs < FRESH_MS
    const samples = [...(isFresh ? this.#last.samples : this.#sampleAround())]
    const timer = setInterval(() => samples.push(this.#sample(UNITS_DURING)), EVERY_MS)
    try {
      const value = await work()
      const after = this.#sampleAround()
      this.#last = {samples: after, atMs: performance.now()}
      samples.push(...after)
      const meanMs = samples.reduce((sum, one) => sum + one, 0) / samples.length
      return {value, load: Math.max(1, Math.round((100 * meanMs) / this.#fastestMs) / 100)}
    } finally {
      clearInterval(timer)
    }
  }

  #sampleAround(): number[] {
    return Array.from({length: SAMPLES_AROUND}, () => this.#sample(UNITS_AROUND))
  }

  /** The mean of some units, in milliseconds. */
  #sample(units: number): number {
    const begun = performance.now()
    let before = begun
    for (let unit = 0; unit < units; unit++) {
      createHash('sha256').update(UNIT).digest()
      const now = performance.now()
      this.#fastestMs = Math.min(this.#fastestMs, now - before)
      before = now
    }
    return (before - begun) / units
  }
}
