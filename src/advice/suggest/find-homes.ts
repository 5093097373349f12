import {type ProofInput, sourcesOf} from '../../build/graph/proof-input.js'
import {isWithin, parentPath} from '../../languages/text/container-path.js'

/**
 * The directories of the context that a build works in: that of its Dockerfile, and what lies where its container starts.
 * The root of the context is none, since every build works there.
 * @param dockerfile relative to the context
 */
export function findHomes(input: ProofInput, dockerfile: string | undefined): string[] {
  const target = input.timelines?.find(({isTarget}) => isTarget)
  const started = target === undefined ? [] : sourcesOf(input, target, target.directory)
  return [...new Set([...started, ...listBeside(dockerfile)])].filter((home) => home !== '' && home !== '.')
}

/** One Dockerfile above the context, or in the root, says nothing. */
function listBeside(dockerfile: string | undefined): string[] {
  if (dockerfile === undefined || dockerfile.startsWith('../') || !dockerfile.includes('/')) return []
  return [parentPath(dockerfile)]
}

/** What a build that sends a path knows about it. */
export interface Sender {
  name: string
  confidence: 'safe' | 'review' | 'blocked'
  homes: readonly string[]
}

/**
 * The builds that a path was probably put there for: it lies where they work, and nothing proves it unused. None where that
 * tells no build from another, since none or each works there, or where it is not known where another works.
 * @returns their names
 */
export function findOwners(path: string, senders: readonly Sender[]): string[] {
  const owners = senders.filter(({confidence, homes}) => confidence === 'review' && isAtHome(path, homes))
  const others = senders.filter((sender) => !owners.includes(sender))
  const areElsewhere = others.every(
    ({confidence, homes}) => confidence === 'safe' || (homes.length > 0 && !isAtHome(path, homes)),
  )
  return others.length > 0 && areElsewhere ? owners.map(({name}) => name) : []
}

function isAtHome(path: string, homes: readonly string[]): boolean {
  return homes.some((home) => isWithin(path, home))
}
