import {createGitIgnore, type GitIgnore} from '../advice/gitignore/create-git-ignore.js'
import {KnownEntries} from '../advice/known-entries.js'
import {findEvidenceFiles} from '../advice/prove/find-evidence-files.js'
import {listSecretCandidates} from '../advice/secrets/list-secret-candidates.js'
import {type SuggestedLine, suggestLines} from '../advice/suggest/suggest-lines.js'
import type {ContextModel} from '../context/context-model.js'
import {readBeginnings} from '../system/read-beginnings.js'
import {readGitIgnoreFiles} from '../system/read-git-ignore.js'
import type {Witness} from './find-witnesses.js'
import type {MeasuredPlan} from './measure-plan.js'

const MAX_EVIDENCE_BYTES = 256 * 1024
const GITIGNORE = '.gitignore'
const MAX_GITIGNORE_FILES = 500

/**
 * Suggests lines for the ignore file that some builds of one context share.
 * @param witnesses other builds that no line may break
 * @param keep patterns of paths that are wanted in the context
 * @param known what the catalogue knows of the context's entries
 */
export function findLines(
  members: readonly MeasuredPlan[],
  witnesses: readonly Witness[],
  keep: readonly string[],
  known = new KnownEntries(members[0]!.model),
): SuggestedLine[] {
  const {plan, model} = members[0]!
  const {hostPath} = plan.context
  const plans = [...members, ...witnesses].map((one) => one.plan)
  const manifests = findEvidenceFiles(model, plans).map((path) => ({path, maxBytes: MAX_EVIDENCE_BYTES}))
  const secrets = members.flatMap(({main}) => listSecretCandidates(model, known.suspects, main.selection))
  return suggestLines({
    model,
    known,
    plans: members,
    witnesses,
    evidence: readBeginnings(hostPath, [...secrets, ...manifests]),
    gitIgnore: loadGitIgnore(hostPath, model),
    keep,
  })
}

/** What Git ignores; null where nothing tells. Only the `.gitignore` files that the walk met are read. */
function loadGitIgnore(contextDir: string, model: ContextModel): GitIgnore | null {
  const indexes = [...model.indexesNamed(GITIGNORE)].slice(0, MAX_GITIGNORE_FILES)
  const directories = indexes.map((index) => model.pathOf(index).slice(0, -GITIGNORE.length - 1))
  const {files, prefix} = readGitIgnoreFiles(contextDir, directories)
  return files.length === 0 ? null : createGitIgnore(files, {prefix})
}
