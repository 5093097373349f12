/** What a package manager's install reads and writes in its project. */
export interface InstallReads {
  /** How a person calls it: `npm ci`. */
  title: string
  /** Paths of the context that it reads, in order. */
  files: readonly string[]
  /** Paths of the context that it writes: what is sent of them would come over it. */
  writes: readonly string[]
  /** How it is known what it reads. */
  evidence: string
  /** Why that is not certain here. */
  questions: readonly string[]
  /** Why it cannot run without the rest of the project. */
  blocker?: string
  /** It runs scripts of the project, which may read anything. */
  runsScripts?: true
  /** A command for its place: it does the same and leaves the lock file alone. */
  exact?: string
  /** What can run without the source, where the install itself cannot: it comes first, the install stays behind the copy. */
  ahead?: string
}

/** What a proof wants to know of the context. */
export interface ProjectFiles {
  isSent(path: string): boolean
  /** The beginnings of manifests. */
  evidence: ReadonlyMap<string, string>
  /** Directories below one, by a glob of workspaces; sorted. */
  findDirectories(glob: string): string[]
  /** Files below a directory whose name matches, those of installed packages left out; sorted. */
  findFiles(below: string, name: RegExp): string[]
  /** The path in the context of a file that a command names; null if no step before it has brought it. */
  locate(written: string): string | null
  /** A link among what the components of a glob match; null if there is none. */
  findLink(glob: string): string | null
}

/** What a call of an install stands in. */
export interface CallSurroundings {
  env: ReadonlyMap<string, string>
  /** The words of the calls before it in its stage, with its own. */
  calls: readonly (readonly string[])[]
}
