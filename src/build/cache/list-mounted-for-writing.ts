import type {BuildGraph} from '../graph/build-graph.js'

/**
 * The contexts, null for the main one, of which a RUN mounts something for writing. BuildKit closes its copy of such a
 * context: the next build sends all of it anew, what has the same size and time among it (docs/cache.md 3).
 */
export function listMountedForWriting({steps}: BuildGraph): Set<string | null> {
  const contexts = new Set<string | null>()
  for (const {instruction, reads} of steps) {
    if (instruction.keyword !== 'RUN') continue
    const mounts = instruction.mounts.filter(
      ({type, from}) => type === 'bind' || type === 'tmpfs' || (type === 'cache' && from !== null),
    )
    for (const [at, {type, isReadOnly}] of mounts.entries()) {
      const from = reads[at]?.from
      if (type === 'bind' && !isReadOnly && from?.kind === 'context') contexts.add(from.name)
    }
  }
  return contexts
}
