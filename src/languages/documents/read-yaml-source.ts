import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isSeq,
  type Node,
  type Pair,
  Parser,
  Scalar,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type {FileProblem} from '../../errors.js'
import {LineIndex} from '../text/line-index.js'
import type {Range} from '../text/range.js'
import type {SourceDocument, SourceNode, SourcePair, SourceScalar} from './source-node.js'

/**
 * Reads the documents of a YAML file (1.2) as they are written.
 * @param maxDepth levels of mappings and lists
 * @returns at least one document; null if the file is nested more deeply
 */
export function readYamlSource(content: string, maxDepth: number): SourceDocument[] | null {
  const text = content.replace(/^\uFEFF/, '')
  const tokens = [...new Parser().parse(text)]
  // The composer is recursive and can crash the process, so depth is checked before it runs.
  if (isTooDeep(tokens, maxDepth)) return null
  const lines = new LineIndex(text)
  // The library needs square time to find repeated keys.
  const composer = new Composer({uniqueKeys: false, prettyErrors: false})
  return [...composer.compose(tokens, true, text.length)].map((document) => toSource(document, lines))
}

/** Measures without recursion how deep tokens are nested. */
function isTooDeep(tokens: readonly CST.Token[], maxDepth: number): boolean {
  const open = tokens.map((token): [token: CST.Token, depth: number] => [token, 0])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next
    if (depth > maxDepth) return true
    if (token.type === 'document' && token.value) open.push([token.value, depth])
    if (!('items' in token)) continue
    for (const {key, value} of token.items as CST.CollectionItem[]) {
      if (key) open.push([key, depth + 1])
      if (value) open.push([value, depth + 1])
    }
  }
  return false
}

function toSource({contents, errors, warnings, range}: Document.Parsed, lines: LineIndex): SourceDocument {
  const converter = new Converter(lines)
  const root = errors.length === 0 ? converter.convert(contents) : null
  return {
    line: lines.lineAt(range[0]),
    root,
    errors: [...errors.map((error) => describe(error, lines)), ...converter.problems],
    warnings: warnings.map((warning) => describe(warning, lines)),
  }
}

/** Keeps the first line of a message: the library adds the source below it. */
function describe({message, pos}: YAMLError, lines: LineIndex): FileProblem {
  return {line: lines.lineAt(pos[0]), message: message.split('\n')[0]!}
}

class Converter {
  readonly problems: FileProblem[] = []

  constructor(private readonly lines: LineIndex) {}

  convert(node: Node | null): SourceNode | null {
    if (node === null) return null
    const base = this.describeNode(node)
    if (isAlias(node)) return {...base, kind: 'alias', name: node.source}
    if (isMap(node)) {
      const pairs = (node.items as Pair[]).map(this.convertPair)
      const parts = pairs.flatMap(({key, value}) => [key, value])
      return {...base, range: rangeOf(node, parts), kind: 'map', pairs}
    }
    if (isSeq(node)) {
      const items = (node.items as (Node | Pair)[]).map(this.convertItem)
      return {...base, range: rangeOf(node, items), kind: 'list', items}
    }
    return {...base, kind: 'scalar', ...readScalar(node as Scalar)}
  }

  private describeNode(node: Node) {
    const [start, end] = node.range!
    const {anchor} = node as {anchor?: string}
    return {
      range: {start, end},
      line: this.lines.lineAt(start),
      ...(node.tag !== undefined && {tag: node.tag}),
      ...(anchor !== undefined && {anchor}),
    }
  }

  private readonly convertPair = ({key, value}: Pair): SourcePair => ({
    key: this.convert(key as Node | null),
    value: this.convert(value as Node | null),
  })

  /** The lists that YAML calls `!!omap` and `!!pairs` hold pairs. */
  private readonly convertItem = (item: Node | Pair): SourceNode | null => {
    if (!isPair(item)) return this.convert(item)
    const line = this.lines.lineAt((item.key as Node | null)?.range?.[0] ?? 0)
    this.problems.push({line, message: 'it cannot be read'})
    return null
  }
}

/** Returns the range of a collection. A block ends with its last part; the library's range adds line breaks and comments. */
function rangeOf({range, flow}: YAMLMap | YAMLSeq, parts: readonly (SourceNode | null)[]): Range {
  const [start, end] = range!
  const last = flow ? undefined : parts.findLast((part) => part !== null)
  return {start, end: last === undefined ? end : last.range.end}
}

function readScalar({source, type, value}: Scalar): Pick<SourceScalar, 'text' | 'isPlain' | 'value'> {
  return {
    text: source ?? '',
    isPlain: type === undefined || type === Scalar.PLAIN,
    value:
      value === null || ['string', 'number', 'boolean'].includes(typeof value)
        ? (value as string)
        : undefined,
  }
}
