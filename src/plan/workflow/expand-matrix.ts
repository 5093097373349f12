import {childOf, type DocumentNode} from '../../languages/documents/document-node.js'

/** One combination of a matrix. */
export type MatrixValues = ReadonlyMap<string, DocumentNode>

/** GitHub's own limit. */
const MAX_JOBS = 256

/**
 * Lists the combinations of a job's matrix, with `include` and `exclude` as GitHub applies them. A job without a
 * matrix is one combination without values, and so is one whose matrix is an expression.
 */
export function expandMatrix(job: DocumentNode): MatrixValues[] {
  const matrix = childOf(childOf(job, 'strategy'), 'matrix')
  if (matrix?.kind !== 'map') return [new Map()]
  const axes: [name: string, values: readonly DocumentNode[]][] = []
  for (const [name, values] of matrix.entries) {
    if (name !== 'include' && name !== 'exclude' && values.kind === 'list') axes.push([name, values.items])
  }
  const excluded = mapsOf(childOf(matrix, 'exclude'))
  const product = axes.length === 0 ? [] : multiply(axes)
  const kept = product.filter((values) => !excluded.some((one) => agrees(values, one)))
  const combinations = include(
    kept,
    mapsOf(childOf(matrix, 'include')),
    axes.map(([name]) => name),
  )
  return combinations.length === 0 ? [new Map()] : combinations.slice(0, MAX_JOBS)
}

function multiply(
  axes: readonly (readonly [string, readonly DocumentNode[]])[],
): Map<string, DocumentNode>[] {
  let combinations: Map<string, DocumentNode>[] = [new Map()]
  for (const [name, values] of axes) {
    const next: Map<string, DocumentNode>[] = []
    for (const combination of combinations) {
      for (const value of values) {
        if (next.length < MAX_JOBS) next.push(new Map(combination).set(name, value))
      }
    }
    combinations = next
  }
  return combinations
}

/** An entry extends every combination whose own values it does not change; one that extends none stands alone. */
function include(
  product: readonly MatrixValues[],
  entries: readonly MatrixValues[],
  axes: readonly string[],
): MatrixValues[] {
  const extended = product.map((values) => new Map(values))
  const alone: MatrixValues[] = []
  for (const entry of entries.slice(0, MAX_JOBS)) {
    const own = new Map([...entry].filter(([name]) => axes.includes(name)))
    let isUsed = false
    for (const [index, values] of product.entries()) {
      if (!agrees(values, own)) continue
      for (const [name, value] of entry) extended[index]!.set(name, value)
      isUsed = true
    }
    if (!isUsed) alone.push(entry)
  }
  return [...extended, ...alone]
}

function agrees(values: MatrixValues, other: MatrixValues): boolean {
  for (const [name, value] of other) {
    const own = values.get(name)
    if (own === undefined || print(own) !== print(value)) return false
  }
  return true
}

function print(node: DocumentNode): string {
  if (node.kind === 'scalar') return JSON.stringify(node.text)
  if (node.kind === 'list') return `[${node.items.map(print).join()}]`
  return `{${[...node.entries].map(([name, value]) => `${name}:${print(value)}`).join()}}`
}

function mapsOf(node: DocumentNode | undefined): MatrixValues[] {
  if (node?.kind !== 'list') return []
  const maps: MatrixValues[] = []
  for (const item of node.items) if (item.kind === 'map') maps.push(item.entries)
  return maps
}
