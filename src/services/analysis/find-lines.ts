import {type SuggestedLine, suggestLines} from '../../advice/suggest/suggest-lines.js'
import type {Evidence, IgnoreGroup} from '../project.js'

/**
 * Suggests lines for the ignore file of a group.
 * @param keep patterns of paths that are wanted in the context
 */
export function findLines(
  {context, builds, evidence}: IgnoreGroup & {evidence: Evidence},
  keep: readonly string[],
): SuggestedLine[] {
  const {texts, gitIgnore, tracked, witnesses} = evidence
  const {tree, known} = context
  return suggestLines({tree, known, plans: builds, witnesses, evidence: texts, gitIgnore, tracked, keep})
}
