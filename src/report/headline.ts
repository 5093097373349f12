import type {ContextReport, Suggestion} from './context-report.js'
import {addSizes, type Sizes} from './sizes.js'

/** What a report's builds transfer in all, without and with the suggestions: several builds on one builder. */
export function headlineOf({before, after, oneBuilder}: ContextReport): {before: Sizes; after: Sizes} {
  return oneBuilder ?? {before, after}
}

/** The same with the named contexts of a single build: all that is waited for. */
export function wholeOf(report: ContextReport): {before: Sizes; after: Sizes} {
  const {oneBuilder, plans} = report
  if (oneBuilder !== undefined) return oneBuilder
  const named = plans.flatMap(({namedContexts}) => namedContexts)
  return {
    before: addSizes([report.before, ...named.map(({before}) => before)]),
    after: addSizes([report.after, ...named.map(({after}) => after)]),
  }
}

/** What a line saves of the headline beyond the lines above it: these figures add up. A blocked one saves nothing. */
export function savingOf(suggestion: Suggestion): number {
  if (suggestion.confidence === 'blocked') return 0
  return suggestion.furtherSavedBytes ?? savingAlone(suggestion)
}

/** What a line would save of the headline as the only one. Lists are in this order. */
export function savingAlone({
  savedBytes,
  oneBuilderSavedBytes,
}: Pick<Suggestion, 'savedBytes' | 'oneBuilderSavedBytes'>): number {
  return oneBuilderSavedBytes || savedBytes
}
