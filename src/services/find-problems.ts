import {runRules} from '../advice/rules/run-rules.js'
import {listSecretCandidates} from '../advice/secrets/list-secret-candidates.js'
import type {ContextModel} from '../context/context-model.js'
import type {Finding} from '../report/context-report.js'
import {readBeginnings} from '../system/read-beginnings.js'
import type {MeasuredPlan} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'

/** What is wrong with one build. Opens the few files whose contents matter, then judges. */
export function findProblems(measured: MeasuredPlan): Finding[] {
  const {plan, model, main, named} = measured
  return runRules({
    ...measured,
    ...(plan.context.ignoreFile?.isUnreadable && {unreadableIgnoreFile: plan.context.ignoreFile.path}),
    secretTexts: readSecretTexts(main, model),
    named: named.map((context) => ({
      ...context,
      secretTexts: readSecretTexts(context.measured, context.model),
    })),
  })
}

function readSecretTexts(
  {source, selection}: MeasuredSource,
  model: ContextModel,
): ReadonlyMap<string, string> {
  return readBeginnings(source.hostPath, listSecretCandidates(model, selection))
}
