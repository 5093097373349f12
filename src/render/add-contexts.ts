import type {PlanReport} from '../report/context-report.js'
import type {Sizes} from '../report/sizes.js'
import {addSizes} from '../report/sizes.js'

/** What a build transfers in all, its named contexts included. */
export function addContexts({before, after, namedContexts}: PlanReport): {before: Sizes; after: Sizes} {
  return {
    before: addSizes([before, ...namedContexts.map((named) => named.before)]),
    after: addSizes([after, ...namedContexts.map((named) => named.after)]),
  }
}
