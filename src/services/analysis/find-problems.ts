import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {runRules} from '../../advice/rules/run-rules.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {Finding} from '../../report/context-report.js'
import type {Build, Evidence, IgnoreGroup} from '../project.js'

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
    makers: evidence.makers,
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
