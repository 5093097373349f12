import {type Node, type ParseError, parseTree, printParseErrorCode} from 'jsonc-parser'
import {BuildFileError} from '../../errors.js'
import type {DocumentNode} from './document-node.js'

/**
 * Reads a JSON file. A key that is given twice with objects or arrays stands for a list of both, as HCL reads its blocks.
 * @param file how messages and places call it
 * @throws BuildFileError for broken JSON
 */
export function parseJson(text: string, file: string): DocumentNode {
  const errors: ParseError[] = []
  const lines = new LineIndex(text)
  try {
    const root = parseTree(text, errors, {disallowComments: true, allowTrailingComma: false})
    const [error] = errors
    if (error !== undefined || root === undefined) {
      const reason = error === undefined ? 'it is empty' : describe(printParseErrorCode(error.error))
      throw new BuildFileError(reason, file, lines.lineAt(error?.offset ?? 0))
    }
    return convert(root, file, lines)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BuildFileError('it is nested too deeply', file, null)
  }
}

/** `CloseBraceExpected` in words. */
function describe(code: string): string {
  return `this is no JSON: ${code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`
}

function convert(node: Node, file: string, lines: LineIndex): DocumentNode {
  const place = {file, line: lines.lineAt(node.offset)}
  switch (node.type) {
    case 'object':
      return {kind: 'map', place, entries: convertEntries(node, file, lines)}
    case 'array':
      return {kind: 'list', place, items: (node.children ?? []).map((child) => convert(child, file, lines))}
    case 'null':
      return {kind: 'scalar', place, text: '', type: 'null'}
    default:
      return {kind: 'scalar', place, text: String(node.value), type: node.type as 'string'}
  }
}

function convertEntries(node: Node, file: string, lines: LineIndex): Map<string, DocumentNode> {
  const entries = new Map<string, DocumentNode>()
  for (const property of node.children ?? []) {
    const [name, value] = property.children as [Node, Node]
    const key = String(name.value)
    const converted = convert(value, file, lines)
    const known = entries.get(key)
    if (known === undefined) entries.set(key, converted)
    else if (known.kind === 'scalar' || converted.kind === 'scalar') {
      throw new BuildFileError(`the key "${key}" is given twice`, file, lines.lineAt(name.offset))
    } else
      entries.set(key, {kind: 'list', place: known.place, items: [...blocks(known), ...blocks(converted)]})
  }
  return entries
}

function blocks(node: DocumentNode): readonly DocumentNode[] {
  return node.kind === 'list' ? node.items : [node]
}

/** Finds lines by offset; offsets come in order, mostly. */
class LineIndex {
  private readonly starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.starts[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return Math.max(low, 1)
  }
}
