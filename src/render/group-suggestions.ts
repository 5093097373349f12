import type {Suggestion} from '../report/context-report.js'

/** Puts suggestions for one ignore file together, in the order of the first of each. */
export function groupSuggestions(
  suggestions: readonly Suggestion[],
): {ignoreFile: string; suggestions: Suggestion[]}[] {
  const groups = new Map<string, Suggestion[]>()
  for (const suggestion of suggestions) {
    const group = groups.get(suggestion.ignoreFile)
    if (group === undefined) groups.set(suggestion.ignoreFile, [suggestion])
    else group.push(suggestion)
  }
  return [...groups].map(([ignoreFile, own]) => ({ignoreFile, suggestions: own}))
}
