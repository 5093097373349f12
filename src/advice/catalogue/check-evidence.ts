import {isGlob, matchesGlob} from '../../languages/text/matches-glob.js'
import type {CatalogueEntry, Evidence} from './catalogue-entry.js'

export type PathType = 'dir' | 'file' | 'symlink' | 'other'

/** What evidence may look at: one path of a tree, and from it the tree. Nothing is opened. */
export interface PathView {
  /** The basename; of the root of the context, anything. */
  readonly name: string
  readonly type: PathType
  /** The directory that holds it; absent for the root of the context. */
  readonly parent: PathView | undefined
  /** The names in a directory, in any order; none for anything else. */
  children(): Iterable<string>
  child(name: string): PathView | undefined
}

/** How many children `anyChildHas` looks into: of hundreds of packages, the first ones tell enough. */
const MAX_CHILDREN_LOOKED_INTO = 64

/** Tells whether a path that bears an entry's name is of its type and shows its evidence. */
export function hasEvidence(entry: CatalogueEntry, view: PathView): boolean {
  if (entry.type !== 'any' && entry.type !== view.type) return false
  return entry.evidence === undefined || holds(entry.evidence, view)
}

function holds(evidence: Evidence, view: PathView): boolean {
  if ('contains' in evidence) return evidence.contains.every((name) => hasChild(view, name))
  if ('containsAny' in evidence) return evidence.containsAny.some((name) => hasChild(view, name))
  if ('containsOnly' in evidence) return containsOnly(view, evidence.containsOnly)
  if ('anyChildHas' in evidence) return anyChildHas(view, evidence.anyChildHas)
  if ('sibling' in evidence) return view.parent !== undefined && hasAny(view.parent, evidence.sibling)
  if ('sameStem' in evidence) return hasSameStem(view, evidence.sameStem)
  if ('ancestorHas' in evidence) return someAncestor(view, (above) => hasAny(above, evidence.ancestorHas))
  if ('under' in evidence) return someAncestor(view, (above) => isUnder(above, evidence.under))
  if ('not' in evidence) return !holds(evidence.not, view)
  if ('all' in evidence) return evidence.all.every((part) => holds(part, view))
  return evidence.any.some((part) => holds(part, view))
}

function hasSameStem({name, parent}: PathView, extensions: readonly string[]): boolean {
  const stem = name.slice(0, Math.max(0, name.lastIndexOf('.')))
  return extensions.some((extension) => parent?.child(stem + extension) !== undefined)
}

function hasAny(dir: PathView, names: readonly string[]): boolean {
  return names.some((name) => hasChild(dir, name))
}

/** Plain names are looked up, so that a directory is only listed for the sake of a glob. */
function hasChild(dir: PathView, name: string): boolean {
  if (!isGlob(name)) return descend(dir, name) !== undefined
  for (const child of dir.children()) if (matchesGlob(name, child)) return true
  return false
}

function descend(dir: PathView, path: string): PathView | undefined {
  let view: PathView | undefined = dir
  for (const name of path.split('/')) view = view?.child(name)
  return view
}

function containsOnly(dir: PathView, globs: readonly string[]): boolean {
  let isEmpty = true
  for (const child of dir.children()) {
    if (!globs.some((glob) => matchesGlob(glob, child))) return false
    isEmpty = false
  }
  return !isEmpty
}

function anyChildHas(dir: PathView, name: string): boolean {
  let looks = MAX_CHILDREN_LOOKED_INTO
  for (const childName of dir.children()) {
    if (looks-- === 0) return false
    const child = dir.child(childName)
    if (child?.type !== 'dir') continue
    if (child.child(name) !== undefined) return true
    if (!childName.startsWith('@')) continue
    for (const scopedName of child.children()) {
      if (looks-- === 0) return false
      if (child.child(scopedName)?.child(name) !== undefined) return true
    }
  }
  return false
}

function someAncestor(view: PathView, test: (above: PathView) => boolean): boolean {
  for (let above = view.parent; above; above = above.parent) if (test(above)) return true
  return false
}

/** The root of the context has no name that counts. */
function isUnder(dir: PathView, globs: readonly string[]): boolean {
  return dir.parent !== undefined && globs.some((glob) => matchesGlob(glob, dir.name))
}
