import {createGitIgnore, type GitIgnore} from '../advice/gitignore/create-git-ignore.js'
import {findEvidenceFiles} from '../advice/prove/find-evidence-files.js'
import {runRules} from '../advice/rules/run-rules.js'
import {listSecretCandidates} from '../advice/secrets/list-secret-candidates.js'
import {type SuggestedLine, suggestLines} from '../advice/suggest/suggest-lines.js'
import type {ContextModel} from '../context/context-model.js'
import type {Finding} from '../report/context-report.js'
import {readBeginnings} from '../system/read-beginnings.js'
import {readGitIgnoreFiles} from '../system/read-git-ignore.js'
import type {MeasuredPlan} from './measure-plan.js'
import type {MeasuredSource} from './measure-source.js'

/** What was found out about a measured plan. */
export interface Examination {
  lines: SuggestedLine[]
  findings: Finding[]
}

const MAX_EVIDENCE_BYTES = 256 * 1024
const GITIGNORE = '.gitignore'
const MAX_GITIGNORE_FILES = 500

/** Opens the few files that must be looked at, then judges: pure code from there on. */
export function examineContext(measured: MeasuredPlan): Examination {
  const {plan, model, main, named} = measured
  const findings = runRules({
    ...measured,
    ...(plan.context.ignoreFile?.isUnreadable && {unreadableIgnoreFile: plan.context.ignoreFile.path}),
    secretTexts: readSecretTexts(main, model),
    named: named.map((context) => ({
      ...context,
      secretTexts: readSecretTexts(context.measured, context.model),
    })),
  })
  const wanted = findEvidenceFiles(model, [plan]).map((path) => ({path, maxBytes: MAX_EVIDENCE_BYTES}))
  const lines = suggestLines({
    model,
    plans: [{plan, main}],
    evidence: readBeginnings(plan.context.hostPath, wanted),
    gitIgnore: loadGitIgnore(plan.context.hostPath, model),
  })
  return {findings, lines}
}

function readSecretTexts(
  {source, selection}: MeasuredSource,
  model: ContextModel,
): ReadonlyMap<string, string> {
  return readBeginnings(source.hostPath, listSecretCandidates(model, selection))
}

/** What Git ignores; null where nothing tells. Only the `.gitignore` files that the walk met are read. */
function loadGitIgnore(contextDir: string, model: ContextModel): GitIgnore | null {
  const directories: string[] = []
  for (let index = 0; index < model.length && directories.length < MAX_GITIGNORE_FILES; index++) {
    if (model.nameBytesOf(index) !== GITIGNORE.length || model.nameOf(index) !== GITIGNORE) continue
    directories.push(model.pathOf(index).slice(0, -GITIGNORE.length - 1))
  }
  const {files, prefix} = readGitIgnoreFiles(contextDir, directories)
  return files.length === 0 ? null : createGitIgnore(files, {prefix})
}
