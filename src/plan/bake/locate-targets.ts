import type {Place} from '../../languages/documents/document-node.js'

/** Where the targets of bake files stand, and what names there are. */
export interface LocatedTargets {
  targets: Map<string, Place>
  /** Groups and targets. */
  names: string[]
}

const BLOCK = /^[ \t]*(target|group)[ \t]+"([^"\n]+)"/gm

/** Finds the blocks of HCL by their first line; those that a matrix makes are not among them. */
export function locateTargets(files: readonly {file: string; text: string}[]): LocatedTargets {
  const targets = new Map<string, Place>()
  const names = new Set<string>()
  for (const {file, text} of files) {
    let line = 1
    let at = 0
    for (const match of text.matchAll(BLOCK)) {
      for (; at < match.index; at++) if (text.charCodeAt(at) === 10) line++
      const name = match[2]!
      names.add(name)
      if (match[1] === 'target' && !targets.has(name)) targets.set(name, {file, line})
    }
  }
  return {targets, names: [...names]}
}
