import {type DocumentNode, failAtPlace, type MapNode} from '../../languages/documents/document-node.js'

/** What stands for a name; undefined for a name that is not known here. */
export type Scope = (name: string) => DocumentNode | undefined

/** Thrown for an expression that only buildx can evaluate. */
export class BakeExpressionError extends Error {
  override readonly name = 'BakeExpressionError'

  constructor(
    readonly expression: string,
    readonly file: string,
    readonly line: number,
  ) {
    super(`the expression ${JSON.stringify(expression)} needs buildx`)
  }
}

const MAX_LENGTH = 2 ** 20

const REFERENCE = /^\s*([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\["[^"\\$]*"\])*)\s*$/
const STEP = /\.([A-Za-z_][\w-]*)|\["([^"]*)"\]/g

/**
 * Evaluates a value of a bake file in JSON, where every string is an HCL template: `${NAME}` and `${item.key}` are
 * replaced, `$${` is a literal `${`. A string that is one reference only takes over the value whole, a list too.
 * @throws BakeExpressionError for anything else in a template
 */
export function expandTemplates(node: DocumentNode, scope: Scope): DocumentNode {
  if (node.kind === 'list') return {...node, items: node.items.map((item) => expandTemplates(item, scope))}
  if (node.kind === 'map') return expandEntries(node, scope)
  return node.type === 'string' ? expandString(node, scope) : node
}

function expandEntries(node: MapNode, scope: Scope): MapNode {
  const entries = new Map<string, DocumentNode>()
  for (const [key, value] of node.entries) entries.set(key, expandTemplates(value, scope))
  return {...node, entries}
}

function expandString(node: DocumentNode & {kind: 'scalar'}, scope: Scope): DocumentNode {
  const {text, place} = node
  let result = ''
  let at = 0
  while (at < text.length) {
    const mark = text.slice(at).search(/[$%]\{/)
    if (mark < 0) break
    const open = at + mark
    if (text[open - 1] === text[open] && open > at) {
      result += `${text.slice(at, open - 1)}${text[open]}{`
      at = open + 2
      continue
    }
    const close = text[open] === '%' ? -1 : text.indexOf('}', open)
    if (close < 0) throw new BakeExpressionError(text, place.file, place.line)
    const value = follow(text.slice(open + 2, close), scope)
    if (value === undefined) throw new BakeExpressionError(text, place.file, place.line)
    if (open === 0 && close === text.length - 1) return {...value, place}
    if (value.kind !== 'scalar') throw new BakeExpressionError(text, place.file, place.line)
    result += text.slice(at, open) + value.text
    if (result.length > MAX_LENGTH) failAtPlace(place, `the value grows longer than ${MAX_LENGTH} characters`)
    at = close + 1
  }
  return {...node, text: result + text.slice(at)}
}

function follow(expression: string, scope: Scope): DocumentNode | undefined {
  const match = REFERENCE.exec(expression)
  if (match === null) return undefined
  let value = scope(match[1]!)
  for (const [, dotted, quoted] of match[2]!.matchAll(STEP)) {
    value = value?.kind === 'map' ? value.entries.get(dotted ?? quoted ?? '') : undefined
  }
  return value
}
