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
  /** Whether a path may have candidates for its last component. False settles it wherever `knowsPlace` is false, too. */
  knowsName(basename: string, type: PathType): boolean
  /** Whether entries of any name in a directory of this name may have candidates: `sessions/*`. */
  knowsPlace(parentName: string, type: PathType): boolean
}

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
  const tables = new Map<PathType, NameTable>()
  const tableOf = (type: PathType): NameTable => {
    let table = tables.get(type)
    if (table === undefined) {
      table = createTable(entries, type)
      tables.set(type, table)
    }
    return table
  }
  return {
    candidates: (path, type) => findCandidates(tableOf(type), path),
    knowsName: (basename, type) => findByName(tableOf(type), basename).length > 0,
    knowsPlace: (parentName, type) => tableOf(type).byPlace.has(parentName),
  }
}

function createTable(entries: readonly CatalogueEntry[], type: PathType): NameTable {
  const table: NameTable = {
    exact: new Map(),
    bySuffix: new Map(),
    longestSuffix: 0,
    byFirst: new Map(),
    byLast: new Map(),
    byPlace: new Map(),
    everywhere: [],
  }
  for (const [order, entry] of entries.entries()) {
    if (entry.type !== 'any' && entry.type !== type) continue
    for (const name of entry.names) addName(table, entry, order, name)
  }
  return table
}

function addName(table: NameTable, entry: CatalogueEntry, order: number, name: string): void {
  const [last = '', ...above] = name.split('/').reverse()
  const tail = last.slice(last.search(/[^*?[\]]*$/))
  const head = last.slice(0, last.search(/[*?[]|$/))
  const indexed = {entry, order, last, head, tail, above}
  const suffix = last.slice(1)
  if (!isGlob(last)) {
    addTo(table.exact, last, indexed)
  } else if (last.startsWith('*.') && !isGlob(suffix)) {
    addTo(table.bySuffix, suffix, indexed)
    table.longestSuffix = Math.max(table.longestSuffix, suffix.length)
  } else if (!isGlob(last.charAt(0))) {
    addTo(table.byFirst, last.charAt(0), indexed)
  } else if (tail !== '') {
    addTo(table.byLast, tail.charAt(tail.length - 1), indexed)
  } else if (above[0] !== undefined && !isGlob(above[0])) {
    addTo(table.byPlace, above[0], indexed)
  } else {
    table.everywhere.push(indexed)
  }
}

function addTo(map: Map<string, IndexedName[]>, key: string, name: IndexedName): void {
  const names = map.get(key)
  if (names) names.push(name)
  else map.set(key, [name])
}

function findCandidates(table: NameTable, path: string): readonly CatalogueEntry[] {
  const slash = path.lastIndexOf('/')
  const basename = path.slice(slash + 1)
  const named = findByName(table, basename)
  if (table.byPlace.size > 0 && slash > 0) {
    addMatching(named, table.byPlace.get(path.slice(path.lastIndexOf('/', slash - 1) + 1, slash)), basename)
  }
  const hits = named.filter((name) => isMeant(name, path, basename))
  return hits.length === 0 ? NONE : inOrder(hits)
}

/** The names whose last component matches, but for those that any name matches. */
function findByName(table: NameTable, basename: string): IndexedName[] {
  const hits: IndexedName[] = [...(table.exact.get(basename) ?? NO_NAMES)]
  const firstDot = Math.max(0, basename.length - table.longestSuffix)
  for (let dot = basename.indexOf('.', firstDot); dot >= 0; dot = basename.indexOf('.', dot + 1)) {
    hits.push(...(table.bySuffix.get(basename.slice(dot)) ?? NO_NAMES))
  }
  addMatching(hits, table.byFirst.get(basename.charAt(0)), basename)
  addMatching(hits, table.byLast.get(basename.charAt(basename.length - 1)), basename)
  addMatching(hits, table.everywhere, basename)
  return hits
}

function addMatching(hits: IndexedName[], globs: readonly IndexedName[] | undefined, basename: string): void {
  for (const name of globs ?? NO_NAMES) {
    if (!basename.startsWith(name.head) || !basename.endsWith(name.tail)) continue
    if (matchesGlob(name.last, basename)) hits.push(name)
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
