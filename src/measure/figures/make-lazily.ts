/** A list that is made when it is first read, and kept. */
export function makeLazily<Item>(make: () => readonly Item[]): Iterable<Item> {
  let made: readonly Item[] | null = null
  return {
    [Symbol.iterator]() {
      made ??= make()
      return made[Symbol.iterator]()
    },
  }
}
