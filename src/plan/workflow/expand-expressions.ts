import type {DocumentNode} from '../../languages/documents/document-node.js'
import {evaluateExpression} from './evaluate-expression.js'

/** What `matrix`, `env` and the like stand for; undefined where only GitHub knows. */
export type Contexts = (path: readonly string[]) => DocumentNode | undefined

/** A text with its expressions replaced. */
export interface Expanded {
  text: string
  /** The first expression that only GitHub can evaluate. */
  unknown?: string
}

const EXPRESSION = /\$\{\{([^}]*(?:\}(?!\})[^}]*)*)\}\}/g

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

function evaluate(expression: string, contexts: Contexts): string | undefined {
  return evaluateExpression(expression, (path) => {
    if (path.join('.') === 'github.workspace') return '.'
    const node = contexts(path)
    return node?.kind === 'scalar' ? node.text : undefined
  })
}
