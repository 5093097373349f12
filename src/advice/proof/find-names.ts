import {matchesGlob} from '../../languages/text/matches-glob.js'
import {matchLines} from './consumers/text-lines.js'
import {isRunSource} from './survey/run-sources.js'

/** A place in a source file. */
interface NamePlace {
  path: string
  /** 1-based. */
  line: number
}

/**
 * Says where the sources of a project name a file or a directory, by its basename; null: nowhere.
 * @param within a directory whose own files do not count
 */
export type NameSearch = (basename: string, within?: string) => NamePlace | null

const QUOTED = /["'`]([^"'`\n]{1,200})["'`]/g
/** Calls that take a pattern of names. */
const TAKES_GLOBS = /glob|readdir|listdir|find|walk|include|package_data|require\.context|Dir\[/i
/** Longer patterns, and more of them, no program has. */
const MAX_GLOBS = 300
/** Of one name the first places are known. */
const MAX_PLACES = 4

/**
 * Looks through the sources of a project for quoted paths: `open("data/seed.log")` names `data` and `seed.log`.
 * @param sources text by path
 */
export function createNameSearch(sources: Iterable<readonly [path: string, text: string]>): NameSearch {
  let named: NamedPaths | null = null
  return (basename, within) => {
    // most builds have nothing of which anybody asks
    named ??= listNamedPaths(sources)
    const {names, globs} = named
    const isOutside = ({path}: NamePlace) => within === undefined || !path.startsWith(`${within}/`)
    const places = names.get(basename) ?? []
    return (
      // those beyond the first are not known
      (places.length < MAX_PLACES ? places.find(isOutside) : places[0]) ??
      globs.find(({glob, place}) => isOutside(place) && matchesGlob(glob, basename))?.place ??
      null
    )
  }
}

interface NamedPaths {
  names: ReadonlyMap<string, readonly NamePlace[]>
  globs: readonly {glob: string; place: NamePlace}[]
}

function listNamedPaths(sources: Iterable<readonly [path: string, text: string]>): NamedPaths {
  const names = new Map<string, NamePlace[]>()
  const globs: {glob: string; place: NamePlace}[] = []
  for (const [path, text] of sources) {
    if (!isRunSource(path)) continue
    for (const {name, content, line} of listQuoted(text)) {
      if (!name.includes('*')) {
        addPlace(names, name, {path, line})
      } else if (globs.length < MAX_GLOBS && TAKES_GLOBS.test(content))
        globs.push({glob: name, place: {path, line}})
    }
  }
  return {names, globs}
}

/** One place a file. */
function addPlace(names: Map<string, NamePlace[]>, name: string, place: NamePlace): void {
  const places = names.get(name)
  if (places === undefined) names.set(name, [place])
  else if (places.length < MAX_PLACES && places.at(-1)!.path !== place.path) places.push(place)
}

/** The names in quoted paths, with their lines. */
function listQuoted(text: string): {name: string; content: string; line: number}[] {
  return matchLines(text, QUOTED).flatMap(({match, line, content}) => {
    const parts = match[1]!.split(/[\s/\\=,;:]+/).filter((part) => !/^[*?.]*$/.test(part))
    return parts.map((name) => ({name, content, line}))
  })
}
