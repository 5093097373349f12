import {randomInt} from 'node:crypto'

/** Gives numbers from 0 up to 1. */
export type Random = () => number

/** A small generator (mulberry32): the same numbers for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Picks one of several. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!
}

/** Chooses a seed; the environment variable TEST_SEED names the one of a run that failed. */
export function chooseSeed(): number {
  return Number(process.env.TEST_SEED ?? randomInt(2 ** 31))
}

/** Does something at random. @throws what it throws, with the seed that brings the same numbers again */
export async function withRandom(act: (random: Random) => Promise<void>): Promise<void> {
  const seed = chooseSeed()
  try {
    await act(createRandom(seed))
  } catch (error) {
    if (error instanceof Error) error.message += `\nTo repeat: TEST_SEED=${seed}`
    throw error
  }
}
