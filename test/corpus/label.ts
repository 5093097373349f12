/** What a person who read a project says that its report must hold. A row of `labels.jsonl`. */
export interface Label {
  name: string
  /** Why it was read so. */
  note?: string
  /** How the program is called in the project's directory. Default: `docker-slim-check context .`. */
  command?: string
  /** Only a program of Docker's can read the project: without it nothing is asked. */
  needs?: 'buildx'
  /** The build fails, or what it makes cannot start: a finding must say so. */
  fails?: boolean
  /** The build works: no finding may be an error. */
  works?: boolean
  /** A well-kept project: no finding may be an error or a warning. */
  calm?: boolean
  /** Findings that must be there, each with all its words. */
  says?: readonly Statement[]
  /** Rules that must find nothing. */
  noRule?: readonly string[]
  /** Paths that no safe line may take out, in whole or in part. */
  unsafe?: readonly string[]
  /** Paths that safe lines must take out. */
  safe?: readonly string[]
  /** Lines that must be offered as safe, word for word. */
  adds?: readonly string[]
  /** Lines that must not be offered as safe, word for word. */
  noPattern?: readonly string[]
  /** What must be said of a path, and with which words. */
  verdicts?: readonly PathVerdict[]
  /** Before the suggestions, as the builder counted it. */
  transferBytes?: number
  /** The same by the build's name. */
  planBytes?: Readonly<Record<string, number>>
  /** Names of builds that must be reported. */
  plans?: readonly string[]
  /** Files that are written over those of the case, by path. */
  files?: Readonly<Record<string, string>>
}

export interface Statement {
  /** Each must stand in one finding, its place included; `a|b` takes either. Upper and lower case are one. */
  words: readonly string[]
  /** At least as grave. */
  level?: 'warning' | 'error'
  rule?: string
}

export interface PathVerdict {
  path: string
  confidence: readonly ('safe' | 'review' | 'blocked')[]
  words?: readonly string[]
}

/** A project that people reported, as it is in `cases.jsonl`. */
export interface Case {
  kind: string
  name: string
  source: string
  situation: string
  command: string
  /** What the builder did. */
  truth: string
  saidAtFirst: string
  verdictAtFirst: string
  mustSay: string
  /** `[type, path, value, mode]`: file, base64, size, dir, symlink, special. */
  tree: readonly CaseRow[]
  /** The project is a Git repository with all of it committed. */
  git?: {tracked: readonly string[]; tags: readonly string[]}
}

export type CaseRow = readonly [type: string, path: string, value: string | number | null, mode?: string]
