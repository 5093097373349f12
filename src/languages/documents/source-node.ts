import type {FileProblem} from '../../errors.js'
import type {Range} from '../text/range.js'

interface SourceBase {
  /** Without tag and anchor, which stand before it. */
  range: Range
  /** 1-based line of the range's start. */
  line: number
  /** YAML's tag in full: `!reset`, `tag:yaml.org,2002:str`. */
  tag?: string
  anchor?: string
}

export interface SourceScalar extends SourceBase {
  kind: 'scalar'
  /** Without quotes, escapes read, lines folded. */
  text: string
  /** Whether the text stands there without quotes, and not as a block. */
  isPlain: boolean
  /** By YAML 1.2 and JSON; undefined for dates and other values that neither has. */
  value: string | number | boolean | null | undefined
}

export interface SourcePair {
  /** Null: nothing stands there. */
  key: SourceNode | null
  /** Null: nothing stands there, which means null. */
  value: SourceNode | null
}

export interface SourceMap extends SourceBase {
  kind: 'map'
  /** In the order of the file, repeated keys included. */
  pairs: readonly SourcePair[]
}

interface SourceList extends SourceBase {
  kind: 'list'
  /** Null: nothing stands there, which means null. */
  items: readonly (SourceNode | null)[]
}

export interface SourceAlias extends SourceBase {
  kind: 'alias'
  /** Of the anchor. */
  name: string
}

/** What stands in a YAML or JSON file, before its keys, aliases and scalars get a meaning. Immutable. */
export type SourceNode = SourceScalar | SourceMap | SourceList | SourceAlias

/** A JSON file, or one document of a YAML file. */
export interface SourceDocument {
  /** 1-based line where the document starts. */
  line: number
  /** Null: it is empty, or cannot be read. */
  root: SourceNode | null
  /** In the order of the file. */
  errors: readonly FileProblem[]
  /** Such as tags that YAML does not know. */
  warnings: readonly FileProblem[]
}
