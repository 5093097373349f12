import type {KnownEntries} from '../../advice/catalogue/known-entries.js'
import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {runRules} from '../../advice/rules/run-rules.js'
import {listWantedForSecrets} from '../../advice/secrets/wanted-evidence.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {Finding} from '../../report/context-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {loadEvidence} from '../load/load-evidence.js'
import type {MeasuredPlan} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'
import {SharedFacts} from './shared-facts.js'

/** What is wrong with one build. Opens the few files whose contents matter, then judges. */
export function findProblems(measured: MeasuredPlan, shared = new SharedFacts()): Finding[] {
  const {plan, tree, main, named} = measured
  const known = shared.knownIn(tree)
  const ignores = readInlineIgnores(listTexts(plan))
  const input = {
    ...measured,
    ...(plan.context.ignoreFile?.isUnreadable && {unreadableIgnoreFile: plan.context.ignoreFile.path}),
    known,
    ignoreFacts: shared.ignoreFactsOf(tree, plan.context.ignoreFile),
    gitIgnore: shared.gitIgnoreOf(tree, main.source.hostPath),
    secretTexts: readSecretTexts(main, tree, known),
    named: named.map((context) => ({
      ...context,
      known: shared.knownIn(context.tree),
      secretTexts: readSecretTexts(context.measured, context.tree, shared.knownIn(context.tree)),
    })),
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

function readSecretTexts(
  {source, selection}: MeasuredSource,
  tree: FileTree,
  {suspects}: KnownEntries,
): ReadonlyMap<string, string> {
  return loadEvidence(source, tree, listWantedForSecrets(tree, suspects, selection))
}
