import {type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode} from 'jsonc-parser'
import {ConfigFileError} from '../../errors.js'
import {CONFIG_LIMITS, type ConfigNode} from './config-node.js'

/**
 * Reads strict JSON.
 * @param property only the value of this property of the outermost object, as in a package.json
 * @returns null where the property is not there
 * @throws ConfigFileError with every problem
 */
export function parseJsonConfig(text: string, property?: string): ConfigNode | null {
  const lineAt = createLineFinder(text)
  const errors: ParseError[] = []
  const root = parseOrFail(text, errors)
  if (errors.length > 0) {
    throw new ConfigFileError(
      errors.map(({error, offset}) => ({line: lineAt(offset), message: explain(error)})),
    )
  }
  if (property === undefined) return root ? toConfigNode(root, lineAt) : null
  // Of several, the last one counts, as in JSON.parse.
  const found = root?.type === 'object' ? root.children?.findLast((child) => keyOf(child) === property) : null
  const value = found?.children?.[1]
  return value ? toConfigNode(value, lineAt) : null
}

function parseOrFail(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, {disallowComments: true, allowTrailingComma: false})
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigFileError([{line: 1, message: tooDeep()}])
    throw error
  }
}

/** `CommaExpected` → `comma expected`. */
function explain(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase()
}

function tooDeep(): string {
  return `values are nested more than ${CONFIG_LIMITS.depth} levels deep`
}

function keyOf(property: Node): unknown {
  return property.children?.[0]?.value
}

function toConfigNode(node: Node, lineAt: (offset: number) => number, depth = 0): ConfigNode {
  const line = lineAt(node.offset)
  if (depth > CONFIG_LIMITS.depth) throw new ConfigFileError([{line, message: tooDeep()}])
  const children = node.children ?? []
  if (node.type === 'array') {
    return {kind: 'list', line, items: children.map((child) => toConfigNode(child, lineAt, depth + 1))}
  }
  if (node.type !== 'object') return {kind: 'scalar', line, value: node.value}
  const entries = children.map((child) => ({
    key: String(keyOf(child)),
    line: lineAt(child.offset),
    value: toConfigNode(child.children![1]!, lineAt, depth + 1),
  }))
  return {kind: 'mapping', line, entries}
}

/** Finds the 1-based line of an offset. */
function createLineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
