import type {Location} from '../../languages/text/range.js'

/** Where a target of a bake file stands, and what it says of its context and Dockerfile. */
export interface LocatedTarget {
  place: Location
  contextPlace?: Location
  dockerfilePlace?: Location
}

/** Where the targets of bake files stand, and what names there are. */
export interface LocatedTargets {
  targets: Map<string, LocatedTarget>
  /** Groups and targets. */
  names: string[]
}

const BLOCK = /^[ \t]*(target|group|variable|function)[ \t]+"([^"\n]+)"(.*)/
const ATTRIBUTE = /(?:^|[{;,])[ \t]*(context|dockerfile)[ \t]*=/g

/** Finds the blocks of HCL by their first line, and two attributes in them; those that a matrix makes are not among them. */
export function locateTargets(files: readonly {file: string; text: string}[]): LocatedTargets {
  const targets = new Map<string, LocatedTarget>()
  const names = new Set<string>()
  for (const {file, text} of files) {
    let open: LocatedTarget | null = null
    for (const [index, content] of text.split('\n').entries()) {
      const place = {file, line: index + 1}
      const [, kind, name, rest] = BLOCK.exec(content) ?? []
      if (name !== undefined) {
        if (kind === 'target' || kind === 'group') names.add(name)
        open = kind === 'target' && !targets.has(name) ? {place} : null
        if (open !== null) targets.set(name, open)
      }
      if (open !== null) readAttributes(rest ?? content, place, open)
    }
  }
  return {targets, names: [...names]}
}

/** The first one counts: a second one stands in an object. */
function readAttributes(content: string, place: Location, target: LocatedTarget): void {
  for (const [, attribute] of content.matchAll(ATTRIBUTE)) {
    if (attribute === 'context') target.contextPlace ??= place
    else target.dockerfilePlace ??= place
  }
}
