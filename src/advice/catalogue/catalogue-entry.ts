import type {BuildStep} from '../../languages/scripts/build-step.js'

/**
 * What the catalogue knows about a kind of path, as data: names to look for, and the evidence without
 * which a name proves nothing. What follows from it for a given Dockerfile is decided elsewhere.
 */

/**
 * - `junk`: of no use in any image
 * - `regenerated`: a build step recreates it
 * - `doubtful`: often wanted, so ask
 * - `secret`: must never be sent
 */
type Disposition = 'junk' | 'regenerated' | 'doubtful' | 'secret'

export interface CatalogueEntry {
  /** The stable id that `--json` shows. Entries may share it: the same kind, seen with other evidence. */
  kind: string
  /** The stable id of the suggestion it leads to. */
  rule: string
  /** How a report says it after a path: `npm packages`. */
  title: string
  /** Globs (see `matchesGlob`) for the basename, or with `/` for the last components of the path. */
  names: readonly string[]
  /** The names are whole paths from the root of the context, instead of standing at any depth. */
  atRoot?: boolean
  /** What has to bear the name; `file` means a regular one, `any` includes links. */
  type: 'dir' | 'file' | 'any'
  disposition: Disposition
  /** What must hold beyond the name; absent, the name is enough. */
  evidence?: Evidence
  /** The build steps that make it again; one of them is enough. */
  producers?: readonly BuildStep[]
  /** Basenames never meant, though `names` match them. */
  except?: readonly string[]
  /** What the file must hold besides; absent, it need not be opened. */
  content?: ContentCheck
  /** What one that Git tracks must hold besides: without it, it holds defaults. Default: `content`. */
  inGit?: ContentCheck
}

/**
 * What the tree around a path must show. Names are globs; in `contains` and `containsAny` a name without
 * wildcards may reach deeper, as in `bin/activate`.
 */
export type Evidence =
  /** Every one of these lies in it. */
  | {contains: readonly string[]}
  /** At least one of these lies in it. */
  | {containsAny: readonly string[]}
  /** It holds something, and nothing but these. */
  | {containsOnly: readonly string[]}
  /** One of its directories, or of its `@scope` directories' directories, holds this very name. */
  | {anyChildHas: string}
  /** At least one of these stands beside it. */
  | {sibling: readonly string[]}
  /** A path of the same name, but for its last extension, stands beside it with one of these. */
  | {sameStem: readonly string[]}
  /** At least one of these lies in a directory above it, up to the root of the context. */
  | {ancestorHas: readonly string[]}
  /** A directory above it bears one of these names. */
  | {under: readonly string[]}
  | {not: Evidence}
  | {all: readonly Evidence[]}
  | {any: readonly Evidence[]}

/** What a file has to hold before its name is believed. The text itself is never reported. */
export interface ContentCheck {
  /** What a hit proves, as a report says it: `a private key`. */
  finds: string
  /** Stateless, and linear in the length of the text. */
  pattern: RegExp
  /** Only so much of the file's beginning is looked at. */
  maxBytes: number
}
