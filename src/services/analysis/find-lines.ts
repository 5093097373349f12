import {suggestRestores} from '../../advice/suggest/restore-lines.js'
import {suggestLines} from '../../advice/suggest/suggest-lines.js'
import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import {readNeededNote} from '../../languages/ignore/edit/needed-note.js'
import type {Finding} from '../../report/context-report.js'
import type {Evidence, IgnoreGroup, ProjectBuild} from '../project.js'
import type {BuilderOutcome} from './simulate-builds.js'

/** A group of which is known what crosses on one builder. */
interface CrossingGroup extends IgnoreGroup {
  evidence: Evidence
  builds: readonly (ProjectBuild & {crossing: BuilderOutcome; findings: readonly Finding[]})[]
}

/**
 * Suggests lines for the ignore file of a group.
 * @param keep patterns of paths that are wanted in the context
 */
export function findLines(
  {context, source, builds, evidence}: CrossingGroup,
  keep: readonly string[],
): SuggestedLine[] {
  const {texts, gitIgnore, tracked, witnesses} = evidence
  const {tree, known} = context
  const plans = builds.map(({plan, graph, main, crossing, findings}) => {
    return {plan, graph, main, crossing: crossing.main, findings}
  })
  const noted = source.ignoreFile === null ? [] : readNeededNote(source.ignoreFile.content)
  const kept = [...keep, ...noted]
  return [
    ...suggestLines({tree, known, plans, witnesses, evidence: texts, gitIgnore, tracked, keep: kept}),
    ...suggestRestores({tree, known, plans, witnesses, tracked}),
  ]
}
