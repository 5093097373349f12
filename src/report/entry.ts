import type {Suggestion} from './context-report.js'

export type EntryKindName = 'file' | 'dir' | 'symlink' | 'hardlink' | 'other'

/** One entry of a transfer, as `ls --json` and `listTransfer` give it. */
export interface Entry {
  /** Relative to the context, `/`-separated. */
  path: string
  /** The path's bytes in base64, where they are not valid UTF-8. */
  pathBytes?: string
  type: EntryKindName
  /** Bytes of a regular file, hard links included; 0 for anything else. */
  fileBytes: number
  /** Bytes that the entry adds to a first build's transfer. */
  transferBytes: number
  /** Go's file mode, as BuildKit sends it. */
  mode: number
  /** A symlink's target, or the path of the first link of a hard link's file. */
  linkName?: string
  /** The file is sent without its content (docs/buildkit.md 3). */
  arrivesEmpty?: true
}

/** An entry that the ignore file keeps out, and the line that decides so. */
export interface IgnoredEntry {
  path: string
  /** Base64, where the name or one above it is not valid UTF-8. */
  pathBytes?: string
  type: EntryKindName
  /** The ignore file, relative to the context. */
  file: string
  /** 1-based. */
  line: number
  pattern: string
}

/** The instruction that asks for a path. */
export interface RequestedBy {
  /** The Dockerfile, as reports name it. */
  file: string
  /** 1-based. */
  line: number
  /** The instruction's first line. */
  text: string
}

/** An entry with the instructions that ask for it, in the order of the Dockerfile. */
export interface ExplainedEntry extends Entry {
  requestedBy: RequestedBy[]
}

/** Why a path crosses, or does not. */
export interface PathExplanation {
  /** Relative to the context. */
  path: string
  exists: boolean
  /**
   * `sent`: it crosses · `arrives-empty`: it does, without content · `ignored`: the ignore file keeps it out ·
   * `not-requested`: no instruction asks for it · `outside`: it is not in the context. For a path that does not exist: what
   * would happen.
   */
  verdict: 'sent' | 'arrives-empty' | 'ignored' | 'not-requested' | 'outside'
  /** The line that decided, a negation where it let the path back in; absent where no pattern matches. */
  ignoredBy?: {file: string; line: number; pattern: string; negated: boolean}
  /** The parent that the line matches, where it is not the path itself. */
  matchedPath?: string
  /** The files that decide, relative to the context; null where there is none. */
  ignoreFile: string | null
  dockerfile: string | null
  requestedBy: RequestedBy[]
  /** Of the entry alone. */
  transferBytes: number
  /** Of a directory: itself and all below it, as far as it is sent. */
  tree?: {fileCount: number; transferBytes: number}
  /** The line of `context` that would keep it out; of a path that is sent. */
  suggestion?: Pick<Suggestion, 'pattern' | 'confidence' | 'reason'>
  /** Why no line is suggested; of a path that is sent and has none. */
  unsuggested?: string
}

/** What `why` says of one build. */
export interface BuildExplanation {
  /** The service, bake target or Dockerfile path that it came from. */
  name: string
  /** In the order in which they were asked for. */
  paths: PathExplanation[]
}
