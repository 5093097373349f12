import type {HookPlan} from '../../report/file-change.js'
import type {HookOptions, HookStatus} from '../../report/hook-status.js'

/** What all kinds of hook have in common: each turns what is there into the changes that install or undo it. */

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

export interface HookKind {
  name: string
  summary: string
  install(place: HookPlace): HookPlan
  uninstall(place: HookPlace): HookPlan
  status(place: HookPlace): HookStatus
  /** What one would write by hand. */
  print(place: HookPlace): string
}
