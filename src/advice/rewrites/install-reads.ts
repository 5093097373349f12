import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {readsOfNode} from './node-reads.js'
import {readsOfPip} from './pip-reads.js'

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
}

/** What a proof wants to know of the context. */
export interface ProjectFiles {
  isSent(path: string): boolean
  /** The beginnings of manifests. */
  evidence: ReadonlyMap<string, string>
  /** Directories below one, by a glob of workspaces; sorted. */
  findDirectories(glob: string): string[]
  /** A link among what the components of a glob match; null if there is none. */
  findLink(glob: string): string | null
}

/** Says what an install reads; null for a command that is none. @param project its directory in the context, empty for the root */
export function readsOfInstall(
  {words}: Pick<ShellCommand, 'words'>,
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [program = '', ...args] = words
  switch (program) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return readsOfNode(program, args, project, files)
    case 'pip':
    case 'pip3':
      return readsOfPip(args, project, files)
    default:
      return null
  }
}
