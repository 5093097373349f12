import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import {BuildFileError} from '../../errors.js'
import type {DocumentNode} from './document-node.js'
import {resolveScalar} from './resolve-scalar.js'

/** More than any file that people wrote; an alias counts once, what a merge key copies each time. */
const MAX_NODES = 500_000

const TOO_DEEP = 'it is nested too deeply'

/** How a file is read. */
export interface YamlOptions {
  /** Refuse keys that are no strings, as Compose does. */
  stringKeys?: boolean
}

/**
 * Reads the documents of a YAML file; null for an empty one. Merge keys are merged, aliases share their node.
 * @param file how messages and places call it
 * @throws BuildFileError for broken YAML, duplicate keys, cycles, and files that unfold without end
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): (DocumentNode | null)[] {
  const lineCounter = new LineCounter()
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
    })
    if ('empty' in documents) return []
    return documents.map((document) => {
      const [error] = document.errors
      if (error !== undefined) {
        throw new BuildFileError(
          firstSentence(error.message),
          file,
          lineCounter.linePos(error.pos[0]).line || 1,
        )
      }
      const reader = new NodeReader(file, lineCounter, options)
      return document.contents === null ? null : reader.read(document.contents as Node)
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BuildFileError(TOO_DEEP, file, null)
  }
}

/** The library's messages go on with the source. */
function firstSentence(message: string): string {
  if (message.startsWith('Maximum call stack')) return TOO_DEEP
  return message.split('\n')[0]!.replace(/[.:]$/, '')
}

class NodeReader {
  private readonly anchors = new Map<string, DocumentNode>()
  private nodeCount = 0

  constructor(
    private readonly file: string,
    private readonly lineCounter: LineCounter,
    private readonly options: YamlOptions,
  ) {}

  read(node: Node): DocumentNode {
    this.count(1, node)
    if (isAlias(node)) return this.followAlias(node)
    const made = this.make(node)
    const tagged = withTag(made, node.tag)
    const {anchor} = node as {anchor?: string}
    if (anchor !== undefined) this.anchors.set(anchor, tagged)
    return tagged
  }

  private make(node: Node): DocumentNode {
    const place = {file: this.file, line: this.lineOf(node)}
    if (isScalar(node)) return {kind: 'scalar', place, ...resolveScalar(node as Scalar<string>)}
    if (isMap(node)) return {kind: 'map', place, entries: this.readEntries(node)}
    if (!isSeq(node)) return this.fail(node, 'it cannot be read')
    const items: DocumentNode[] = []
    for (const item of node.items) {
      const read = this.read(item as Node)
      if (read.tag !== 'reset') items.push(read)
    }
    return {kind: 'list', place, items}
  }

  private followAlias(node: Node & {source: string}): DocumentNode {
    const target = this.anchors.get(node.source)
    if (target === undefined)
      this.fail(node, `the alias "${node.source}" names no anchor before it, or itself`)
    return target
  }

  /** Keys in order; those of merge keys come last and never replace one that is written out. */
  private readEntries(map: YAMLMap): Map<string, DocumentNode> {
    const entries = new Map<string, DocumentNode>()
    const sources: DocumentNode[] = []
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.readKey(pair.key, map)
      const value = pair.value === null ? nullNode(this.file, this.lineOf(pair.key)) : this.read(pair.value)
      if (key === '<<') {
        if (sources.length > 0) this.fail(pair.key, 'the key "<<" is given twice')
        sources.push(...(value.kind === 'list' ? value.items : [value]))
        continue
      }
      if (entries.has(key)) this.fail(pair.key, `the key "${key}" is given twice`)
      entries.set(key, value)
    }
    for (const source of sources) this.mergeInto(entries, source, map)
    return entries
  }

  private mergeInto(entries: Map<string, DocumentNode>, source: DocumentNode, at: Node): void {
    if (source.kind !== 'map') this.fail(at, 'a merge key ("<<") takes a mapping or a list of them')
    this.count(source.entries.size, at)
    for (const [key, value] of source.entries) {
      const own = entries.get(key)
      // Compose drops a "!reset" before it merges, but remembers to reset what was there before.
      if (own?.tag === 'reset') entries.set(key, {...value, tag: 'override'})
      else if (own === undefined) entries.set(key, value)
    }
  }

  private readKey(key: Node | null, map: Node): string {
    const at = key ?? map
    const read = isAlias(key) ? this.followAlias(key) : isScalar(key) ? this.make(key) : undefined
    if (read?.kind !== 'scalar') this.fail(at, 'a key must be a string')
    if (read.type !== 'string' && this.options.stringKeys) {
      this.fail(at, `the key ${read.text || 'null'} is no string: quote it`)
    }
    return read.text
  }

  private count(amount: number, node: Node): void {
    this.nodeCount += amount
    if (this.nodeCount > MAX_NODES) this.fail(node, `it unfolds to more than ${MAX_NODES} values`)
  }

  private lineOf(node: Node | null): number {
    const offset = node?.range?.[0]
    return offset === undefined ? 1 : this.lineCounter.linePos(offset).line || 1
  }

  private fail(node: Node, reason: string): never {
    throw new BuildFileError(reason, this.file, this.lineOf(node))
  }
}

function withTag(node: DocumentNode, tag: string | undefined): DocumentNode {
  if (tag === '!reset') return {...node, tag: 'reset'}
  return tag === '!override' ? {...node, tag: 'override'} : node
}

function nullNode(file: string, line: number): DocumentNode {
  return {kind: 'scalar', place: {file, line}, text: '', type: 'null'}
}
