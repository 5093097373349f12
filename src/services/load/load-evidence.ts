import {type EvidenceFile, type EvidenceWant, listEvidence} from '../../advice/facts/evidence.js'
import {listWantedByProofs} from '../../advice/proof/wanted-evidence.js'
import {listWantedForSecrets} from '../../advice/secrets/wanted-evidence.js'
import type {EvidenceTexts} from '../../build/graph/proof-input.js'
import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import type {ReadBeginnings} from '../../host/files/read-file.js'
import {readGitIgnoreFiles, readTrackedPaths} from '../../host/files/read-git-files.js'
import {createGitIgnore, type GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Context, Evidence, GitFacts, IgnoreGroup, Witness} from '../project.js'
import {findAbove} from './find-above.js'
import {findMakers} from './find-makers.js'
import {findWitnesses} from './find-witnesses.js'
import {dockerfileOf} from './load-project.js'
import {ProjectReadings} from './project-readings.js'

/** Files to read in one directory. */
interface Wanted {
  hostPath: string
  /** As far as the ignore file leaves them. */
  files: readonly EvidenceFile[]
  /** The project's own sources, those that the ignore file keeps out among them. */
  sources: readonly EvidenceFile[]
}

/** In a worktree of Git's `.git` is a file that points at the repository; submodules are listed beside it. */
const GIT_FILES: EvidenceWant = {paths: ['.git', '.gitmodules'], maxBytes: 65_536, maxFiles: 2}

/**
 * Reads what rules and proofs want to know of some groups besides their trees: each file once, in one go.
 * @param readings those of several calls; default: the disk
 */
export function loadEvidence(
  groups: readonly IgnoreGroup[],
  {readBeginnings: read, git}: Pick<ProjectReadings, 'readBeginnings' | 'git'> = new ProjectReadings(),
): (IgnoreGroup & {evidence: Evidence})[] {
  const builds = groups.flatMap((group) => group.builds)
  const dockerfiles = new Set(builds.flatMap(({plan}) => dockerfileOf(plan) ?? []))
  for (const {context} of groups) {
    if (!git.has(context)) git.set(context, loadGitFacts(context))
  }
  const planned = groups.map((group) => {
    const witnesses = findWitnesses(group, dockerfiles)
    return {group, witnesses, wanted: listWanted(group, witnesses)}
  })
  const named = builds.flatMap((build) => build.named.map((one) => listSuspects(one.context, one.measured)))
  const namedTexts = readWanted(named, read)
  const texts = readWanted(
    planned.map(({wanted}) => wanted),
    read,
  )
  return planned.map(({group, witnesses, wanted}) => ({
    ...group,
    evidence: {
      ...git.get(group.context)!,
      texts: pickTexts(texts.get(wanted.hostPath), wanted.files),
      sources: pickTexts(texts.get(wanted.hostPath), wanted.sources),
      namedTexts,
      witnesses,
      above: findAbove(group),
      makers: findMakers(group),
    },
  }))
}

/** What the rules and proofs for a group's builds want, as far as its ignore file leaves it. */
function listWanted({context, source, builds}: IgnoreGroup, witnesses: readonly Witness[]): Wanted {
  const {hostPath, tree, known} = context
  const byProofs = listWantedByProofs(tree, [...builds, ...witnesses])
  const wants = [
    ...builds.flatMap(({main}) => listWantedForSecrets(tree, known.suspects, main.selection)),
    ...byProofs,
  ]
  const files = listEvidence(tree, wants, source.ignoreFile?.rules ?? null)
  return {hostPath, files, sources: listEvidence(tree, [...byProofs, GIT_FILES], null)}
}

function listSuspects({hostPath, tree, known}: Context, {source, selection}: MeasuredSource): Wanted {
  const wants = listWantedForSecrets(tree, known.suspects, selection)
  const files = listEvidence(tree, wants, source.ignoreFile?.rules ?? null)
  return {hostPath, files, sources: []}
}

/** Reads each file once, as far as any wants it; the texts by directory and path. */
function readWanted(wanted: readonly Wanted[], read: ReadBeginnings): ReadonlyMap<string, EvidenceTexts> {
  const byDirectory = new Map<string, Map<string, number>>()
  for (const {hostPath, files, sources} of wanted) {
    const bytes = byDirectory.get(hostPath) ?? new Map<string, number>()
    byDirectory.set(hostPath, bytes)
    for (const {path, maxBytes} of [...files, ...sources])
      bytes.set(path, Math.max(bytes.get(path) ?? 0, maxBytes))
  }
  const texts = new Map<string, EvidenceTexts>()
  for (const [hostPath, bytes] of byDirectory) {
    const files = [...bytes].map(([path, maxBytes]) => ({path, maxBytes}))
    texts.set(hostPath, read(hostPath, files))
  }
  return texts
}

/** Those of the texts that one of several readers wants: another's ignore file may leave more. */
function pickTexts(texts: EvidenceTexts | undefined, files: readonly EvidenceFile[]): EvidenceTexts {
  return new Map(files.flatMap(({path}) => (texts?.has(path) ? [[path, texts.get(path)!] as const] : [])))
}

const GITIGNORE = '.gitignore'
const MAX_GITIGNORE_FILES = 500

function loadGitFacts(context: Context): GitFacts {
  return {gitIgnore: loadGitIgnore(context), tracked: readTrackedPaths(context.hostPath)}
}

/** What Git ignores; null where nothing tells. Only the `.gitignore` files that the walk met are read. */
function loadGitIgnore({hostPath, tree}: Context): GitIgnore | null {
  const {files, prefix} = readGitIgnoreFiles(hostPath, listGitDirectories(tree))
  return files.length === 0 ? null : createGitIgnore(files, {prefix})
}

/** The directories that hold a `.gitignore`. */
function listGitDirectories(tree: FileTree): string[] {
  const entries = [...tree.entriesNamed(GITIGNORE)].slice(0, MAX_GITIGNORE_FILES)
  return entries.map((entry) => tree.pathOf(entry).slice(0, -GITIGNORE.length - 1))
}
