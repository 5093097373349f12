import {
  createProofInput,
  type EvidenceTexts,
  listLinks,
  type PlannedGraph,
} from '../../build/graph/proof-input.js'
import {isSelected} from '../../build/transfer/is-selected.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {LoadOutcome} from '../../build/transfer/simulate-builder.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {Confidence} from '../../report/context-report.js'
import {savingAlone} from '../../report/headline.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Classifier} from '../catalogue/classifier.js'
import type {KnownEntries} from '../catalogue/known-entries.js'
import {type Candidate, isRegenerated} from '../proof/candidate.js'
import {createNameSearch} from '../proof/find-names.js'
import {combineVerdicts, createProver, type Prover} from '../proof/prove-path.js'
import {type ChosenPattern, choosePatterns, nameOf, type TriedCandidate} from './choose-patterns.js'
import {dropGrowth} from './drop-growth.js'
import {findCandidates} from './find-candidates.js'
import {findHomes, findOwners} from './find-homes.js'
import {findNameHits} from './name-hits.js'
import {placeLine} from './place-line.js'
import {type MeasuredTransfer, PlanFigures} from './plan-figures.js'
import type {SuggestedLine} from './suggested-line.js'
import {type UnionTransfer, uniteTransfers} from './union-transfer.js'

export interface SuggestInput {
  tree: FileTree
  known: KnownEntries
  /** All of one context and one ignore file. */
  plans: readonly (PlannedGraph & {main: MeasuredTransfer; crossing?: LoadOutcome})[]
  /** Other builds with that ignore file: no line may break them, but their savings do not count. */
  witnesses?: readonly (PlannedGraph & {main: MeasuredTransfer})[]
  evidence: EvidenceTexts
  gitIgnore: GitIgnore | null
  /** What Git tracks of the context; null or absent where nobody knows. */
  tracked?: TrackedPaths | null
  /** Patterns of paths that stay in the context even where a proof says that they may go. */
  keep?: readonly string[]
}

/**
 * Settings and doubtful things below this are not worth a line. Not a share of the whole: what is left after a write
 * would then grow in importance, and a second write would change more.
 */
const SMALL_BYTES = 10_000

const TINY_BYTES = 2_000

/** Small files that people expect to see beside their sources, of no use in an image as they are. */
const SETTINGS = new Set([
  'git-settings',
  'version-control-settings',
  'editor-settings',
  'eclipse-settings',
  'assistant-settings',
  'ci-settings',
  'repository-bots',
  'dockerfile',
  'compose-file',
  'docker-tool-settings',
  'dotnet-user-files',
])

/** A line for the ignore file itself would come up as soon as the file is there. */
const IGNORE_FILE = /(?:^|[./])dockerignore$/

/** Smaller paths are not worth an ignore file of their own, and share their lines. */
const LARGE_BYTES = 1_000_000

/** A blocked line is explained from this share of the transfer on. */
const NOTABLE_SHARE = 0.01

const ORDER: readonly Confidence[] = ['safe', 'review', 'blocked']

/** Suggests lines for the ignore file, each tried against every build: safe ones first, the largest first. */
export function suggestLines(input: SuggestInput): SuggestedLine[] {
  return new Suggester(input).run()
}

/** A build that sends the context, and what it says of a path. */
interface BuildProver {
  name: string
  prove: Prover
  /** The directories of the context that it works in. */
  homes: readonly string[]
  selection: Selection
}

class Suggester {
  private readonly transfer: UnionTransfer
  private readonly classify: Classifier
  private readonly figures: readonly PlanFigures[]
  private readonly provers: readonly BuildProver[]

