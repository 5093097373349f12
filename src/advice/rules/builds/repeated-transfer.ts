import {joinNames, sentence, toMessageFields} from '../../../languages/text/sentence.js'
import type {BuildFacts, RuleAcross} from './define-rule-across.js'

const NOTABLE_BYTES = 1_000_000
const MAX_NAMES = 5

/** Finds builds that send the very same of one context, each for itself. */
export const repeatedTransfer: RuleAcross = {
  id: 'repeated-transfer',
  severity: 'info',
  summary: 'Build together what sends the same',
  reason:
    'Builds on fresh builders each transfer all they ask for. Builds of one bake run that ask for the same of the same context, through the same ignore file, share a single transfer; so this is not said of builds that compose or bake runs.',
  remedy: 'Build them with one docker buildx bake, or let each ask only for its own folder.',
  check: ({plans, isOneRun = false}) =>
    (isOneRun ? [] : groupAlike(plans)).flatMap((alike) => {
      const {transferBytes} = alike[0]!.before
      if (alike.length < 2 || transferBytes < NOTABLE_BYTES) return []
      const names = joinNames(
        alike.map(({name}) => name),
        MAX_NAMES,
      )
      const [each, saved] = [{bytes: transferBytes}, {bytes: transferBytes * (alike.length - 1)}]
      const message = sentence`${names} each send the same ${each}: built together with docker buildx bake they share one transfer and save ${saved}`
      return [toMessageFields(message)]
    }),
}

function groupAlike(plans: readonly BuildFacts[]): BuildFacts[][] {
  const groups = new Map<string, BuildFacts[]>()
  for (const plan of plans) {
    if (!plan.usesContext) continue
    const key = JSON.stringify([plan.contextPath, plan.ignoreFile, plan.requestedPaths])
    const group = groups.get(key)
    if (group) group.push(plan)
    else groups.set(key, [plan])
  }
  return [...groups.values()]
}
