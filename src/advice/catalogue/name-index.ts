import {isGlob, matchesGlob} from '../../languages/text/matches-glob.js'
import type {CatalogueEntry} from './catalogue-entry.js'
import type {PathType} from './check-evidence.js'

/** Finds the catalogue entries that a path's name could mean. */
export interface NameIndex {
  /**
   * The entries whose names match, in the order in which they were given, each once.
   * @param path relative to the context, `/`-separated
   */
  candidates(path: string, type: PathType): readonly CatalogueEntry[]
  /** What a path may be by its last component; `nothing` settles it wherever `readPlace` says the same. */
  readName(basename: string, type: PathType): NameMeaning
  /** What paths of any name may be in a directory of this name: `sessions/*`. */
  readPlace(parentName: string, type: PathType): NameMeaning
}

/** What a name may mean; the larger one includes the smaller ones. */
export const MEANS = {nothing: 0, something: 1, secret: 2} as const

export type NameMeaning = (typeof MEANS)[keyof typeof MEANS]

/** One name of one entry, split into its last component and those before. */
interface IndexedName {
  entry: CatalogueEntry
  /** The entry's place among those given. */
  order: number
  last: string
  /** What `last` begins with before its first special character. */
  head: string
  /** What `last` ends in after its last special character: nearly always enough to rule a name out. */
  tail: string
  /** Globs for the components before the last one, innermost first. */
  above: readonly string[]
  /** Whether `last` has special characters. */
  isGlob: boolean
}

/** The names for one type of path: plain names are looked up, other globs are tried by their ends. */
interface NameTable {
  exact: Map<string, IndexedName[]>
  /** `*.log`, by `.log`. */
  bySuffix: Map<string, IndexedName[]>
  longestSuffix: number
  /** Globs that begin with a plain character, by it. */
  byFirst: Map<string, IndexedName[]>
  /** Globs that only end in one, by it. */
  byLast: Map<string, IndexedName[]>
  /** Globs that any name may match, by the directory that they stand in: `sessions/*`. */
  byPlace: Map<string, IndexedName[]>
  /** The others. */
  everywhere: IndexedName[]
}

const NONE: readonly CatalogueEntry[] = []
const NO_NAMES: readonly IndexedName[] = []

/** Prepares entries for a lookup that costs a path with a name of no interest next to nothing. */
export function createNameIndex(entries: readonly CatalogueEntry[]): NameIndex {
  let names: readonly IndexedName[] | null = null
  const tables = new Map<PathType, NameTable>()
  const tableOf = (type: PathType): NameTable => {
    let table = tables.get(type)
    if (table === undefined) {
      names ??= entries.flatMap((entry, order) => entry.names.map((name) => splitName(entry, order, name)))
      table = createTable(names, type)
      tables.set(type, table)
    }
    return table
  }
  return {
    candidates: (path, type) => findCandidates(tableOf(type), path),
    readName(basename, type) {
      let meaning: NameMeaning = MEANS.nothing
      visitByName(tableOf(type), basename, (name) => {
        meaning = Math.max(meaning, meaningOf(name)) as NameMeaning
      })
      return meaning
    },
    readPlace(parentName, type) {
      const names = tableOf(type).byPlace.get(parentName) ?? NO_NAMES
      return Math.max(MEANS.nothing, ...names.map(meaningOf)) as NameMeaning
    },
  }
}

