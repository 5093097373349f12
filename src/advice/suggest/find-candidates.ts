import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {GitIgnore, GitIgnoreDecision} from '../../languages/gitignore/create-git-ignore.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'
import type {Classifier} from '../catalogue/classifier.js'
import type {Candidate} from '../proof/candidate.js'
import type {UnionTransfer} from './union-transfer.js'

/** Not a share of the whole: what is left after a write would then look large, and a second write would change more. */
const LARGE_BYTES = 10_000_000

/** Git's answer takes a while for each path: a tree with more unexplained ones is judged by its first. */
const MAX_GIT_QUESTIONS = 200_000

/** Finds the paths worth a try among what is transferred: the topmost of each kind, in the order of the tree. */
export function findCandidates(tree: FileTree, known: KnownOfEntries): Candidate[] {
  return new CandidateSearch(tree, known).run()
}

/** What is known of the entries of a tree. */
export interface KnownOfEntries {
  transfer: UnionTransfer
  classify: Classifier
  /** null: nothing tells what Git ignores, or keeps. */
  gitIgnore: GitIgnore | null
  tracked: TrackedPaths | null
}

class CandidateSearch {
  private readonly found: Candidate[] = []
  private gitQuestions = 0
  /** Up to here everything lies in a directory that is asked about as a whole. */
  private doubtfulEnd = 0

  constructor(
    private readonly tree: FileTree,
    private readonly known: KnownOfEntries,
  ) {}

  run(): Candidate[] {
    for (let entry = 0; entry < this.tree.length; ) {
      const isSettled = this.known.transfer.isSent[entry] === 0 || this.takeEntry(entry)
      entry = isSettled ? this.tree.endOf(entry) : entry + 1
    }
    return this.found
  }

  /** Adds an entry that is a candidate; tells whether what lies below it is settled with it. */
  private takeEntry(entry: number): boolean {
    const kind = this.known.classify(entry) ?? null
    const isInDoubtful = entry < this.doubtfulEnd
    if (kind === null || (kind.disposition === 'doubtful' && isInDoubtful)) {
      return !isInDoubtful && this.takeUnexplained(entry)
    }
    this.addCandidate(entry, kind, '')
    if (kind.disposition !== 'doubtful') return true
    this.doubtfulEnd = this.tree.endOf(entry)
    return false
  }

  private takeUnexplained(entry: number): boolean {
    const evidence = this.askGit(entry) ?? this.explainBySize(entry)
    if (evidence === null) return false
    this.addCandidate(entry, null, evidence)
    if (!this.tree.isDirectory(entry)) return true
    // what is known in it is judged by itself
    this.doubtfulEnd = this.tree.endOf(entry)
    return false
  }

  private askGit(entry: number): string | null {
    const {gitIgnore} = this.known
    if (gitIgnore === null || this.gitQuestions >= MAX_GIT_QUESTIONS) return null
    this.gitQuestions++
    const {ignored, by} = gitIgnore.isIgnored(this.tree.pathOf(entry), this.tree.isDirectory(entry))
    if (!ignored || by === undefined) return null
    return `ignored by ${nameGitFile(by)}:${by.line}`
  }

  /** A large file is a candidate by its size alone. */
  private explainBySize(entry: number): string | null {
    if (this.tree.typeOf(entry) !== 'file') return null
    return this.known.transfer.subtreeBytes[entry]! >= LARGE_BYTES ? 'large, and of no known kind' : null
  }

  private addCandidate(index: number, entry: CatalogueEntry | null, evidence: string): void {
    const {tree} = this
    const {gitIgnore, tracked} = this.known
    const path = tree.pathOf(index)
    const isDirectory = tree.isDirectory(index)
    const isTracked = tracked?.has(path) ?? null
    const isIgnored = gitIgnore?.isIgnored(path, isDirectory).ignored ?? null
    // What is tracked is no longer ignored, whatever a pattern says.
    const isGitIgnored = isTracked ? false : isIgnored
    this.found.push({index, path, isDirectory, entry, isGitIgnored, isTracked, evidence})
  }
}

/** How people call a file of Git's patterns. */
function nameGitFile({dir, source}: NonNullable<GitIgnoreDecision['by']>): string {
  if (source === 'exclude') return '.git/info/exclude'
  if (source === 'global') return "Git's global excludes"
  return dir === '' ? '.gitignore' : `${dir}/.gitignore`
}
