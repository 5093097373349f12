import type {DocumentNode} from '../../languages/documents/document-node.js'

/** What `matrix`, `env` and the like stand for; undefined where only GitHub knows. */
export type Contexts = (path: readonly string[]) => DocumentNode | undefined

/** A text with its expressions replaced. */
export interface Expanded {
  text: string
  /** The first expression that only GitHub can evaluate. */
  unknown?: string
}

const EXPRESSION = /\$\{\{([^}]*(?:\}(?!\})[^}]*)*)\}\}/g
const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\['[^']*'\])+$/
const LITERAL = /^'((?:[^']|'')*)'$/

/** Replaces the `${{ … }}` of a workflow whose values stand in the file: `matrix.x`, `env.X`, literals. */
export function expandExpressions(text: string, contexts: Contexts): Expanded {
  let unknown: string | undefined
  const expanded = text.replace(EXPRESSION, (whole, inner: string) => {
    const value = evaluate(inner.trim(), contexts)
    if (value !== undefined) return value
    unknown ??= whole
    return whole
  })
  return {text: expanded, ...(unknown !== undefined && {unknown})}
}

/** Of `a || b` the first that is not empty counts, as far as each before it is known. */
function evaluate(expression: string, contexts: Contexts): string | undefined {
  const parts = expression.split('||').map((part) => part.trim())
  if (parts.length === 1) return evaluateOne(expression, contexts)
  for (const [at, part] of parts.entries()) {
    const value = evaluateOne(part, contexts)
    const isLast = at === parts.length - 1
    if (value === undefined || isLast) return value
    if (value !== '' && value !== 'false' && value !== '0') return value
  }
  return undefined
}

function evaluateOne(expression: string, contexts: Contexts): string | undefined {
  const literal = LITERAL.exec(expression)
  if (literal) return literal[1]!.replaceAll("''", "'")
  if (expression === 'github.workspace') return '.'
  if (!PATH.test(expression)) return undefined
  const path = [...expression.matchAll(/[A-Za-z_][\w-]*|'([^']*)'/g)].map((part) => part[1] ?? part[0])
  const node = contexts(path)
  return node?.kind === 'scalar' ? node.text : undefined
}