  constructor(private readonly input: SuggestInput) {
    const {tree, known, plans, witnesses = [], evidence} = input
    this.transfer = uniteTransfers(
      tree,
      plans.map(({main}) => main),
    )
    this.classify = known.createClassifier((index, {pattern, maxBytes}) => {
      const text = evidence.get(tree.pathOf(index))
      return text !== undefined && pattern.test(text.slice(0, maxBytes))
    })
    this.figures = plans.map(({main, crossing}) => new PlanFigures(tree, main, crossing))
    const links = listLinks(tree)
    const findName = createNameSearch(evidence)
    this.provers = [...plans, ...witnesses].map((build) => {
      const proofInput = createProofInput(build, tree, evidence, links)
      const {selection} = build.main
      return {
        name: build.plan.name,
        prove: createProver(proofInput, selection, findName, this.input.tracked ?? null),
        homes: findHomes(proofInput, build.plan.dockerfile?.path),
        selection,
      }
    })
  }

  run(): SuggestedLine[] {
    const {tree, gitIgnore, tracked = null} = this.input
    const isKept = this.createKeepTest()
    const {transfer, classify} = this
    const candidates = findCandidates(tree, {transfer, classify, gitIgnore, tracked}).filter(
      (one) => !isKept(one) && !IGNORE_FILE.test(one.path),
    )
    const worthwhile = groupBy(candidates, familyOf).filter((family) => this.isWorthwhile(family))
    const tried = keepWholeFamilies(
      blockWithin(worthwhile.flat().map((candidate) => this.tryCandidate(candidate))),
    )
    const context = {
      tree,
      subtreeBytes: this.transfer.subtreeBytes,
      classify: this.classify,
      ownLines: new Set(this.input.plans[0]?.main.filter.ignore?.patterns.map(({text}) => text.trim())),
      hitsOf: findNameHits(tree, new Set(tried.map(nameOf))),
      isCondemned: createEnclosedTest(tree, tried, ['safe']),
      isDoubted: createEnclosedTest(tree, tried, ['safe', 'review']),
      isUntracked: (index: number) => tracked?.has(tree.pathOf(index)) === false,
    }
    const alike = groupBy(tried, (one) => [one.verdict.confidence, ...one.wantedBy, familyOf(one)].join(' '))
    const chosen = alike.flatMap((members) => choosePatterns(context, members))
    const made = chosen.flatMap((one) => this.makeSoundLine(one) ?? [])
    const lines = dropGrowth(made, this.input.plans).sort(
      (one, other) =>
        ORDER.indexOf(one.confidence) - ORDER.indexOf(other.confidence) ||
        savingAlone(other) - savingAlone(one) ||
        other.savedBytes - one.savedBytes,
    )
    const notable = new Set(tried.filter(isNotable).map(({path}) => path))
    return this.withFurther(lines).filter(
      (line) => isWorthALine(line) || line.paths.some((path) => notable.has(path)),
    )
  }

  /** Says what each line saves beyond those above it: two may keep the same entries out. */
  private withFurther(lines: readonly SuggestedLine[]): SuggestedLine[] {
    const {tree} = this.input
    const above: number[] = []
    const isTaken = new Uint8Array(tree.length)
    return lines.map((line) => {
      const roots = line.entryIndexes
      const overlaps = roots.some((root) => isTaken.subarray(root, tree.endOf(root)).includes(1))
      const before = overlaps ? this.measureFalls(above) : 0
      above.push(...roots)
      for (const root of roots) isTaken.fill(1, root, tree.endOf(root))
      return overlaps ? {...line, furtherSavedBytes: Math.max(0, this.measureFalls(above) - before)} : line
    })
  }

  /** On one builder. */
  private measureFalls(roots: readonly number[]): number {
    return this.figures.reduce((sum, figures) => sum + figures.measureFall(roots).crossingBytes, 0)
  }

  /** A candidate is kept that the user's patterns match, or that holds something they match. */
  private createKeepTest(): (candidate: Candidate) => boolean {
    const {tree, keep = []} = this.input
    if (keep.length === 0) return () => false
    const kept = IgnoreRules.of(keep.map((pattern) => pattern.replace(/^\/+/, '')))
    return ({index, path}) => {
      if (kept.matchPath(path).matched) return true
      for (let below = index + 1; below < tree.endOf(index); below++) {
        if (kept.match(tree.pathOf(below)).matched) return true
      }
      return false
    }
  }

