import {markEntries} from '../../build/transfer/entry-figures.js'
import {predictTransfer} from '../../build/transfer/predict-transfer.js'
import {type Selection, selectEntries} from '../../build/transfer/select-entries.js'
import type {LoadOutcome} from '../../build/transfer/simulate-builder.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import {escapePattern} from '../../languages/ignore/escape-pattern.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type IgnorePattern, parsePattern} from '../../languages/ignore/parse-ignore-file.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {Confidence, Finding} from '../../report/context-report.js'
import {RESTORES} from '../../report/message.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {findMatches} from '../../tree/model/find-matches.js'
import type {KnownEntries} from '../catalogue/known-entries.js'
import type {MeasuredTransfer} from './plan-figures.js'
import type {SuggestedLine} from './suggested-line.js'

export interface RestoreInput {
  tree: FileTree
  known: KnownEntries
  /** What Git tracks of the context; null where nobody knows. */
  tracked: TrackedPaths | null
  /** All of one context and one ignore file, each with what is wrong with it. */
  plans: readonly {
    plan: BuildPlan
    main: MeasuredTransfer
    crossing?: LoadOutcome
    findings: readonly Finding[]
  }[]
  /** Other builds with that ignore file. */
  witnesses: readonly {plan: BuildPlan; main: MeasuredTransfer}[]
}

/** A path that a build needs and the ignore file keeps out. */
export interface RestoreNeed {
  path: string
  /** The build's name. */
  plan: string
  finding: Finding
}

