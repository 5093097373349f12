import type {SourceDocument} from '../languages/documents/source-node.js'

/** The text of a file, or why there is none. */
export type FileText =
  | {readonly status: 'read'; readonly text: string}
  | {readonly status: 'missing'}
  | {readonly status: 'unreadable'; readonly reason: string}

/** How the readers of build files see the disk; `system` has the real one. Paths are absolute. */
export interface ProjectFiles {
  read(hostPath: string): FileText
  /** The names in a directory, in byte order; none if it cannot be read. */
  listNames(directory: string): readonly string[]
  /** Where links lead: the real path of what is there; null without it. Default: there are no links. */
  resolve?(hostPath: string): string | null
  /** What texts say that were read as YAML, for the next reader: see `readYaml`. Default: each reads anew. */
  readonly yaml?: WeakMap<FileText, readonly SourceDocument[] | null>
}
