import {escapePattern} from '../../languages/ignore/escape-pattern.js'
import {baseName, joinPath} from '../../languages/text/container-path.js'
import {isGlob, matchesGlob} from '../../languages/text/matches-glob.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Classifier} from '../catalogue/classifier.js'
import type {Candidate} from '../proof/candidate.js'
import {isLitterAnywhere} from '../proof/litter.js'
import type {Verdict} from '../proof/prove-path.js'
import {isPlainGlob, type NameHits} from './name-hits.js'

export interface TriedCandidate extends Candidate {
  verdict: Verdict
  /** The builds for which it is blocked, by name. */
  blockedBy: readonly string[]
  /** The builds that it was probably put there for, where others send it, too; by name. None of a blocked one. */
  wantedBy: readonly string[]
  /** What it is for the builds that transfer it and are among neither; null where there is none. */
  confidenceElsewhere: 'safe' | 'review' | null
}

/** A pattern with the paths that it is meant for. */
export interface ChosenPattern {
  pattern: string
  members: readonly TriedCandidate[]
  /** The topmost entries that the pattern matches: the members, and what lies in other paths found safe. */
  roots: readonly number[]
}

/** What a choice looks at besides the paths themselves. */
export interface PatternContext {
  tree: FileTree
  /** Bytes transferred of each entry and what lies below it. */
  subtreeBytes: Float64Array
  classify: Classifier
  hitsOf: NameHits
  /** The lines of the ignore file, as written. */
  ownLines: ReadonlySet<string>
  /** Whether an entry lies in a path that was found safe to leave out. */
  isCondemned: (index: number) => boolean
  /** Whether it lies in one that is safe, or for a person to judge. */
  isDoubted: (index: number) => boolean
  /** Whether Git is known not to track an entry. */
  isUntracked: (index: number) => boolean
}

/** Names that come back at every level of a tree, and mean the same thing wherever they stand. */
const RECURRING = new Set([
  'node_modules',
  '__pycache__',
  '.DS_Store',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
])

/** So many paths without a pattern in common get a line each; those behind are not worth the lines. */
const MAX_LINES = 8

/** Directories that programs write their own things to. */
const LOOSE = /(?:^|\/)(?:logs?|te?mp|\.?cache)\//i

/** The name by which a candidate is known wherever it stands. */
export function nameOf({path, entry}: Candidate): string {
  const basename = baseName(path)
  const names = entry?.names ?? []
  const whole = names.find((name) => name === basename || path === name || path.endsWith(`/${name}`))
  if (whole !== undefined) return whole
  const glob = names.find((name) => isPlainGlob(name) && matchesGlob(name, basename))
  return glob ?? names.find((name) => isGlobInDirectory(name) && matchesEnd(name, path)) ?? basename
}

/** `storage/framework/views/*.php`: the directory is plain, the name is not. */
function isGlobInDirectory(name: string): boolean {
  const slash = name.lastIndexOf('/')
  return slash > 0 && !isGlob(name.slice(0, slash)) && isGlob(name.slice(slash + 1))
}

function matchesEnd(name: string, path: string): boolean {
  const [directory, last] = splitPath(name)
  const [around, basename] = splitPath(path)
  return (around === directory || around.endsWith(`/${directory}`)) && matchesGlob(last, basename)
}

function splitPath(path: string): [directory: string, basename: string] {
  const slash = path.lastIndexOf('/')
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)]
}

/** One pattern for each directory whose files come and go; null where the name is of another kind. */
function chooseInDirectories(
  {tree}: PatternContext,
  name: string,
  members: readonly TriedCandidate[],
): ChosenPattern[] | null {
  if (!isGlobInDirectory(name)) return null
  const [, last] = splitPath(name)
  const own = new Set(members.map(({index}) => index))
  const directories = new Map<string, TriedCandidate[]>()
  for (const member of members) {
    const [directory] = splitPath(member.path)
    directories.set(directory, [...(directories.get(directory) ?? []), member])
  }
  const chosen: ChosenPattern[] = []
  for (const [directory, inside] of directories) {
    const others = [...tree.childrenOf(tree.find(directory))].filter(
      (index) => matchesGlob(last, tree.nameOf(index)) && !own.has(index),
    )
    const isDotted = last === '*' && others.every((index) => tree.nameOf(index).startsWith('.'))
    if (others.length > 0 && !isDotted) return null
    const prefix = escapePattern(directory)
    if (prefix === null) return null
    const glob = others.length > 0 ? '[^.]*' : last
    chosen.push({pattern: `${prefix}/${glob}`, members: inside, roots: inside.map(({index}) => index)})
  }
  return chosen
}

/**
 * Chooses the fewest and plainest patterns for paths that are found alike and bear one name: `**\/name` if
 * everything of that name in the tree is one of them, else each path by itself.
 */