function splitName(entry: CatalogueEntry, order: number, name: string): IndexedName {
  const [last = '', ...above] = name.split('/').reverse()
  if (!isGlob(last)) return {entry, order, last, head: last, tail: last, above, isGlob: false}
  const tail = last.slice(last.search(/[^*?[\]]*$/))
  const head = last.slice(0, last.search(/[*?[]/))
  return {entry, order, last, head, tail, above, isGlob: true}
}

function createTable(names: readonly IndexedName[], type: PathType): NameTable {
  const table: NameTable = {
    exact: new Map(),
    bySuffix: new Map(),
    longestSuffix: 0,
    byFirst: new Map(),
    byLast: new Map(),
    byPlace: new Map(),
    everywhere: [],
  }
  for (const name of names) if (name.entry.type === 'any' || name.entry.type === type) addName(table, name)
  return table
}

function addName(table: NameTable, name: IndexedName): void {
  const {last, head, tail, above} = name
  const suffix = last.slice(1)
  if (!name.isGlob) {
    addTo(table.exact, last, name)
  } else if (last.startsWith('*.') && !isGlob(suffix)) {
    addTo(table.bySuffix, suffix, name)
    table.longestSuffix = Math.max(table.longestSuffix, suffix.length)
  } else if (head !== '') {
    addTo(table.byFirst, head.charAt(0), name)
  } else if (tail !== '') {
    addTo(table.byLast, tail.charAt(tail.length - 1), name)
  } else if (above[0] !== undefined && !isGlob(above[0])) {
    addTo(table.byPlace, above[0], name)
  } else {
    table.everywhere.push(name)
  }
}

function addTo(map: Map<string, IndexedName[]>, key: string, name: IndexedName): void {
  const names = map.get(key)
  if (names) names.push(name)
  else map.set(key, [name])
}

function meaningOf({entry}: IndexedName): NameMeaning {
  return entry.disposition === 'secret' ? MEANS.secret : MEANS.something
}

function findCandidates(table: NameTable, path: string): readonly CatalogueEntry[] {
  const slash = path.lastIndexOf('/')
  const basename = path.slice(slash + 1)
  const hits: IndexedName[] = []
  const take = (name: IndexedName): void => {
    if (isMeant(name, path, basename)) hits.push(name)
  }
  visitByName(table, basename, take)
  if (table.byPlace.size > 0 && slash > 0) {
    const parentName = path.slice(path.lastIndexOf('/', slash - 1) + 1, slash)
    visitMatching(table.byPlace.get(parentName), basename, take)
  }
  return hits.length === 0 ? NONE : inOrder(hits)
}

/** Visits the names whose last component matches, but for those that any name matches. Most names match none. */
function visitByName(table: NameTable, basename: string, visit: (name: IndexedName) => void): void {
  visitAll(table.exact.get(basename), visit)
  const firstDot = Math.max(0, basename.length - table.longestSuffix)
  for (let dot = basename.indexOf('.', firstDot); dot >= 0; dot = basename.indexOf('.', dot + 1))
    visitAll(table.bySuffix.get(basename.slice(dot)), visit)
  visitMatching(table.byFirst.get(basename.charAt(0)), basename, visit)
  visitMatching(table.byLast.get(basename.charAt(basename.length - 1)), basename, visit)
  visitMatching(table.everywhere, basename, visit)
}

function visitAll(names: readonly IndexedName[] | undefined, visit: (name: IndexedName) => void): void {
  if (names !== undefined) for (const name of names) visit(name)
}

function visitMatching(
  globs: readonly IndexedName[] | undefined,
  basename: string,
  visit: (name: IndexedName) => void,
): void {
  if (globs === undefined) return
  for (const name of globs) {
    if (!basename.startsWith(name.head) || !basename.endsWith(name.tail)) continue
    if (matchesGlob(name.last, basename)) visit(name)
  }
}

/** Whether a name stands in the right place and is not excepted. */
function isMeant(name: IndexedName, path: string, basename: string): boolean {
  return isInPlace(name, path) && !name.entry.except?.some((glob) => matchesGlob(glob, basename))
}

/** Compares the components before the last, from the end: most paths differ in the first one tried. */
function isInPlace({above, entry}: IndexedName, path: string): boolean {
  let end = path.lastIndexOf('/')
  for (const glob of above) {
    if (end < 0) return false
    const start = end === 0 ? -1 : path.lastIndexOf('/', end - 1)
    if (!matchesGlob(glob, path.slice(start + 1, end))) return false
    end = start
  }
  return !entry.atRoot || end < 0
}

/** Two names of one entry may both match: it counts once. */
function inOrder(hits: IndexedName[]): CatalogueEntry[] {
  hits.sort((a, b) => a.order - b.order)
  return hits.filter((hit, i) => hit.order !== hits[i - 1]?.order).map((hit) => hit.entry)
}
