import type {Suggestion} from './context-report.js'

export type EntryKindName = 'file' | 'dir' | 'symlink' | 'hardlink' | 'other'

/** One entry of a transfer, as `listTransfer` returns and `ls --json` prints it. */
export interface Entry {
  /** Relative to the context, `/`-separated. */
  path: string
  /** The path's bytes in base64; only if they are not valid UTF-8. */
  pathBytes?: string
  type: EntryKindName
  /** Bytes of a regular file, hard links included; 0 for anything else. */
  fileBytes: number
  /** Bytes that the entry adds to a first build's transfer. */
  transferBytes: number
  /** Go's file mode, as BuildKit sends it. */
  mode: number
  /** A symlink's target; for a hard link, the path of the file's first link. */
  linkName?: string
  /** The file is sent without its content (docs/buildkit.md 3). */
  arrivesEmpty?: true
}

/** An entry that the ignore file excludes, and the deciding line. */
export interface IgnoredEntry {
  path: string
  /** The path's bytes in base64; only if they are not valid UTF-8. */
  pathBytes?: string
  type: EntryKindName
  /** The ignore file, relative to the context. */
  file: string
  /** 1-based. */
  line: number
  pattern: string
}

/** An instruction that requests a path. */
export interface RequestedBy {
  /** The Dockerfile, as reports name it. */
  file: string
  /** 1-based. */
  line: number
  /** The instruction's first line. */
  text: string
}

/** An entry with the instructions that request it, in the order of the Dockerfile. */
export interface ExplainedEntry extends Entry {
  requestedBy: RequestedBy[]
}

/** Why a path is sent, or is not. */
export interface PathExplanation {
  /** Relative to the context. */
  path: string
  exists: boolean
  /**
   * `sent` · `arrives-empty`: sent without its content · `ignored`: the ignore file excludes it · `not-requested`: no
   * instruction requests it · `outside`: not in the context. If the path does not exist: what would happen to it.
   */
  verdict: 'sent' | 'arrives-empty' | 'ignored' | 'not-requested' | 'outside'
  /** The deciding line; `negated` if it lets the path in again. Absent if no pattern matches. */
  ignoredBy?: {file: string; line: number; pattern: string; negated: boolean}
  /** The parent directory that the line matches; absent if it matches the path itself. */
  matchedPath?: string
  /** The ignore file and the Dockerfile, relative to the context; null without one. */
  ignoreFile: string | null
  dockerfile: string | null
  requestedBy: RequestedBy[]
  /** Of the entry alone. */
  transferBytes: number
  /** For a directory: what is sent of it and of all below it. */
  tree?: {fileCount: number; transferBytes: number}
  /** For a path that is sent: the suggested line that would exclude it. */
  suggestion?: Pick<Suggestion, 'pattern' | 'confidence' | 'reason'>
  /** For a path that is sent: why no line is suggested. */
  unsuggested?: string
}

/** The answer of `why` for one build. */
export interface BuildExplanation {
  /** The service, bake target or Dockerfile path. */
  name: string
  /** In the order in which the user named them. */
  paths: PathExplanation[]
}
