import {splitPair} from '../languages/text/split-pair.js'

/**
 * Reads the values of `--build-arg`; of a repeated name, the last one counts. A name without a value takes it from the
 * environment, and is left out if it has none there.
 */
export function readBuildArguments(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const values = new Map<string, string>()
  for (const text of given) {
    const [name, value] = splitPair(text)
    // What an object inherits is no variable: `toString`.
    const found = value ?? (typeof env[name] === 'string' ? env[name] : undefined)
    if (found !== undefined) values.set(name, found)
  }
  return Object.fromEntries(values)
}
