import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {GitIgnore, GitIgnoreDecision} from '../../languages/gitignore/create-git-ignore.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'
import type {Classifier} from '../catalogue/known-entries.js'
import type {Candidate} from '../proof/candidate.js'
import type {UnionTransfer} from './union-transfer.js'

/** Not a share of the whole: what is left after a write would then look large, and a second write would change more. */
const LARGE_BYTES = 10_000_000

/** Git's answer takes a while for each path: a tree with more unexplained ones is judged by its first. */
const MAX_GIT_QUESTIONS = 200_000

/** Finds the paths worth a try among what is transferred: the topmost of each kind, in the order of the tree. */
export function findCandidates(
  tree: FileTree,
  transfer: UnionTransfer,
  classify: Classifier,
  gitIgnore: GitIgnore | null,
  tracked: TrackedPaths | null,
): Candidate[] {
  return new CandidateSearch(tree, transfer, classify, gitIgnore, tracked).run()
}

class CandidateSearch {
  private readonly found: Candidate[] = []
  private gitQuestions = 0
  /** Up to here everything lies in a directory that is asked about as a whole. */
  private doubtfulEnd = 0

  constructor(
    private readonly tree: FileTree,
    private readonly transfer: UnionTransfer,
    private readonly classify: Classifier,
    private readonly gitIgnore: GitIgnore | null,
    private readonly tracked: TrackedPaths | null,
  ) {}

  run(): Candidate[] {
    for (let index = 0; index < this.tree.length; ) {
      const isWholeTaken = this.transfer.isSent[index] === 0 || this.look(index)
      index = isWholeTaken ? this.tree.endOf(index) : index + 1
    }
    return this.found
  }

  /** Notes an entry that is a candidate; tells whether what lies below it is settled with it. */
  private look(index: number): boolean {
    const entry = this.classify(index) ?? null
    const isInDoubtful = index < this.doubtfulEnd
    if (entry === null || (entry.disposition === 'doubtful' && isInDoubtful)) {
      return !isInDoubtful && this.lookUnexplained(index)
    }
    this.note(index, entry, '')
    if (entry.disposition !== 'doubtful') return true
    this.doubtfulEnd = this.tree.endOf(index)
    return false
  }

  private lookUnexplained(index: number): boolean {
    const evidence = this.askGit(index) ?? this.weigh(index)
    if (evidence === null) return false
    this.note(index, null, evidence)
    return true
  }

  private askGit(index: number): string | null {
    if (this.gitIgnore === null || this.gitQuestions >= MAX_GIT_QUESTIONS) return null
    this.gitQuestions++
    const {ignored, by} = this.gitIgnore.isIgnored(this.tree.pathOf(index), this.tree.isDirectory(index))
    if (!ignored || by === undefined) return null
    return `ignored by ${nameGitFile(by)}:${by.line}`
  }

  /** Shows a large file by its size alone. */
  private weigh(index: number): string | null {
    if (this.tree.typeOf(index) !== 'file') return null
    return this.transfer.subtreeBytes[index]! >= LARGE_BYTES ? 'large, and nothing says what it is' : null
  }

  private note(index: number, entry: CatalogueEntry | null, evidence: string): void {
    const {tree, gitIgnore} = this
    const path = tree.pathOf(index)
    const isDirectory = tree.isDirectory(index)
    const isTracked = this.tracked?.has(path) ?? null
    const isIgnored = gitIgnore?.isIgnored(path, isDirectory).ignored ?? null
    // what is tracked is no longer ignored, whatever a pattern says
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