const WILDCARD = /[*?[\\]/

/** What the findings of some builds say is needed and kept out: each path once, the gravest finding first, infos left out. */
export function listRestoreNeeds(
  plans: readonly {plan: Pick<BuildPlan, 'name'>; findings: readonly Finding[]}[],
): RestoreNeed[] {
  const all = plans.flatMap(({plan, findings}) =>
    findings.flatMap((finding) =>
      (finding[RESTORES] ?? []).map((path) => ({path, plan: plan.name, finding})),
    ),
  )
  const sorted = all.sort((one, other) => gravityOf(one) - gravityOf(other))
  const known = new Set<string>()
  return sorted.filter(({path, finding}) => {
    const isNew = finding.severity !== 'info' && !known.has(path)
    known.add(path)
    return isNew
  })
}

/** The directory, or the very path, that must be known before a need can be judged: '' for the root. */
export function knownPartOf({path}: RestoreNeed): string {
  const names = path.split('/')
  const wild = names.findIndex((name) => WILDCARD.test(name))
  return names.slice(0, wild < 0 ? names.length : wild).join('/')
}

/**
 * Suggests lines that let in again what a build needs and its ignore file keeps out: they save nothing, they cost. Safe
 * where the build fails without the line, works on with it, and no other build gets anything by it.
 */
export function suggestRestores(input: RestoreInput): SuggestedLine[] {
  const needs = listRestoreNeeds(input.plans)
  const lines = needs.flatMap((need) => ifSound(() => new Restore(input, need).makeLine()) ?? [])
  return lines.filter(({paths: [path]}) => !lines.some((one) => path!.startsWith(`${one.paths[0]}/`)))
}

/** One need, and the line that would serve it. */
class Restore {
  private readonly patterns: readonly IgnorePattern[]
  private readonly isWild: boolean

  constructor(
    private readonly input: RestoreInput,
    private readonly need: RestoreNeed,
  ) {
    this.patterns = input.plans[0]?.main.filter.ignore?.patterns ?? []
    this.isWild = WILDCARD.test(need.path) && input.tree.find(need.path) < 0
  }

  /** @returns null where no line would bring the path, or the path is not there */
  makeLine(): SuggestedLine | null {
    const {path, finding} = this.need
    const roots = this.findRoots()
    const pattern = this.isWild ? path : escapePattern(path)
    const decider = this.findDecider(roots)
    if (pattern === null || decider === undefined) return null
    const rules = new IgnoreRules([...this.patterns, parsePattern(`!${pattern}`)])
    const grown = this.input.plans.map((one) => this.measureGrowth(one.main, rules))
    const needing = grown.filter((_, at) => this.input.plans[at]!.plan.name === this.need.plan)
    if (!needing.every(({selection}) => this.brings(selection, roots))) return null
    const {confidence, question} = this.judge(roots, decider, rules)
    const bytes = grown.reduce((sum, one) => sum + one.bytes, 0)
    const crossing = grown.reduce((sum, one, at) => sum + (this.crosses(at) ? one.bytes : 0), 0)
    const place = finding.line === undefined ? (finding.file ?? '') : `${finding.file}:${finding.line}`
    return {
      pattern: `!${pattern}`,
      rule: finding.rule,
      confidence,
      reason: `${place} needs it, and "${decider.text}" (line ${decider.line}) keeps it out${this.describeAbove(pattern)}${question}`,
      paths: [path],
      fileCount: Math.max(...grown.map(({fileCount}) => fileCount)),
      savedBytes: -bytes,
      ...(crossing !== bytes && {oneBuilderSavedBytes: -crossing}),
      placement: 'end',
      entryIndexes: [],
      blockedBy: [],
      wantedBy: [],
      confidenceElsewhere: null,
    }
  }

  /** The same line above what keeps the path out is undone by that. */
  private describeAbove(pattern: string): string {
    const above = this.patterns.find(({text}) => text.trim() === `!${pattern}`)
    return above === undefined ? '' : `: line ${above.line} says the same, and stands above`
  }

  private findRoots(): number[] {
    const {tree} = this.input
    if (!this.isWild) return [tree.find(this.need.path)].filter((entry) => entry >= 0)
    const directory = knownPartOf(this.need)
    const entry = directory === '' ? ROOT : tree.find(directory)
    const rest = this.need.path.split('/').slice(directory === '' ? 0 : directory.split('/').length)
    return entry < 0 && directory !== '' ? [] : findMatches(tree, entry, rest)
  }

  /** The pattern that keeps the first of them out. */
  private findDecider([first]: readonly number[]): IgnorePattern | undefined {
    if (first === undefined) return undefined
    const {matched, decidedBy} = new IgnoreRules(this.patterns).matchPath(this.input.tree.pathOf(first))
    return matched ? this.patterns[decidedBy] : undefined
  }

  private measureGrowth({filter, selection, transfer}: MeasuredTransfer, ignore: IgnoreRules): Growth {
    const {tree} = this.input
    const grown = selectEntries(tree, {...filter, ignore})
    if (grown.entries.length === selection.entries.length) return {selection: grown, bytes: 0, fileCount: 0}
    const {sizes} = predictTransfer(tree, grown)
    const bytes = sizes.transferBytes - transfer.sizes.transferBytes
    return {selection: grown, bytes, fileCount: sizes.fileCount - transfer.sizes.fileCount}
  }

  /** Whether a build's transfer crosses when one builder builds them all. */
  private crosses(at: number): boolean {
    return this.input.plans[at]!.crossing?.entryBytes !== null
  }

  /** Whether each path comes, with its content. */
  private brings(selection: Selection, roots: readonly number[]): boolean {
    const isSent = markEntries(this.input.tree, selection)
    return roots.every((root) => isSent[root] === 1 && !selection.arrivesEmpty.has(root))
  }

  private judge(
    roots: readonly number[],
    decider: IgnorePattern,
    rules: IgnoreRules,
  ): {confidence: Confidence; question: string} {
    const question =
      this.askOfKind(roots) ??
      this.askOfLine(decider) ??
      this.askOfGit() ??
      this.askOfRest(roots, rules) ??
      this.askOfOthers(rules)
    if (question !== null) return {confidence: 'review', question: `: ${question}`}
    return this.need.finding.severity === 'error'
      ? {confidence: 'safe', question: ''}
      : {confidence: 'review', question: ': does it work without it?'}
  }

  private askOfKind(roots: readonly number[]): string | null {
    const {known, tree} = this.input
    const kinds = roots.flatMap((root) => known.classify(root) ?? [])
    const isSecret = kinds.some(({disposition}) => disposition === 'secret')
    if (isSecret || known.suspects.some(({entry}) => roots.some((root) => isIn(tree, root, entry))))
      return 'it may contain a secret, should the builder get it?'
    const kind = kinds.find(({disposition}) => disposition !== 'doubtful')
    return kind === undefined ? null : `${kind.title}, should it come from this machine?`
  }

  private askOfLine({glob}: IgnorePattern): string | null {
    if (this.isWild)
      return 'a wildcard here makes Docker search everything that is ignored: can the files be named instead?'
    const isSame = glob === this.need.path || glob === `**/${this.need.path.split('/').at(-1)}`
    return isSame ? 'the line names exactly this path: is the line wrong, or the instruction?' : null
  }

  private askOfGit(): string | null {
    const {tracked} = this.input
    if (tracked === null || this.isWild || tracked.has(this.need.path)) return null
    return 'Git does not track it: does it exist on every machine that builds this?'
  }

  /** A negation of a directory brings back all of it, what other lines name with it. */
  private askOfRest(roots: readonly number[], rules: IgnoreRules): string | null {
    const {tree} = this.input
    for (const root of roots) {
      const {bits} = rules.matchPath(tree.pathOf(root))
      const others = new IgnoreRules(this.patterns.filter((_, number) => !bits.includes(number)))
      for (let entry = root + 1; entry < tree.endOf(root); entry++) {
        const path = tree.pathOf(entry)
        if (others.matchPath(path).matched && !rules.matchPath(path).matched)
          return `it also lets "${path}" in: do you want that?`
      }
    }
    return null
  }

  /** A build that works must not get anything by it. */
  private askOfOthers(rules: IgnoreRules): string | null {
    const {plans, witnesses} = this.input
    const getting = [...plans, ...witnesses].find(
      ({plan, main}) => plan.name !== this.need.plan && this.measureGrowth(main, rules).fileCount > 0,
    )
    return getting === undefined ? null : `"${getting.plan.name}" gets it, too: do you want that?`
  }
}

/** What a line adds to one build. */
interface Growth {
  selection: Selection
  bytes: number
  fileCount: number
}

function isIn(tree: FileTree, root: number, entry: number): boolean {
  return root <= entry && entry < tree.endOf(root)
}

function gravityOf({finding}: RestoreNeed): number {
  return ['error', 'warning', 'info'].indexOf(finding.severity)
}
