import {listWantedByProofs} from '../../advice/proof/wanted-evidence.js'
import {listWantedForSecrets} from '../../advice/secrets/wanted-evidence.js'
import {type SuggestedLine, suggestLines} from '../../advice/suggest/suggest-lines.js'
import {loadEvidence} from '../load/load-evidence.js'
import type {Witness} from './find-witnesses.js'
import type {MeasuredPlan} from './measure-plan.js'
import {SharedFacts} from './shared-facts.js'

/**
 * Suggests lines for the ignore file that some builds of one context share.
 * @param witnesses other builds that no line may break
 * @param keep patterns of paths that are wanted in the context
 */
export function findLines(
  members: readonly MeasuredPlan[],
  witnesses: readonly Witness[],
  keep: readonly string[],
  shared = new SharedFacts(),
): SuggestedLine[] {
  const {plan, tree} = members[0]!
  const {hostPath} = plan.context
  const known = shared.knownIn(tree)
  const plans = [...members, ...witnesses].map((one) => one.plan)
  const secrets = members.flatMap(({main}) => listWantedForSecrets(tree, known.suspects, main.selection))
  return suggestLines({
    tree,
    known,
    plans: members,
    witnesses,
    evidence: loadEvidence(plan.context, tree, [...secrets, ...listWantedByProofs(tree, plans)]),
    gitIgnore: shared.gitIgnoreOf(tree, hostPath),
    keep,
  })
}
