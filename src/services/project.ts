/**
 * The nouns of an analysis, from the outside in: a project reads contexts, several ignore files may govern one context,
 * and each governs some builds. What is the same for several builds is computed once, in the noun that they share.
 */

import path from 'node:path'
import type {CatalogueEntry} from '../advice/catalogue/catalogue-entry.js'
import {KnownEntries} from '../advice/catalogue/known-entries.js'
import type {MakingLine} from '../advice/facts/find-making-line.js'
import type {IgnoreFacts} from '../advice/facts/ignore-facts.js'
import type {BuildGraph} from '../build/graph/build-graph.js'
import type {EvidenceTexts} from '../build/graph/proof-input.js'
import type {MeasuredSource, SourceRequest} from '../build/transfer/measure-source.js'
import type {TrackedPaths} from '../languages/git/tracked-paths.js'
import type {GitIgnore} from '../languages/gitignore/create-git-ignore.js'
import type {BuildPlan, ContextSource} from '../plan/build-plan.js'
import type {FileTree} from '../tree/model/file-tree.js'
import type {AskedBuild, FailedBuild} from './load/load-builds.js'

/** A directory that builds read, walked once. */
export interface WalkedDirectory {
  /** Absolute. */
  readonly hostPath: string
  /** Relative to the report's context, with a slash behind; empty for the same directory. */
  readonly prefix: string
  /** All that Docker may visit for some build. */
  readonly tree: FileTree
  /** Whether extended attributes are part of the figures. */
  readonly hasXattrs: boolean
  /** Why it cannot be read, in words; null: it can. */
  readonly problem: string | null
}

/** A directory that builds read, with what is the same for each of them. */
export class Context {
  readonly hostPath: string
  readonly prefix: string
  readonly tree: FileTree
  private knownEntries: KnownEntries | null = null

  constructor(readonly walked: WalkedDirectory) {
    this.hostPath = walked.hostPath
    this.prefix = walked.prefix
    this.tree = walked.tree
  }

  /** What the catalogue says of the entries, computed on first use. */
  get known(): KnownEntries {
    this.knownEntries ??= new KnownEntries(this.tree)
    return this.knownEntries
  }

  /** What the catalogue says of an entry; null for what it does not know. */
  kindOf(entry: number): CatalogueEntry | null {
    return this.known.classify(entry) ?? null
  }

  /** A path of the context relative to the report's context, `..` resolved. */
  show(contextPath: string): string {
    return this.prefix === '' ? contextPath : path.posix.join(this.prefix, contextPath)
  }
}

/** A named context of a build. */
interface LoadedNamedContext {
  name: string
  context: Context
  request: SourceRequest
}

/** The plan of a build, with the contexts that it reads. */
export interface LoadedPlan {
  plan: BuildPlan
  /** Null without a Dockerfile. */
  graph: BuildGraph | null
  context: Context
  request: SourceRequest
  named: readonly LoadedNamedContext[]
}

/** Builds that are asked for, with all that they read of this machine. */
export interface Project {
  builds: readonly (LoadedPlan & {asked: AskedBuild})[]
  failed: readonly FailedBuild[]
}

/** A build and what crosses for it. */
export interface Build {
  plan: BuildPlan
  /** Its steps, what each reads and where that lands; null without a Dockerfile. */
  graph: BuildGraph | null
  context: Context
  /** What it takes from its context. */
  main: MeasuredSource
  named: readonly {name: string; context: Context; measured: MeasuredSource}[]
}

/** A build that is reported. */
export interface ProjectBuild extends Build {
  asked: AskedBuild
  /** Its place among the builds that are reported. */
  position: number
}

/** Builds that one ignore file governs, or would govern if it existed: they share a context. */
export interface IgnoreGroup {
  context: Context
  /** The context as the first of the builds gives it; its ignore file is null where there is none yet. */
  source: ContextSource
  /** The ignore file, there or not, relative to the context. */
  ignorePath: string
  /** What the file does to the context. */
  facts: IgnoreFacts
  /** At least one. */
  builds: readonly ProjectBuild[]
}

/** Another build that the same ignore file governs: a suggestion must not break it either. */
export interface Witness {
  plan: BuildPlan
  graph: BuildGraph | null
  main: MeasuredSource
}

/** What Git knows of a context. */
export interface GitFacts {
  /** What Git ignores; null where nothing tells. */
  gitIgnore: GitIgnore | null
  /** What Git tracks; null where nothing tells. */
  tracked: TrackedPaths | null
}

/** What was read for a group besides its contexts, once they were measured. */
export interface Evidence extends GitFacts {
  /** Beginnings of the files that rules and proofs want of the context, by path. */
  texts: EvidenceTexts
  /** Texts of the project's own sources, those that the ignore file keeps out among them. */
  sources: EvidenceTexts
  /** The same of named contexts, by their directories. */
  namedTexts: ReadonlyMap<string, EvidenceTexts>
  witnesses: readonly Witness[]
  /** What the builds ask for, and only a directory above the context holds: by path, how many levels up. */
  above: ReadonlyMap<string, number>
  /** What the builds ask for in vain, and a line of the project seems to make. */
  makers: ReadonlyMap<string, MakingLine>
}
