/**
 * A list whose items are made each time it is read: a million of them at once take more memory than
 * everything else.
 */
export function mapLazily<Item, Result>(
  items: Iterable<Item>,
  create: (item: Item, number: number) => Result,
): Iterable<Result> {
  return {
    *[Symbol.iterator]() {
      let number = 0
      for (const item of items) yield create(item, number++)
    },
  }
}
