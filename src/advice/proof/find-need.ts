import {isWithin} from '../../languages/text/container-path.js'
import {matchesGlob} from '../../languages/text/matches-glob.js'
import type {Candidate} from './candidate.js'
import type {Need} from './consumers/consumption.js'
import {type Image, placeOf, type SurveyedAction} from './survey/survey.js'

/** A file that an action asks for, with the action. */
interface AskedFor {
  need: Need
  action: SurveyedAction
}

/** What the proof of a need says. */
export interface NeedOfPath {
  reason: string
  /** It may be taken, and may be missing. */
  isDoubt: boolean
}

/** Finds what asks for a path, or for something in it or around it, in the images that get it. */
export function findNeed(images: ReadonlySet<Image>, candidate: Candidate): NeedOfPath | null {
  let doubt: NeedOfPath | null = null
  for (const {actions} of images) {
    for (const action of actions) {
      for (const need of listConcerned(action.use?.needs ?? [], candidate)) {
        // what code opens when it starts, a mount may bring: a question
        const isDoubt = need.certainty === 'may' || need.isOpened === true
        const found = {reason: describe({need, action}), isDoubt}
        if (!found.isDoubt) return found
        doubt ??= found
      }
    }
  }
  return doubt
}

/** Files of other programs do not become a part of a project by lying in it. */
const LITTER = new Set(['os-litter', 'python-bytecode', 'editor-leftovers', 'editor-settings', 'git'])

/** Those that ask for a path, in their order. */
function listConcerned(needs: readonly Need[], candidate: Candidate): Need[] {
  if (needs.length === 0) return []
  let index = INDEXES.get(needs)
  if (index === undefined) {
    index = new NeedIndex(needs)
    INDEXES.set(needs, index)
  }
  return index
    .find(candidate)
    .map((place) => needs[place]!)
    .filter((need) => takes(need, candidate))
}

/** A pattern takes some of what lies in its directory; what holds the directory holds them all. */
function takes({contextPath, among}: Need, {path}: Candidate): boolean {
  if (among === undefined) return contextPath !== ''
  return (contextPath !== '' && isWithin(contextPath, path)) || among.some((one) => isWithin(one, path))
}

/**
 * Every candidate asks the needs of every action: thousands of either in a large project. Gain: the overview of Logto's
 * repository asks 40 million times without, which takes 3 of 12 seconds.
 */
const INDEXES = new WeakMap<readonly Need[], NeedIndex>()

/** Some needs by their paths. A place is that of a need in the list. */
class NeedIndex {
  /** Paths in the order of their characters: what lies in a directory stands together. */
  private readonly sorted: readonly string[]
  private readonly places = new Map<string, number[]>()
  private readonly globs: readonly string[]

  constructor(needs: readonly Need[]) {
    for (const [place, {contextPath}] of needs.entries()) {
      const places = this.places.get(contextPath)
      if (places === undefined) this.places.set(contextPath, [place])
      else places.push(place)
    }
    this.sorted = [...this.places.keys()].sort()
    this.globs = this.sorted.filter((path) => path.includes('*') && !path.startsWith('..'))
  }

  /** The places of those that ask for a path, for something in it or around it; ascending. */
  find({path, entry}: Candidate): number[] {
    const wanted = new Set([path, ...this.listWithin(path)])
    if (!LITTER.has(entry?.rule ?? '')) {
      wanted.add('')
      for (const directory of listAbove(path)) if (!directory.startsWith('..')) wanted.add(directory)
      for (const glob of this.globs) if (matchesPathGlob(glob, path)) wanted.add(glob)
    }
    return [...wanted].flatMap((one) => this.places.get(one) ?? []).sort((one, other) => one - other)
  }

  private listWithin(directory: string): string[] {
    const start = findPlace(this.sorted, `${directory}/`)
    const found: string[] = []
    for (let at = start; at < this.sorted.length && isWithin(this.sorted[at]!, directory); at++)
      found.push(this.sorted[at]!)
    return found
  }
}

/** The directories that hold a path, `/` for all, but not the empty path of what holds everything. */
function listAbove(path: string): string[] {
  const above = ['/']
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    above.push(path.slice(0, slash))
  return above
}

/** The first place of sorted texts at or behind a text. */
function findPlace(sorted: readonly string[], text: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}

/** A glob of Go's `embed`: component by component, and what lies below a match. */
function matchesPathGlob(glob: string, path: string): boolean {
  const parts = path.split('/')
  const wanted = glob.split('/')
  return parts.length >= wanted.length && wanted.every((part, at) => matchesGlob(part, parts[at]!))
}

function describe({need, action}: AskedFor): string {
  const {askedBy} = need
  const where = `(${placeOf(action)})`
  return askedBy === null
    ? `${action.called} reads it ${where}`
    : `${askedBy.path}:${askedBy.line} (${askedBy.text}) names it ${where}`
}
