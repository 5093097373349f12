import {matchesGlob} from '../../languages/text/matches-glob.js'
import {matchLines} from './consumers/text-lines.js'
import {isPage, isRunSource} from './survey/run-sources.js'
import {isProse} from './survey/source-files.js'

/** A place in a source file. */
interface NamePlace {
  path: string
  /** 1-based. */
  line: number
}

/**
 * Says where the sources of a project name a file or a directory, by its basename; null: nowhere.
 * @param within a directory whose own files do not count
 * @param inPages only what browsers get counts
 */
export type NameSearch = (basename: string, within?: string, inPages?: boolean) => NamePlace | null

/** Not an apostrophe within a word; the letters that Python puts before a text may stand there. What begins with a character is found faster. */
const QUOTED = /(["'`])(?<=^.|[^\w].|\b[bfru]{1,2}.)((?:(?!\1)[^\n]){0,200})\1/gim
/** `name.startsWith("Docker")`, `strings.HasPrefix(name, "Docker")`; not what is passed over. */
const BEGINNING =
  /(?<!!\s?[\w.$?]{0,40}|\bnot [\w.]{0,40})(?:starts_?with\??|HasPrefix)\((?:[^,()\n]+,)?\s*["'`](\.?\w[\w.-]{2,40})["'`]/gi
/** `/^Docker/`. */
const EXPRESSION = /(?:[(,=:&|?>]|\breturn)\s*\/\^((?:\\[.-]|[\w-]){4,40})[^/\n]*\//g
/** Words for people, with no path among them: `"It compares coverage, speed and price."`. */
const SENTENCE = /^[A-Z](?:[\w'’()"-]*,? ){4,}[\w'’()"-]+[.!?…]$/
/** `gist\.example` in a regular expression is no path with a file `.example`. */
const ESCAPED_DOT = /(?<!\\)\\\./g
/** Calls that take a pattern of names. */
const TAKES_GLOBS = /glob|readdir|listdir|find|walk|include|package_data|require\.context|Dir\[/i
/** Calls and settings that name a log to write. */
const WRITES =
  /\bfilename["']?\s*[:=]|FileHandler|createWriteStream|appendFile|writeFile|Logger\.new|transports\.File|(?:File|Rolling\w*)Appender|lumberjack|O_(?:CREATE|APPEND)|open\([^)\n]*,\s*(?:mode\s*=\s*)?["'][aw]/
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
  return (basename, within, inPages = false) => {
    // most builds have nothing of which anybody asks
    named ??= listNamedPaths(sources)
    const {names, globs, ofPages} = named
    if (inPages) return ofPages.get(basename) ?? null
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
  /** The first place in a page. */
  ofPages: ReadonlyMap<string, NamePlace>
  globs: readonly {glob: string; place: NamePlace}[]
}

function listNamedPaths(sources: Iterable<readonly [path: string, text: string]>): NamedPaths {
  const names = new Map<string, NamePlace[]>()
  const ofPages = new Map<string, NamePlace>()
  const globs: {glob: string; place: NamePlace}[] = []
  for (const [path, text] of sources) {
    if (isProse(path)) continue
    const isShown = isPage(path)
    if (!isShown && !isRunSource(path) && !SETTINGS.test(path)) continue
    const quoted = listQuoted(text)
    if (isShown) for (const {name, line} of quoted) if (!ofPages.has(name)) ofPages.set(name, {path, line})
    for (const {name, content, line} of quoted.filter(isRead)) {
      if (!name.includes('*')) addPlace(names, name, {path, line})
      else if (TAKES_GLOBS.test(content)) globs.push({glob: name, place: {path, line}})
    }
    globs.push(...listBeginnings(text).map(({name, line}) => ({glob: `${name}*`, place: {path, line}})))
  }
  return {names, globs: globs.slice(0, MAX_GLOBS), ofPages}
}

/** Not a log that is only written. */
function isRead({name, content}: {name: string; content: string}): boolean {
  return !name.endsWith('.log') || !WRITES.test(content)
}

/** What a program is set up with; its names are those of files that it reads. Not how Kamal sends it to its machine. */
const SETTINGS =
  /(?:^|\/)(?:conf|config|settings)\/(?!deploy(?:\.\w+)?\.yml$)[\w.-]+\.(?:json5?|ya?ml|toml|ini|conf|properties)$|(?:^|\/)(?:appsettings[\w.-]*\.json|application[\w-]*\.(?:ya?ml|properties))$/

/** How names begin that a program looks for. */
function listBeginnings(text: string): {name: string; line: number}[] {
  return [BEGINNING, EXPRESSION].flatMap((pattern) =>
    matchLines(text, pattern).map(({match, line}) => ({name: match[1]!.replaceAll('\\', ''), line})),
  )
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
    if (SENTENCE.test(match[2]!)) return []
    const parts = match[2]!
      .replace(ESCAPED_DOT, '.')
      .split(/[\s/\\=,;:]+/)
      .filter((part) => !/^[*?.]*$/.test(part))
    return parts.map((name) => ({name, content, line}))
  })
}
