import {BuildFileError} from '../../errors.js'
import {childOf, type DocumentNode, itemsAt, type MapNode} from '../../languages/documents/document-node.js'
import {type BuildSecret, parseSecret, type StepAccess, secretOf} from '../build-secrets.js'
import {BakeExpressionError, expandTemplates, type Scope} from './expand-template.js'

/** Reads what the RUNs of a target may use. An expression that only buildx can evaluate is left out. */
export function readTargetAccess(body: MapNode, scope: Scope): StepAccess {
  const secrets = itemsOf(body, 'secret', scope).flatMap((item): BuildSecret[] => {
    const secret = item.kind === 'scalar' ? parseSecret(item.text) : secretOf(textsOf(item))
    return secret === null ? [] : [secret]
  })
  const ssh = itemsOf(body, 'ssh', scope).flatMap(readSsh)
  const network = expand(childOf(body, 'network'), scope)
  return {
    ...(secrets.length > 0 && {secrets}),
    ...(ssh.length > 0 && {ssh}),
    ...(network?.kind === 'scalar' && network.text !== '' && {network: network.text}),
  }
}

/** `default`, `ID=PATH`, or an object with `id` and `paths`. */
function readSsh(item: DocumentNode): string[] {
  if (item.kind === 'scalar') return item.text === '' ? [] : [item.text]
  const id = textsOf(item).get('id')
  if (!id) return []
  const words = itemsAt(item, 'paths').flatMap((one) => (one.kind === 'scalar' ? [one.text] : []))
  return [words.length === 0 ? id : `${id}=${words.join(',')}`]
}

function itemsOf(body: MapNode, key: string, scope: Scope): readonly DocumentNode[] {
  const node = expand(childOf(body, key), scope)
  return node?.kind === 'list' ? node.items : []
}

function expand(node: DocumentNode | undefined, scope: Scope): DocumentNode | undefined {
  try {
    return node && expandTemplates(node, scope)
  } catch (error) {
    if (error instanceof BuildFileError || error instanceof BakeExpressionError) return undefined
    throw error
  }
}

/** The scalars of an object. */
function textsOf(node: DocumentNode): Map<string, string> {
  if (node.kind !== 'map') return new Map()
  return new Map(
    [...node.entries].flatMap(([key, value]) => (value.kind === 'scalar' ? [[key, value.text]] : [])),
  )
}
