import type {InstructionRef} from '../../../build/graph/timeline.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import type {Need, SourceTree} from '../consumers/consumption.js'
import type {SurveyedAction} from '../survey/survey.js'

/** A file that an action reads and does not find. */
export interface UnmetNeed {
  action: SurveyedAction
  need: Need
  /**
   * - `ignored`: the ignore file keeps it out
   * - `not-copied`: no COPY has brought it yet
   * - `outside`: it lies outside the context
   * - `worktree`: the repository is elsewhere, and `.git` only points at it
   * - `absent`: it is nowhere, and no step makes it
   */
  state: 'ignored' | 'not-copied' | 'outside' | 'worktree' | 'absent'
  /** The number of the rule that keeps it out; -1 where none does. */
  decidedBy: number
  /** The instruction that brings it too late. */
  later: InstructionRef | null
  /** A COPY has brought it, and not to this place of the image. */
  missedPlace?: string
  /** Why the repository is wanted; null for a file. */
  git: {reason: string; instead: string | null; target: string | null} | null
}

/** What is known of a context besides its tree. */
export interface ContextFacts {
  tree: FileTree
  /** The number of the rule that keeps a path out; null where it is sent or not there. */
  findIgnoring(path: string): number | null
  /** The first source in a directory that the ignore file keeps out, with its rule; null where all is sent. */
  findIgnoredSource(directory: string, sources: SourceTree): {path: string; decidedBy: number} | null
  /** Tells whether Git is known not to track a path. */
  isUntracked?(path: string): boolean
  /** Tells whether Git tracks a path; false where nobody knows. */
  isTracked(path: string): boolean
  /** The text of a small file of the context; null where it was not read. */
  textOf(path: string): string | null
  /** Tells whether the context has no such path, neither sent nor kept out. */
  isMissing?(path: string): boolean
}
