import {sentence, toMessageFields} from '../../../languages/text/sentence.js'
import type {BuildFacts, RuleAcross} from './define-rule-across.js'

const NOTABLE_BYTES = 1_000_000
const MAX_NAMES = 5

/** Finds builds that send the very same of one context, each for itself. */
export const repeatedTransfer: RuleAcross = {
  id: 'repeated-transfer',
  severity: 'info',
  summary: 'Build together what sends the same',
  reason:
    'Builds on fresh builders each transfer all they ask for. Builds of one bake run that ask for the same of the same context, through the same ignore file, share a single transfer.',
  remedy: 'Build them with one docker buildx bake, or let each ask only for its own folder.',
  check: ({plans}) =>
    groupAlike(plans).flatMap((alike) => {
      const {transferBytes} = alike[0]!.before
      if (alike.length < 2 || transferBytes < NOTABLE_BYTES) return []
      const names = alike.map(({name}) => `"${name}"`)
      const [each, saved] = [{bytes: transferBytes}, {bytes: transferBytes * (alike.length - 1)}]
      const message = sentence`${joinNames(names)} each send the same ${each}: built together with docker buildx bake they share one transfer and save ${saved}`
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

/** The first few by name, the others by their number. */
function joinNames(names: readonly string[]): string {
  const others = names.length - MAX_NAMES
  if (others > 1) return `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
