import {ConfigFileError} from '../errors.js'
import type {SourceAlias, SourceNode, SourcePair} from '../languages/documents/source-node.js'

/** The values of a configuration with their 1-based lines; aliases are resolved. */
export type ConfigNode =
  | {kind: 'map'; line: number; entries: ConfigEntry[]}
  | {kind: 'list'; line: number; items: ConfigNode[]}
  | {kind: 'scalar'; line: number; value: string | number | boolean | null}

interface ConfigEntry {
  key: string
  /** Of the key. */
  line: number
  value: ConfigNode
}

/** Limits of a configuration: far above what people write, and low enough to stay fast. */
export const CONFIG_LIMITS = {
  /** Levels of mappings and lists. */
  depth: 16,
  /** Values, with those that aliases repeat. */
  nodes: 20_000,
} as const

/** The message for a configuration that exceeds the limit of depth. */
export const TOO_DEEP = `values are nested more than ${CONFIG_LIMITS.depth} levels deep`

/**
 * Reads a document as a configuration: aliases are followed, repeated keys are kept, `<<` is a key like any other.
 * @param source null: the document is empty, and so is its value
 * @throws ConfigFileError if a key is not text, JSON has no such value, an alias has no anchor above it, or a limit is
 *   exceeded
 */
export function toConfigNode(source: SourceNode | null): ConfigNode {
  return new NodeReader().read(source, 0, 1)
}

/** Converts a node to plain objects, arrays and values. The last of several equal keys counts. */
export function toPlainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'map':
      // Unlike an assignment, this treats `__proto__` like any other key.
      return Object.fromEntries(node.entries.map(({key, value}) => [key, toPlainValue(value)]))
    case 'list':
      return node.items.map(toPlainValue)
    case 'scalar':
      return node.value
  }
}

/** Reads a document from top to bottom, so that an alias finds the anchor above it. */
class NodeReader {
  private readonly anchors = new Map<string, SourceNode>()
  private nodeCount = 0
  private aliasDepth = 0

  read(source: SourceNode | null, depth: number, parentLine: number): ConfigNode {
    const line = source?.line ?? parentLine
    if (++this.nodeCount > CONFIG_LIMITS.nodes) {
      fail(line, `with its aliases the file has more than ${CONFIG_LIMITS.nodes} values`)
    }
    if (depth > CONFIG_LIMITS.depth) fail(line, TOO_DEEP)
    if (source === null) return {kind: 'scalar', line, value: null}
    if (source.kind === 'alias') return this.readAlias(source, depth)
    this.remember(source)
    switch (source.kind) {
      case 'map':
        return {kind: 'map', line, entries: source.pairs.map((pair) => this.readEntry(pair, depth, line))}
      case 'list':
        return {kind: 'list', line, items: source.items.map((item) => this.read(item, depth + 1, line))}
      case 'scalar':
        if (source.value === undefined) fail(line, 'only text, numbers, true and false can be values here')
        return {kind: 'scalar', line, value: source.value}
    }
  }

  private readEntry({key, value}: SourcePair, depth: number, parentLine: number): ConfigEntry {
    const line = key?.line ?? parentLine
    if (key?.kind !== 'scalar') fail(line, 'a key must be plain text')
    this.remember(key)
    return {key: key.text, line, value: this.read(value, depth + 1, line)}
  }

  private readAlias({name, line}: SourceAlias, depth: number): ConfigNode {
    const target = this.anchors.get(name)
    if (target === undefined) fail(line, `"*${name}" refers to an anchor that is not defined above`)
    this.aliasDepth++
    const node = this.read(target, depth, line)
    this.aliasDepth--
    // Problems with the value are reported where it is used.
    return {...node, line}
  }

  private remember(source: SourceNode): void {
    if (source.anchor !== undefined && this.aliasDepth === 0) this.anchors.set(source.anchor, source)
  }
}

function fail(line: number, message: string): never {
  throw new ConfigFileError([{line, message}])
}
