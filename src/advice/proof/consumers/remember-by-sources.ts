import type {SourceText} from './consumption.js'

/**
 * Remembers what was made of a list of sources, as long as the list lives: a view of a project gives the same list for the
 * same question, and the texts that are tried for a build ask it again and again.
 */
export function rememberBySources<T>(
  make: (sources: readonly SourceText[]) => T,
): (sources: readonly SourceText[]) => T {
  const known = new WeakMap<readonly SourceText[], {made: T}>()
  return (sources) => {
    const before = known.get(sources)
    if (before !== undefined) return before.made
    const made = make(sources)
    known.set(sources, {made})
    return made
  }
}
