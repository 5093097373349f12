import {
  childOf,
  type DocumentNode,
  itemsAt,
  type MapNode,
  wordAt,
} from '../../languages/documents/document-node.js'
import type {BuildSecret, StepAccess} from '../build-secrets.js'
import type {Lookup} from './variables/interpolate.js'

/** The secrets of a project by name, with what they are read from: the section `secrets` of its files. */
export type ProjectSecrets = ReadonlyMap<string, Omit<BuildSecret, 'id'>>

/**
 * Reads the section `secrets` of a file.
 * @param resolve makes a path absolute
 */
export function readProjectSecrets(
  section: DocumentNode | undefined,
  lookup: Lookup,
  resolve: (given: string) => string,
): Map<string, Omit<BuildSecret, 'id'>> {
  const secrets = new Map<string, Omit<BuildSecret, 'id'>>()
  if (section?.kind !== 'map') return secrets
  for (const [name, secret] of section.entries) {
    const file = wordAt(secret, 'file')
    const variable = wordAt(secret, 'environment')
    if (file) secrets.set(name, {file: resolve(file)})
    else if (variable) secrets.set(name, {variable, read: () => lookup(variable)})
  }
  return secrets
}

/** What the RUNs of a service's build may use. A secret that no file defines is left out: Compose refuses the project. */
export function readBuildAccess(build: MapNode, known: ProjectSecrets): StepAccess {
  const secrets = itemsAt(build, 'secrets').flatMap((item): BuildSecret[] => {
    const name = item.kind === 'scalar' ? item.text : (wordAt(item, 'source') ?? '')
    const secret = known.get(name)
    return secret === undefined ? [] : [{id: wordAt(item, 'target') || name, ...secret}]
  })
  const ssh = readSsh(childOf(build, 'ssh'))
  const network = wordAt(build, 'network')
  return {
    ...(secrets.length > 0 && {secrets}),
    ...(ssh.length > 0 && {ssh}),
    ...(network && {network}),
  }
}

/** A list of `ID` and `ID=PATH`, or a mapping of them. */
function readSsh(node: DocumentNode | undefined): string[] {
  if (node?.kind === 'map')
    return [...node.entries].map(([id, value]) =>
      value.kind === 'scalar' && value.text !== '' ? `${id}=${value.text}` : id,
    )
  const items = node?.kind === 'list' ? node.items : []
  return items.flatMap((item) => (item.kind === 'scalar' && item.text !== '' ? [item.text] : []))
}
