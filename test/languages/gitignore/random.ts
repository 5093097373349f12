/** A small linear congruential generator: the same rows in every run. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Picks one of several. */
export function pick<Item>(random: (below: number) => number, items: readonly Item[]): Item {
  return items[random(items.length)]!
}
