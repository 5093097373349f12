import type {BuildGraph} from '../../build/graph/build-graph.js'
import {contextsTaken} from '../../build/graph/query-graph.js'
import {type ContextRequest, listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {markEntries} from '../../build/transfer/entry-figures.js'
import type {Transfer} from '../../build/transfer/predict-transfer.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {EntryFilter} from '../../build/transfer/visit-entries.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import {findBlockLines} from '../../languages/ignore/edit/blocks.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import type {Location} from '../../languages/text/range.js'
import type {BuildPlan, PlanIgnoreFile} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {LinkReader} from '../../tree/model/follow-links.js'
import {createTreeLinkReader} from '../../tree/model/tree-link-reader.js'
import type {Classifier} from '../catalogue/classifier.js'
import {KnownEntries} from '../catalogue/known-entries.js'
import type {ContextFacts} from './context-facts.js'
import type {MakingLine} from './find-making-line.js'
import {IgnoreFacts} from './ignore-facts.js'
import type {IgnoreUse} from './observe-patterns.js'
import {findPatternOutcomes, type PatternOutcome} from './pattern-outcomes.js'
import {type RequestOutcome, traceGitRequests, traceRequests} from './trace-requests.js'

/** What the rules judge: a measured plan, and the few facts that only the disk knows. Plain data. */
export interface RuleInput {
  plan: BuildPlan
  /** Null without a Dockerfile. */
  graph: BuildGraph | null
  /** All that Docker may visit of the context, links not followed. */
  tree: FileTree
  main: MeasuredContext & {transfer: Pick<Transfer, 'sizes'>}
  /** What the catalogue knows of the tree. Default: worked out anew. */
  known?: KnownEntries
  /** What the ignore file does. Default: worked out anew. */
  ignoreFacts?: IgnoreFacts
  /** What Git ignores. Default: null, nothing tells. */
  gitIgnore?: GitIgnore | null
  /** What Git tracks. Default: null, nothing tells. */
  tracked?: TrackedPaths | null
  named?: readonly NamedContextInput[]
  /** Whether extended attributes are part of the figures. */
  hasXattrs: boolean
  /** The ignore file, relative to the context, that exists and cannot be read: it counts as empty. */
  unreadableIgnoreFile?: string
  /** Beginnings of the files that `listWantedForSecrets` names, by path. */
  secretTexts?: ReadonlyMap<string, string>
  /** Texts of the project's own sources, by path, those that the ignore file keeps out among them. Default: not read. */
  sources?: ReadonlyMap<string, string>
  /** What is asked for, and only a directory above the context holds: by path, how many levels up. Default: nothing. */
  above?: ReadonlyMap<string, number>
  /** What is asked for in vain, and a line of a script or a CI file seems to make, by path. Default: nothing. */
  makers?: ReadonlyMap<string, MakingLine>
}

/** What one context gives to the build. */
interface MeasuredContext {
  filter: EntryFilter
  selection: Selection
}

interface NamedContextInput {
  name: string
  tree: FileTree
  known?: KnownEntries
  measured: MeasuredContext
  secretTexts?: ReadonlyMap<string, string>
}

/** What a pattern can be that only does nothing. */
const IDLE = new Set<PatternOutcome['kind']>(['dead', 'duplicate', 'shadowed'])

/** The input with what several rules want to know of it, each computed once and only if asked for. */
export class RuleFacts implements ContextFacts {
  readonly plan: BuildPlan
  readonly tree: FileTree
  readonly selection: Selection
  readonly filter: EntryFilter
  readonly graph: BuildGraph | null
  /** What is asked of the main context, in source order. */
  readonly requests: readonly ContextRequest[]
  readonly patterns: readonly IgnorePattern[]
  readonly ignoreFacts: IgnoreFacts
  readonly known: KnownEntries
  private readonly computed: {
    ownLines?: ReadonlySet<number>
    patternOutcomes?: readonly PatternOutcome[]
    outcomes?: readonly RequestOutcome[]
    isSent?: Uint8Array
    linkReader?: LinkReader
  } = {}

  constructor(readonly input: RuleInput) {
    this.plan = input.plan
    this.tree = input.tree
    this.selection = input.main.selection
    this.filter = input.main.filter
    this.graph = input.graph
    this.requests = listRequestsTo(input.graph, null)
    this.ignoreFacts = input.ignoreFacts ?? new IgnoreFacts(this.tree, this.ignoreFile)
    this.patterns = this.ignoreFacts.rules.patterns
    this.known = input.known ?? new KnownEntries(this.tree)
  }

  get ignoreFile(): PlanIgnoreFile | null {
    return this.plan.context.ignoreFile
  }

  /** Whether anything is sent from the main context at all. */
  get usesContext(): boolean {
    return this.graph === null || contextsTaken(this.graph).has(null)
  }

  /** The lines of the ignore file as written, without their ends. */
  get ignoreLines(): readonly string[] {
    return this.ignoreFacts.lines
  }

  get ignoreUse(): IgnoreUse {
    return this.ignoreFacts.use
  }

  /** What becomes of each pattern. */
  get patternOutcomes(): readonly PatternOutcome[] {
    this.computed.patternOutcomes ??= findPatternOutcomes(this)
    return this.computed.patternOutcomes
  }

  /** What becomes of each request to the main context. */
  get outcomes(): readonly RequestOutcome[] {
    this.computed.outcomes ??=
      this.plan.context.git === undefined ? traceRequests(this) : traceGitRequests(this)
    return this.computed.outcomes
  }

  /** For each entry of the tree: not 0 if it crosses. */
  get isSent(): Uint8Array {
    this.computed.isSent ??= markEntries(this.tree, this.selection)
    return this.computed.isSent
  }

  /** What an entry is by its name and what surrounds it; files stay closed. */
  get classify(): Classifier {
    return this.known.classify
  }

  get linkReader(): LinkReader {
    this.computed.linkReader ??= createTreeLinkReader(this.tree)
    return this.computed.linkReader
  }

  /**
   * The patterns that share an outcome. What we wrote ourselves is no fault of the user's where it is of no use now: it
   * was when it was written, and may be again.
   */
  patternsThat<Kind extends PatternOutcome['kind']>(
    kind: Kind,
  ): {pattern: IgnorePattern; outcome: PatternOutcome & {kind: Kind}; place: Location}[] {
    return this.patternOutcomes.flatMap((outcome, number) => {
      if (!hasKind(outcome, kind)) return []
      const pattern = this.patterns[number]!
      if (IDLE.has(kind) && this.ownLines.has(pattern.line)) return []
      return [{pattern, outcome, place: this.atLine(pattern.line)}]
    })
  }

  private get ownLines(): ReadonlySet<number> {
    this.computed.ownLines ??= findBlockLines(this.ignoreLines)
    return this.computed.ownLines
  }

  /** A line of the ignore file. */
  atLine(line: number): Location {
    return {file: this.ignoreFile?.path ?? '', line}
  }

  /** The line of the Dockerfile that makes a request. */
  atRequest({line}: {line: number}): Location {
    return {file: this.plan.dockerfile?.path ?? '', line}
  }
}

function hasKind<Kind extends PatternOutcome['kind']>(
  outcome: PatternOutcome,
  kind: Kind,
): outcome is PatternOutcome & {kind: Kind} {
  return outcome.kind === kind
}
