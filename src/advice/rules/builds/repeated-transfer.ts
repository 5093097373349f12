import {joinNames, sentence, toMessageFields} from '../../../languages/text/sentence.js'
import type {BuildFacts, RuleAcross} from './define-rule-across.js'

const NOTABLE_BYTES = 1_000_000
const MAX_NAMES = 5

/** Finds builds that send the very same of one context, each for itself. */
export const repeatedTransfer: RuleAcross = {
  id: 'repeated-transfer',
  severity: 'info',
  summary: 'Build images together that send the same files',
  reason:
    'Builds on fresh builders each transfer all files that they need. Builds in one bake run that need the same files of the same context, with the same ignore file, share a single transfer. Builds that compose or bake runs are therefore not reported.',
  remedy: 'Build them with one docker buildx bake, or let each COPY only its own folder.',
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
