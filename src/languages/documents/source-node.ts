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
  /** Null if it is missing. */
  key: SourceNode | null
  /** Null if it is missing; a missing value is YAML's null. */
  value: SourceNode | null
}

export interface SourceMap extends SourceBase {
  kind: 'map'
  /** In the order of the file, repeated keys included. */
  pairs: readonly SourcePair[]
}

interface SourceList extends SourceBase {
  kind: 'list'
  /** Null if it is missing; a missing value is YAML's null. */
  items: readonly (SourceNode | null)[]
}

export interface SourceAlias extends SourceBase {
  kind: 'alias'
  /** Of the anchor. */
  name: string
}

/** The content of a YAML or JSON file as it is written: keys, aliases and scalars are not interpreted yet. Immutable. */
export type SourceNode = SourceScalar | SourceMap | SourceList | SourceAlias

/** A JSON file, or one document of a YAML file. */
export interface SourceDocument {
  /** 1-based line where the document starts. */
  line: number
  /** Null if the document is empty or cannot be read. */
  root: SourceNode | null
  /** In the order of the file. */
  errors: readonly FileProblem[]
  /** For instance about tags that YAML does not know. */
  warnings: readonly FileProblem[]
}
