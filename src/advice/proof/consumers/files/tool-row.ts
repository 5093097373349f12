import type {Need} from '../consumption.js'
import type {Mentioned} from '../needs.js'

/** What a program reads by its own custom: a row of a table. */
export interface ToolRow {
  programs: readonly string[]
  /** What the words behind the program must say. Default: anything. */
  words?: RegExp
  /** Names in the directory, of each list the first that is there. */
  files?: readonly (readonly [names: readonly string[], certainty: Need['certainty']])[]
  /** Files whose text names others. */
  named?: readonly NamingFile[]
}

/** A file whose text names others. */
export interface NamingFile {
  /** A pattern stands for the files in the directory itself, unless `isDeep` says more. */
  file: string | RegExp
  kinds: readonly Mentioned[]
  /** Those in the directories below, too. */
  isDeep?: true
  /** The names are relative to the directory. Default: to the file that has them. */
  isOfDirectory?: true
  /** A generator may make what is named. */
  isImport?: true
  /** It is code: what it asks for first, or does later, is no need. */
  isCode?: true
}
