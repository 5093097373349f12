import type {ContextRequest} from '../../build/graph/requests/list-requests.js'
import type {GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {IgnoreFacts} from './ignore-facts.js'
import type {DeeperMatchInput} from './near-matches.js'
import type {IgnoreUse} from './observe-patterns.js'

/** What is asked of a context, and what its ignore file does: what is worked out of requests and of patterns. */
export interface ContextFacts extends DeeperMatchInput {
  readonly tree: FileTree
  /** What is asked of the main context, in source order. */
  readonly requests: readonly ContextRequest[]
  readonly patterns: readonly IgnorePattern[]
  readonly ignoreFacts: IgnoreFacts
  readonly ignoreUse: IgnoreUse
  /** For each entry of the tree: not 0 if it crosses. */
  readonly isSent: Uint8Array
  /** Whether anything is sent from the main context at all. */
  readonly usesContext: boolean
  readonly input: {gitIgnore?: GitIgnore | null}
}