export function choosePatterns(context: PatternContext, members: readonly TriedCandidate[]): ChosenPattern[] {
  const [first] = members
  const name = nameOf(first!)
  const inDirectory = chooseInDirectories(context, name, members)
  if (inDirectory !== null) return inDirectory
  const isNestedDot = name.startsWith('.') && first!.path.includes('/')
  // tomorrow's log has another name
  const isOpen = name.includes('*')
  const isAlways = RECURRING.has(name) || isNestedDot || isOpen
  const groups =
    first!.entry?.atRoot === true ? null : chooseByDirectory(context, {name, isAlways, under: ''}, members)
  const {left = members, chosen = []} = groups ?? {}
  const largestFirst = left.toSorted(
    (one, other) => context.subtreeBytes[other.index]! - context.subtreeBytes[one.index]!,
  )
  const most = Math.max(0, MAX_LINES - chosen.length - countOwn(context, name))
  const single = largestFirst.slice(0, most).flatMap((member) => {
    const pattern = escapePattern(member.path)
    if (pattern === null) return []
    return [{pattern: anchorPattern(pattern, name, context), members: [member], roots: [member.index]}]
  })
  return [...chosen, ...single]
}

interface Place {
  name: string
  /** Whether one path alone is worth a pattern. */
  isAlways: boolean
  /** The directory that is looked into; empty for the root. */
  under: string
}

/** `**\/name` of the highest directories in which all of that name is alike, and the paths that stand alone. */
function chooseByDirectory(
  context: PatternContext,
  {name, isAlways, under}: Place,
  members: readonly TriedCandidate[],
): {chosen: ChosenPattern[]; left: TriedCandidate[]} {
  if (members.length < 2 && !(isAlways && under === '')) return {chosen: [], left: [...members]}
  const hits = context.hitsOf(name)
  const inside =
    hits?.filter((hit) => under === '' || context.tree.pathOf(hit).startsWith(`${under}/`)) ?? null
  const roots = findCondemned(context, inside, members)
  const prefix = under === '' ? '' : escapePattern(under)
  if (roots !== null && prefix !== null) {
    const pattern = prefix === '' ? nameEverywhere(context, name, members) : `${prefix}/**/${name}`
    return {chosen: [{pattern, members, roots}], left: []}
  }
  const parts = new Map<string, TriedCandidate[]>()
  for (const member of members) {
    const rest = under === '' ? member.path : member.path.slice(under.length + 1)
    const next = rest.includes('/') ? joinPath(under, rest.slice(0, rest.indexOf('/'))) : ''
    parts.set(next, [...(parts.get(next) ?? []), member])
  }
  const found = [...parts].map(([next, some]) =>
    next === '' ? {chosen: [], left: some} : chooseByDirectory(context, {name, isAlways, under: next}, some),
  )
  return {chosen: found.flatMap(({chosen}) => chosen), left: found.flatMap(({left}) => left)}
}

/** The lines that stand there already for paths of a name: a second call adds none to them. */
function countOwn({ownLines}: PatternContext, name: string): number {
  return [...ownLines].filter((line) => line.endsWith(`/${name}`) && !line.startsWith('!')).length
}

/** A line that stands there already has been undone by a later one: ours begins at the directory that holds them all. */
function nameEverywhere(
  {ownLines}: PatternContext,
  name: string,
  members: readonly TriedCandidate[],
): string {
  const pattern = `**/${name}`
  if (!ownLines.has(pattern)) return pattern
  const [first = [], ...others] = members.map(({path}) => path.split('/').slice(0, -1))
  const shared = first
    .filter((part, at) => others.every((parts) => parts[at] === part))
    .slice(0, Math.max(1, first.length - 1))
  const directory = escapePattern(shared.join('/'))
  return directory === null || directory === '' ? pattern : `${directory}/${pattern}`
}

/** With a leading slash where the name alone would look as if those deeper in the tree were meant as well. */
function anchorPattern(pattern: string, name: string, {hitsOf}: PatternContext): string {
  const isAmbiguous = pattern === name && !name.startsWith('.') && (hitsOf(name)?.length ?? 0) > 1
  return isAmbiguous ? `/${pattern}` : pattern
}

/** The topmost hits, if each is a member, lies in something found as good or better, or is not sent and alike. */
function findCondemned(
  {tree, subtreeBytes, classify, isCondemned, isDoubted, isUntracked}: PatternContext,
  hits: readonly number[] | null,
  members: readonly TriedCandidate[],
): number[] | null {
  if (hits === null) return null
  const own = new Set(members.map(({index}) => index))
  const {entry, verdict} = members[0]!
  const isInTried = verdict.confidence === 'review' ? isDoubted : isCondemned
  const roots: number[] = []
  let end = 0
  for (const hit of hits) {
    if (hit < end) continue
    const isAlike = entry !== null && classify(hit)?.rule === entry.rule
    const isUnsent = subtreeBytes[hit] === 0 && isAlike
    // junk in a directory of such things, which only a person can judge as a whole, is junk there, too
    const isLoose =
      isAlike &&
      entry?.disposition === 'junk' &&
      LOOSE.test(tree.pathOf(hit)) &&
      isUntracked(hit) &&
      isDoubted(hit)
    const isLitter = isAlike && (isLoose || isLitterAnywhere(members[0]!))
    if (!own.has(hit) && !isUnsent && !isLitter && !isInTried(hit)) return null
    if (!isUnsent) roots.push(hit)
    end = tree.endOf(hit)
  }
  return roots
}
