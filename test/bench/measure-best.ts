const ROUNDS = 5

/** Runs each work some times, in turn so that a busy moment hits all of them; the least milliseconds of each. */
export async function measureBest<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  rounds = ROUNDS,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const start = process.hrtime.bigint()
      await works[name]()
      best[name] = Math.min(best[name], Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  return best
}

/** A line for each, with its ratio to the first. */
export function describeTimes(times: Readonly<Record<string, number>>): string[] {
  const [first = 1] = Object.values(times)
  return Object.entries(times).map(
    ([name, time]) => `  ${name.padEnd(30)} ${time.toFixed(0).padStart(8)}  × ${(time / first).toFixed(2)}`,
  )
}
