import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
} from 'yaml'
import {ConfigFileError, type FileProblem} from '../../errors.js'
import {CONFIG_LIMITS, type ConfigEntry, type ConfigNode} from './config-node.js'

/**
 * Reads YAML (1.2). Tags, keys that are no text, several documents, and aliases that blow up or lead in a circle are
 * refused; an empty file is an empty value.
 * @throws ConfigFileError with every problem
 */
export function parseYamlConfig(text: string): ConfigNode {
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  // The composer calls itself for each level, and can take the process down: depth is judged before it runs.
  if (isTooDeep(tokens)) throw new ConfigFileError([{line: 1, message: tooDeep()}])
  // Finding keys that are given twice takes the library square time; the schema check does it afterwards.
  const documents = [
    ...new Composer({uniqueKeys: false, prettyErrors: false}).compose(tokens, true, text.length),
  ]
  const [document] = documents
  if (document === undefined) return {kind: 'scalar', line: 1, value: null}
  const problems = listProblems(document, lines)
  const second = documents[1]
  if (second !== undefined) {
    problems.push({
      line: lineAt(lines, second.range[0]),
      message: 'the file holds several documents: keep one',
    })
  }
  if (problems.length > 0) throw new ConfigFileError(problems)
  return new NodeReader(lines).read(document.contents)
}

function listProblems({errors, warnings}: Document.Parsed, lines: LineCounter): FileProblem[] {
  return [...errors, ...warnings].map(({message, pos}) => ({
    line: lineAt(lines, pos[0]),
    message: message.split('\n')[0]!,
  }))
}

function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(lines.linePos(offset).line, 1)
}

/** Measures how deep tokens stand in each other, without recursion. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const open = tokens.map((token): [token: CST.Token, depth: number] => [token, 0])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next
    if (depth > CONFIG_LIMITS.depth) return true
    if (token.type === 'document' && token.value) open.push([token.value, depth])
    if (!('items' in token)) continue
    for (const {key, value} of token.items as CST.CollectionItem[]) {
      if (key) open.push([key, depth + 1])
      if (value) open.push([value, depth + 1])
    }
  }
  return false
}

function tooDeep(): string {
  return `values are nested more than ${CONFIG_LIMITS.depth} levels deep`
}

/** Goes through a document in its order, so that an alias finds the anchor above it. */
class NodeReader {
  private readonly anchors = new Map<string, Node>()
  private nodeCount = 0
  private aliasDepth = 0

  constructor(private readonly lines: LineCounter) {}

  read(node: unknown, depth = 0, parentLine = 1): ConfigNode {
    const line = this.lineOf(node) ?? parentLine
    if (++this.nodeCount > CONFIG_LIMITS.nodes) {
      this.fail(line, `the file stands for more than ${CONFIG_LIMITS.nodes} values`)
    }
    if (depth > CONFIG_LIMITS.depth) this.fail(line, tooDeep())
    if (isAlias(node)) return this.readAlias(node.source, depth, line)
    this.remember(node)
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.readEntry(pair, depth, line))
      return {kind: 'mapping', line, entries}
    }
    if (isSeq(node)) {
      return {kind: 'list', line, items: node.items.map((item) => this.read(item, depth + 1, line))}
    }
    return {kind: 'scalar', line, value: this.readScalar(node, line)}
  }

  private readEntry({key, value}: Pair, depth: number, parentLine: number): ConfigEntry {
    const line = this.lineOf(key) ?? parentLine
    if (!isScalar(key)) return this.fail(line, 'a key must be plain text')
    this.remember(key)
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
    return {key: name, line, value: this.read(value, depth + 1, line)}
  }

  private readAlias(name: string, depth: number, line: number): ConfigNode {
    const target = this.anchors.get(name)
    if (target === undefined)
      return this.fail(line, `"*${name}" refers to an anchor that does not stand above`)
    this.aliasDepth++
    const node = this.read(target, depth, line)
    this.aliasDepth--
    // A problem with the value belongs to where it is used.
    return {...node, line}
  }

  private remember(node: unknown): void {
    const {anchor} = (node ?? {}) as {anchor?: string}
    if (anchor !== undefined && this.aliasDepth === 0) this.anchors.set(anchor, node as Node)
  }

  private readScalar(node: unknown, line: number): string | number | boolean | null {
    const value = isScalar(node) ? node.value : null
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    if (typeof value === 'boolean') return value
    return this.fail(line, 'only text, numbers, true and false can be values here')
  }

  private lineOf(node: unknown): number | undefined {
    const offset = (node as Node | null)?.range?.[0]
    return offset === undefined ? undefined : lineAt(this.lines, offset)
  }

  private fail(line: number, message: string): never {
    throw new ConfigFileError([{line, message}])
  }
}