  private isWorthwhile(family: readonly Candidate[]): boolean {
    if (family.some((candidate) => isNotable(candidate) || isLitter(candidate))) return true
    const bytes = family.reduce((sum, {index}) => sum + this.transfer.subtreeBytes[index]!, 0)
    return bytes >= SMALL_BYTES
  }

  /** Only the builds that transfer it have a say. */
  private tryCandidate(candidate: Candidate): TriedCandidate {
    const verdicts = this.provers
      .filter(({selection}) => isSelected(selection, candidate.index))
      .map(({name, homes, prove}) => ({name, homes, ...prove(candidate)}))
    const blockedBy = verdicts.flatMap(({name, confidence}) => (confidence === 'blocked' ? [name] : []))
    const isLarge = this.transfer.subtreeBytes[candidate.index]! >= LARGE_BYTES
    const wantedBy = blockedBy.length === 0 && isLarge ? findOwners(candidate.path, verdicts) : []
    const others = verdicts.filter(({name}) => !blockedBy.includes(name) && !wantedBy.includes(name))
    return {
      ...candidate,
      verdict: combineVerdicts(verdicts)!,
      blockedBy,
      wantedBy,
      confidenceElsewhere: leastOf(others.map(({confidence}) => confidence === 'safe')),
    }
  }

  /** No line where it would make Docker meet a pattern that is broken: the build would fail. */
  private makeSoundLine(chosen: ChosenPattern): SuggestedLine | null {
    return ifSound(() => this.makeLine(chosen))
  }

  private makeLine({pattern, members, roots}: ChosenPattern): SuggestedLine | null {
    const {tree, plans} = this.input
    const patterns = plans[0]?.main.filter.ignore?.patterns ?? []
    const placed = placeLine(tree, patterns, pattern, roots)
    const falls = this.figures.map((figures) =>
      placed.isWhole ? figures.measureFall(roots) : figures.measureFallWith(placed.rules),
    )
    const savedBytes = falls.reduce((sum, {bytes}) => sum + bytes, 0)
    const oneBuilderSavedBytes = falls.reduce((sum, {crossingBytes}) => sum + crossingBytes, 0)
    const largest = members.reduce((one, other) =>
      this.transfer.subtreeBytes[other.index]! > this.transfer.subtreeBytes[one.index]! ? other : one,
    )
    const {confidence, reason} = largest.verdict
    if (savedBytes <= 0) return null
    if (confidence === 'blocked' && !this.isExplained(members, savedBytes)) return null
    return {
      pattern,
      rule: ruleOf(largest),
      confidence,
      reason,
      paths: members.map(({path}) => path),
      fileCount: this.countFiles(roots),
      savedBytes,
      ...(oneBuilderSavedBytes !== savedBytes && {oneBuilderSavedBytes}),
      placement: placed.placement,
      entryIndexes: [...roots],
      blockedBy: [...new Set(members.flatMap((member) => member.blockedBy))],
      wantedBy: [...new Set(members.flatMap((member) => member.wantedBy))],
      confidenceElsewhere: members.some((member) => member.confidenceElsewhere === null)
        ? null
        : leastOf(members.map((member) => member.confidenceElsewhere === 'safe')),
    }
  }

  private isExplained(members: readonly Candidate[], savedBytes: number): boolean {
    return members.some(isNotable) || savedBytes >= this.transfer.totalBytes * NOTABLE_SHARE
  }

  private countFiles(roots: readonly number[]): number {
    const {tree} = this.input
    const {isSent} = this.transfer
    let count = 0
    for (const root of roots) {
      const end = tree.endOf(root)
      for (let index = root; index < end; index++) {
        if (isSent[index] === 1 && tree.isFile(index)) count++
      }
    }
    return count
  }
}

