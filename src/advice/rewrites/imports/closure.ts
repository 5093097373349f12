import type {EvidenceTexts} from '../../../build/graph/proof-input.js'
import {isWithin} from '../../../languages/text/container-path.js'
import type {FileTree} from '../../../tree/model/file-tree.js'

/** Where something stands in a source. */
export interface SourcePlace {
  path: string
  /** 1-based. */
  line: number
  text: string
}

/** A package that a source imports and that is no module of the project. */
export interface ImportedPackage extends SourcePlace {
  /** The first part of the module's name; of JavaScript the name of the package. */
  name: string
  /** False where it stands in a function, a condition or a `try`. */
  isCertain: boolean
}

/** What a program may load of its project. */
export interface ProgramClosure {
  /** Sources, those that it starts with first. */
  files: ReadonlySet<string>
  /** Other paths of the context that strings of these sources name, with the first place. */
  named: ReadonlyMap<string, SourcePlace>
  /** By name, the first certain place before others. */
  packages: ReadonlyMap<string, ImportedPackage>
  /** Why each source is there: what imports it. Those that it starts with are not in it. */
  reasons: ReadonlyMap<string, SourcePlace>
  /** Loads that cannot be followed. */
  doubts: readonly SourcePlace[]
  /** A source whose text is not known; null: every one was read. */
  unread: string | null
}

/** Where a program begins, as paths of the context. */
export interface ProgramStart {
  files: readonly string[]
  /** Directories in which modules are looked for, in order. */
  roots: readonly string[]
}

/** Where sources are looked for. */
export interface ClosureInput {
  tree: FileTree
  evidence: EvidenceTexts
}

/** No more sources are followed. */
export const MAX_SOURCES = 2_000

/** A path of the context; null for one that leads out of it. */
export function resolveBelow(directory: string, path: string): string | null {
  const parts = directory === '' ? [] : directory.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** The paths without those that lie in another one; sorted. */
export function topmost(paths: Iterable<string>): string[] {
  const sorted = [...new Set(paths)].sort()
  return sorted.filter((path) => !sorted.some((other) => other !== path && isWithin(path, other)))
}

/**
 * Tells whether anything in a tree has a name. Sources hold thousands of strings, few of which are names of files: asked
 * first, this saves most searches for a path: a sixth of `dockerfile` on a project of 900 sources.
 */
export function createNameTest(tree: FileTree): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    let isKnown = known.get(name)
    if (isKnown === undefined) {
      isKnown = tree.entriesNamed(name).length > 0
      known.set(name, isKnown)
    }
    return isKnown
  }
}
