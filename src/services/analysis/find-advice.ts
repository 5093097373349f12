import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {runRules} from '../../advice/rules/run-rules.js'
import {suggestRestores} from '../../advice/suggest/restore-lines.js'
import {suggestLines} from '../../advice/suggest/suggest-lines.js'
import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {Finding} from '../../report/context-report.js'
import type {Build, Evidence, IgnoreGroup, ProjectBuild} from '../project.js'
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
  {context, builds, evidence}: CrossingGroup,
  keep: readonly string[],
): SuggestedLine[] {
  const {texts, gitIgnore, tracked, witnesses} = evidence
  const {tree, known} = context
  const plans = builds.map(({plan, graph, main, crossing, findings}) => {
    return {plan, graph, main, crossing: crossing.main, findings}
  })
  return [
    ...suggestLines({tree, known, plans, witnesses, evidence: texts, gitIgnore, tracked, keep}),
    ...suggestRestores({tree, known, plans, witnesses, tracked}),
  ]
}

/** What is wrong with one build of a group. */
export function findProblems(
  {plan, graph, context, main, named}: Build,
  {facts, evidence}: IgnoreGroup & {evidence: Evidence},
): Finding[] {
  const ignores = readInlineIgnores(listTexts(plan))
  const input = {
    plan,
    graph,
    main,
    tree: context.tree,
    hasXattrs: context.walked.hasXattrs,
    ...(plan.context.ignoreFile?.isUnreadable && {unreadableIgnoreFile: plan.context.ignoreFile.path}),
    known: context.known,
    ignoreFacts: facts,
    gitIgnore: evidence.gitIgnore,
    tracked: evidence.tracked,
    secretTexts: evidence.texts,
    sources: evidence.sources,
    above: evidence.above,
    named: named.map(({name, context: {hostPath, tree, known}, measured}) => {
      const secretTexts = evidence.namedTexts.get(hostPath) ?? new Map()
      return {name, tree, measured, known, secretTexts}
    }),
  }
  return [...runRules(input, ignores.isIgnored), ...ignores.findings]
}

/** The files that may hold comments of ours. */
function listTexts({context, dockerfile}: BuildPlan): ReadonlyMap<string, string> {
  const decoder = new TextDecoder()
  const texts = new Map<string, string>()
  for (const file of [context.ignoreFile, dockerfile]) {
    if (file !== null) texts.set(file.path, decoder.decode(file.content))
  }
  return texts
}
