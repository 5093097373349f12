import type {Location} from '../languages/text/range.js'

/** The working directory of a workflow's job when it builds. */
export interface Workspace {
  /** `git`: the builder fetches the repository itself; `checkout`: a fresh clone; `empty`: nothing was checked out. */
  kind: 'git' | 'checkout' | 'empty'
  /** A step before that may have made files, in words; null: none. */
  maker: string | null
  /** The checkout takes the last commit alone: no tags, no history. */
  isShallow?: true
  /** The checkout fetches submodules, too. Default: no. */
  hasSubmodules?: true
  /** Where the step stands. */
  place: Location
}
