import {BuildFileError} from '../../errors.js'
import type {DocumentNode} from './document-node.js'
import {readYamlSource} from './read-yaml-source.js'
import {resolveScalar} from './resolve-scalar.js'
import type {SourceAlias, SourceDocument, SourceMap, SourceNode} from './source-node.js'

/** Levels of mappings and lists, far above what people write. */
export const YAML_DEPTH = 500

/** Values, far above what people write. An alias counts once; entries that a merge key copies count each time. */
const MAX_NODES = 500_000

/** How a file is read. */
export interface YamlOptions {
  /** Refuse keys that are no strings, as Compose does. */
  stringKeys?: boolean
}

/**
 * Reads the documents of a YAML file as Docker's tools do; null for an empty one. Merge keys are merged, aliases share
 * their node.
 * @param file its name in messages and places
 * @throws BuildFileError for broken YAML, repeated keys, cycles, and files that exceed the limits
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): (DocumentNode | null)[] {
  return readDocuments(readYamlSource(text, YAML_DEPTH), file, options)
}

/** The same of a file that was read as it is written. @param documents null where it is nested too deeply */
export function readDocuments(
  documents: readonly SourceDocument[] | null,
  file: string,
  options: YamlOptions = {},
): (DocumentNode | null)[] {
  if (documents === null) throw new BuildFileError('it is nested too deeply', file, null)
  return documents.map((document) => readDocument(document, file, options))
}

/** The documents of a file that nobody asked for; none of a broken one. @param file its name in places */
export function parseYamlQuietly(text: string, file: string): DocumentNode[] {
  try {
    return parseYaml(text, file).filter((root) => root !== null)
  } catch (error) {
    if (error instanceof BuildFileError) return []
    throw error
  }
}

function readDocument(
  {root, errors}: SourceDocument,
  file: string,
  options: YamlOptions,
): DocumentNode | null {
  const [error] = errors
  if (error !== undefined) throw new BuildFileError(error.message.replace(/[.:]$/, ''), file, error.line)
  return root === null ? null : new NodeReader(file, options).read(root)
}

class NodeReader {
  private readonly anchors = new Map<string, DocumentNode>()
  private nodeCount = 0

  constructor(
    private readonly file: string,
    private readonly options: YamlOptions,
  ) {}

  read(source: SourceNode): DocumentNode {
    this.count(1, source)
    if (source.kind === 'alias') return this.followAlias(source)
    const node = withTag(this.make(source), source.tag)
    if (source.anchor !== undefined) this.anchors.set(source.anchor, node)
    return node
  }

  private make(source: Exclude<SourceNode, SourceAlias>): DocumentNode {
    const base = {place: {file: this.file, line: source.line}, source}
    if (source.kind === 'scalar') return {...base, kind: 'scalar', ...resolveScalar(source)}
    if (source.kind === 'map') return {...base, kind: 'map', entries: this.readEntries(source)}
    const items = source.items.map((item) => this.readValue(item, source.line))
    return {...base, kind: 'list', items: items.filter(({tag}) => tag !== 'reset')}
  }

  /** Reads a value; an absent one is null. */
  private readValue(source: SourceNode | null, line: number): DocumentNode {
    if (source !== null) return this.read(source)
    return {kind: 'scalar', place: {file: this.file, line}, text: '', type: 'null'}
  }

  private followAlias(alias: SourceAlias): DocumentNode {
    const target = this.anchors.get(alias.name)
    if (target === undefined)
      this.fail(alias, `the alias "${alias.name}" names no anchor before it, or itself`)
    return target
  }

  /** Reads keys in their order. Keys from merge keys come last and never replace a key that is written out. */
  private readEntries(map: SourceMap): Map<string, DocumentNode> {
    const entries = new Map<string, DocumentNode>()
    const merged: DocumentNode[] = []
    for (const pair of map.pairs) {
      const at = pair.key ?? map
      const key = this.readKey(pair.key, at)
      const value = this.readValue(pair.value, at.line)
      if (key === '<<') {
        if (merged.length > 0) this.fail(at, 'the key "<<" is given twice')
        merged.push(...(value.kind === 'list' ? value.items : [value]))
        continue
      }
      if (entries.has(key)) this.fail(at, `the key "${key}" is given twice`)
      entries.set(key, value)
    }
    for (const other of merged) this.mergeInto(entries, other, map)
    return entries
  }

  private mergeInto(entries: Map<string, DocumentNode>, other: DocumentNode, at: SourceNode): void {
    if (other.kind !== 'map') this.fail(at, 'a merge key ("<<") takes a mapping or a list of them')
    this.count(other.entries.size, at)
    for (const [key, value] of other.entries) {
      const own = entries.get(key)
      // Compose drops a "!reset" before it merges, but remembers to reset what was there before.
      if (own?.tag === 'reset') entries.set(key, {...value, tag: 'override'})
      else if (own === undefined) entries.set(key, value)
    }
  }

  private readKey(key: SourceNode | null, at: SourceNode): string {
    const read =
      key?.kind === 'alias' ? this.followAlias(key) : key?.kind === 'scalar' ? this.make(key) : undefined
    if (read?.kind !== 'scalar') this.fail(at, 'a key must be a string')
    if (read.type !== 'string' && this.options.stringKeys) {
      this.fail(at, `the key ${read.text || 'null'} is not a string: quote it`)
    }
    return read.text
  }

  private count(amount: number, at: SourceNode): void {
    this.nodeCount += amount
    if (this.nodeCount > MAX_NODES) this.fail(at, `with its aliases it has more than ${MAX_NODES} values`)
  }

  private fail({line}: SourceNode, reason: string): never {
    throw new BuildFileError(reason, this.file, line)
  }
}

function withTag(node: DocumentNode, tag: string | undefined): DocumentNode {
  if (tag === '!reset') return {...node, tag: 'reset'}
  return tag === '!override' ? {...node, tag: 'override'} : node
}