/** @param areSafe one for each build or path; null without any */
function leastOf(areSafe: readonly boolean[]): 'safe' | 'review' | null {
  if (areSafe.length === 0) return null
  return areSafe.includes(false) ? 'review' : 'safe'
}

/** Tells whether an entry lies in a path that is judged so; the path itself has a line of its own. */
function createEnclosedTest(
  tree: FileTree,
  tried: readonly TriedCandidate[],
  confidences: readonly Confidence[],
): (index: number) => boolean {
  const paths = new Set(
    tried.filter(({verdict}) => confidences.includes(verdict.confidence)).map(({index}) => index),
  )
  return (index) => {
    for (let at = tree.parentOf(index); at >= 0; at = tree.parentOf(at)) if (paths.has(at)) return true
    return false
  }
}

/** What no program reads, wherever it lies. A cache may be wanted with what it lies in. */
const NEVER_READ = new Set(['os-litter', 'editor-leftovers', 'python-bytecode', 'deleted-open-files'])

/**
 * What is needed is needed whole: nothing in a blocked path is safe, but for what no program reads, there or anywhere, and
 * what a fresh checkout lacks.
 */
function blockWithin(tried: readonly TriedCandidate[]): TriedCandidate[] {
  const blocked = tried.filter(({verdict}) => verdict.confidence === 'blocked')
  return tried.map((one) => {
    if (one.verdict.confidence === 'blocked' || NEVER_READ.has(one.entry?.rule ?? '')) return one
    if (one.verdict.isUnused && isRegenerated(one)) return one
    const isLeftHere = one.isGitIgnored === true && one.isTracked === false
    const around = blocked.find(
      ({path, verdict, isTracked}) =>
        one.path.startsWith(`${path}/`) &&
        (one.isTracked !== false || !verdict.isForTracking) &&
        !(isLeftHere && isTracked === true),
    )
    return around === undefined
      ? one
      : {...one, verdict: around.verdict, blockedBy: around.blockedBy, wantedBy: []}
  })
}

/** Not a question about what those above leave of a path, or about a small one of several alike. */
function isWorthALine({confidence, savedBytes, furtherSavedBytes = SMALL_BYTES}: SuggestedLine): boolean {
  return confidence !== 'review' || (savedBytes >= TINY_BYTES && furtherSavedBytes >= SMALL_BYTES)
}

function isNotable({entry}: Candidate): boolean {
  return entry?.rule === 'git' || entry?.disposition === 'secret'
}

/** What nobody would miss, however small. */
function isLitter(candidate: Candidate): boolean {
  const {entry} = candidate
  if (entry === null || SETTINGS.has(entry.rule)) return false
  return entry.disposition === 'junk' || isRegenerated(candidate)
}

/** Candidates that one pattern may serve. */
function familyOf(candidate: Candidate): string {
  const {entry, evidence, path} = candidate
  if (entry === null) return `${evidence} ${evidence.startsWith('ignored') ? nameOf(candidate) : path}`
  const disposition = isRegenerated(candidate) ? 'regenerated' : entry.disposition
  return `${entry.rule} ${disposition} ${nameOf(candidate)}`
}

function ruleOf({entry, evidence}: Candidate): string {
  return entry?.rule ?? (evidence.startsWith('ignored') ? 'git-ignored' : 'large-file')
}

/** One line for a family, also for the members that a build works beside: only where it works beside all are they apart. */
function keepWholeFamilies(tried: readonly TriedCandidate[]): TriedCandidate[] {
  const families = groupBy(tried, (one) => `${one.verdict.confidence} ${familyOf(one)}`)
  return families.flatMap((family) =>
    family.every(({wantedBy}) => wantedBy.length > 0)
      ? family
      : family.map((one) => ({...one, wantedBy: []})),
  )
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}
