import {SlimCheckError} from '../../errors.js'
import {findRepository} from '../../host/files/locations.js'
import {runGit} from '../../host/process/run-git.js'
import {
  type CommitChanges,
  type PathChange,
  parseRawDiff,
  parseRawDiffs,
} from '../../languages/git/parse-raw-diff.js'
import {
  type IndexedFile,
  type ListedFile,
  parseBlobSizes,
  parseBlobs,
  parseIndexListing,
  parseTreeListing,
} from '../../languages/git/parse-tree-listing.js'

const RAW = [
  '--raw',
  '-z',
  '--no-renames',
  '--no-abbrev',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
]

/** A directory in a working tree of Git: paths are relative to it, and nothing outside it is seen. */
export class GitDirectory {
  /** @param hostPath absolute */
  constructor(private readonly hostPath: string) {}

  /** Whether there can be a repository; Git is not asked, as starting it takes longer than the rest of a small project. */
  get isPossible(): boolean {
    return process.env.GIT_DIR !== undefined || findRepository(this.hostPath) !== null
  }

  /** @throws SlimCheckError `revision-unknown`, `git-failed` */
  async resolveCommit(revision: string): Promise<string> {
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
    const outcome = await runGit(words, this.hostPath)
    if (outcome.status === 'done') return outcome.output.toString().trim()
    // Without a repository, the reason is another one.
    await this.#run(['rev-parse', '--is-inside-work-tree'])
    throw new SlimCheckError('revision-unknown', {revision})
  }

  /** Why there is no commit before the last one: it is not there yet, or was not fetched. @throws SlimCheckError `git-failed` */
  async explainNoParent(): Promise<'no-commit' | 'first-commit' | 'shallow'> {
    const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD'], this.hostPath)
    if (head.status !== 'done') return 'no-commit'
    const isShallow = await this.#run(['rev-parse', '--is-shallow-repository'])
    return isShallow.toString().trim() === 'true' ? 'shallow' : 'first-commit'
  }

  /** What differs between a commit and the index: nothing is read of the working tree. */
  async listStagedChanges(commit: string): Promise<PathChange[]> {
    return parseRawDiff(await this.#run(['diff-index', '--cached', ...RAW, '--relative', commit]))
  }

  /** The files that Git tracks here, as the index has them. */
  async listIndex(): Promise<IndexedFile[]> {
    return parseIndexListing(await this.#run(['ls-files', '-s', '--debug', '-z']))
  }

  /** The last commits, the newest first, each with what it changed against its first parent. */
  async listLastCommits(count: number): Promise<CommitChanges[]> {
    const list = await this.#run(['rev-list', '--first-parent', '--parents', '-n', String(count), 'HEAD'])
    const lines = list.toString().trim().split('\n')
    // A commit without a parent has nothing to be compared with.
    const pairs = lines.map((line) => line.split(' ').slice(0, 2)).filter(({length}) => length === 2)
    const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('')
    return parseRawDiffs(
      await this.#run(['diff-tree', '--stdin', '--always', '-r', ...RAW, '--relative'], input),
    )
  }

  /** The files of a commit, with their sizes. */
  async listFiles(commit: string): Promise<ListedFile[]> {
    return parseTreeListing(await this.#run(['ls-tree', '-r', '-l', '-z', commit]))
  }

  /** The contents of blobs; those that are not there are left out. */
  async readBlobs(blobs: readonly string[]): Promise<Map<string, Buffer>> {
    if (blobs.length === 0) return new Map()
    return parseBlobs(await this.#run(['cat-file', '--batch'], `${blobs.join('\n')}\n`))
  }

  /** The sizes of blobs in bytes. */
  async measureBlobs(blobs: readonly string[]): Promise<Map<string, number>> {
    if (blobs.length === 0) return new Map()
    return parseBlobSizes(await this.#run(['cat-file', '--batch-check'], `${blobs.join('\n')}\n`))
  }

  async #run(words: readonly string[], input?: string): Promise<Buffer> {
    const outcome = await runGit(words, this.hostPath, input)
    if (outcome.status === 'done') return outcome.output
    const reason = outcome.status === 'absent' ? 'the program git was not found' : outcome.reason
    throw new SlimCheckError('git-failed', {reason})
  }
}
