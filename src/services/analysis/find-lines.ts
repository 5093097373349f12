import {findEvidenceFiles} from '../../advice/proof/find-evidence-files.js'
import {listSecretCandidates} from '../../advice/secrets/list-secret-candidates.js'
import {type SuggestedLine, suggestLines} from '../../advice/suggest/suggest-lines.js'
import {readBeginnings} from '../../host/files/read-beginnings.js'
import type {Witness} from './find-witnesses.js'
import type {MeasuredPlan} from './measure-plan.js'
import {SharedFacts} from './shared-facts.js'

const MAX_EVIDENCE_BYTES = 256 * 1024

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
  const manifests = findEvidenceFiles(tree, plans).map((path) => ({path, maxBytes: MAX_EVIDENCE_BYTES}))
  const secrets = members.flatMap(({main}) => listSecretCandidates(tree, known.suspects, main.selection))
  return suggestLines({
    tree,
    known,
    plans: members,
    witnesses,
    evidence: readBeginnings(hostPath, [...secrets, ...manifests]),
    gitIgnore: shared.gitIgnoreOf(tree, hostPath),
    keep,
  })
}
