import {type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode} from 'jsonc-parser'
import {LineIndex} from '../text/line-index.js'
import type {SourceDocument, SourceNode, SourcePair} from './source-node.js'

/**
 * Reads JSON as it is written.
 * @param hasComments comments and a comma at the end of a list are allowed
 * @returns null if it is nested too deeply
 */
export function readJsonSource(text: string, hasComments = false): SourceDocument | null {
  const lines = new LineIndex(text)
  const problems: ParseError[] = []
  try {
    const tree = parseTree(text, problems, {disallowComments: !hasComments, allowTrailingComma: hasComments})
    const isReadable = problems.length === 0 && tree !== undefined
    const errors = problems.map(({error, offset}) => ({line: lines.lineAt(offset), message: explain(error)}))
    return {line: 1, root: isReadable ? convert(tree, lines) : null, errors, warnings: []}
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** `CommaExpected` → `comma expected`. */
function explain(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase()
}

function convert(node: Node, lines: LineIndex): SourceNode {
  const {offset: start, length, children = [], value} = node
  const base = {range: {start, end: start + length}, line: lines.lineAt(start)}
  if (node.type === 'array')
    return {...base, kind: 'list', items: children.map((item) => convert(item, lines))}
  if (node.type !== 'object')
    return {...base, kind: 'scalar', text: String(value), isPlain: node.type !== 'string', value}
  return {...base, kind: 'map', pairs: children.map((property) => convertPair(property, lines))}
}

function convertPair({children}: Node, lines: LineIndex): SourcePair {
  const [key, value] = children as [Node, Node]
  return {key: convert(key, lines), value: convert(value, lines)}
}
