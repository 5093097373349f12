/** What all kinds of hook have in common: each turns what is there into the changes that install or undo it. */

/** A file to write, or to take away with `after` null. */
export interface FileChange {
  path: string
  /** What the change was worked out from; null for no file. */
  before: Uint8Array | null
  after: Uint8Array | null
  isExecutable?: boolean
  /** A new file is for its owner alone. */
  isPrivate?: boolean
}

export interface HookPlan {
  changes: FileChange[]
  /** What the user should know, one line each. */
  notes: string[]
}

/** Where a hook goes, as values; reading a file is the one thing a kind may ask for. */
export interface HookPlace {
  /** As Node names it. */
  platform: string
  projectDir: string
  dockerConfigDir: string
  /** Of this program. */
  installDir: string
  nodePath: string
  version: string
  /** The top of the working tree; null outside one. */
  gitRootDir: string | null
  /** Absolute; where Git looks for hooks, `core.hooksPath` heeded; null outside a repository. */
  gitHooksDir: string | null
  /** Where Docker found the builder's plugin; null if it did not. */
  findPlugin: (name: string) => string | null
  /** The file's content; null for no file. */
  readFile: (path: string) => Uint8Array | null
  /** Whether a file is there and may be run. */
  isExecutable: (path: string) => boolean
  options: HookOptions
}

/** What the user asked for besides the kind. */
export interface HookOptions {
  /** As written, `50MB`. */
  maxTransfer?: string
  /** A violated budget stops the build. */
  stops?: boolean
  /** Where the script goes. */
  path?: string
}

/** Where it stands and with which options, or that it does not. */
export type HookStatus = (
  | {readonly isInstalled: true; readonly where: string; readonly options?: HookOptions}
  | {readonly isInstalled: false}
) & {
  /** What keeps it from working, or what is left of it. */
  readonly problem?: string
}

export interface HookKind {
  name: string
  summary: string
  install(place: HookPlace): HookPlan
  uninstall(place: HookPlace): HookPlan
  status(place: HookPlace): HookStatus
  /** What one would write by hand. */
  print(place: HookPlace): string
}
