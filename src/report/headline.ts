import type {ContextReport, Suggestion} from './context-report.js'
import {addSizes, type Sizes} from './sizes.js'

/** The total transfer without and with the suggestions. Several builds count as one builder builds them. */
export function headlineOf({before, after, oneBuilder}: ContextReport): {before: Sizes; after: Sizes} {
  return oneBuilder ?? {before, after}
}

/** The same, with the named contexts of a single build: every byte that the user waits for. */
export function wholeOf(report: ContextReport): {before: Sizes; after: Sizes} {
  const {oneBuilder, plans} = report
  if (oneBuilder !== undefined) return oneBuilder
  const named = plans.flatMap(({namedContexts}) => namedContexts)
  return {
    before: addSizes([report.before, ...named.map(({before}) => before)]),
    after: addSizes([report.after, ...named.map(({after}) => after)]),
  }
}

/** What a line takes off the headline beyond the lines above it, so that these figures add up. A blocked line saves 0 bytes. */
export function savingOf(suggestion: Suggestion): number {
  if (suggestion.confidence === 'blocked') return 0
  return suggestion.furtherSavedBytes ?? savingAlone(suggestion)
}

/** What a line would take off the headline as the only line. Lists are sorted by it. */
export function savingAlone({
  savedBytes,
  oneBuilderSavedBytes,
}: Pick<Suggestion, 'savedBytes' | 'oneBuilderSavedBytes'>): number {
  return oneBuilderSavedBytes || savedBytes
}
