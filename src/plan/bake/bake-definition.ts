import type {Location} from '../../languages/text/range.js'
import {mergeAccess, type StepAccess} from '../build-secrets.js'

/** A target as its file says it, expressions evaluated; what it inherits is not in it yet. */
export interface BakeTarget extends StepAccess {
  name: string
  place: Location
  contextPlace?: Location
  dockerfilePlace?: Location
  inherits: readonly string[]
  context?: string
  dockerfile?: string
  dockerfileInline?: string
  target?: string
  args: ReadonlyMap<string, string>
  contexts: ReadonlyMap<string, string>
  platforms?: readonly string[]
}

/** Everything that bake files say together. */
export interface BakeDefinition {
  /** By name: targets and other groups. */
  groups: Map<string, readonly string[]>
  targets: Map<string, BakeTarget>
}

/** Lays a target over one of the same name, or over one that it inherits. */
export function mergeTargets(below: BakeTarget, above: BakeTarget): BakeTarget {
  return {
    ...below,
    ...above,
    ...mergeAccess(below, above),
    inherits: [...below.inherits, ...above.inherits],
    args: new Map([...below.args, ...above.args]),
    contexts: new Map([...below.contexts, ...above.contexts]),
  }
}
