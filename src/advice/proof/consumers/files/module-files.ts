/** Files that a module of JavaScript or Python opens when it is loaded, and those that it serves. */

import {listLoadedLines} from '../../../../languages/sources/loaded-lines.js'
import {
  type ExpressionScope,
  type PathExpression,
  readArguments,
  readPathExpression,
  readStatement,
  type ScriptLanguage,
} from '../../../../languages/sources/path-expression.js'
import {rememberReadings} from '../../../../languages/sources/remember-readings.js'
import {
  baseName,
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {resolveIn} from '../needs.js'

/** A module where an image has it. */
export interface LoadedModule {
  source: SourceText
  containerPath: string
  /** It is the program itself. */
  isStarted: boolean
}

interface Opening {
  /** With the flag `g`; ends behind the opening bracket. */
  pattern: RegExp
  /** The argument that holds the path. Default: the first. */
  at?: number
  /** Its name. */
  keyword?: string
  /** A list of paths stands there. */
  isList?: true
}

const OPENINGS: Readonly<Record<ScriptLanguage, readonly Opening[]>> = {
  javascript: [
    {
      pattern:
        /(?<!\.promises\.)\b(?:readFileSync|readdirSync|createReadStream|readJsonSync|readJSONSync|loadSync|opendirSync)\(/g,
    },
    {pattern: /\b(?:YAML|yaml|yamljs)\.load\(/g},
    {pattern: /\bawait\s+(?:fs\.|fsp\.|fs\.promises\.)?(?:readFile|readdir)\(/g},
    {pattern: /\.set\(\s*["']views["']\s*,\s*()/g},
  ],
  python: [
    {pattern: /(?<![\w.])(?:open|io\.open)\(/g},
    {
      pattern:
        /\b(?:fileConfig|joblib\.load|torch\.load|load_model|CascadeClassifier|FileSystemLoader|read_csv|read_json|read_excel|read_parquet|read_pickle|toml\.load|np\.load|os\.listdir|Image\.open)\(/g,
    },
    {pattern: /\bconfig(?:parser)?\.read\(/gi},
    {pattern: /\b(?:StaticFiles|Jinja2Templates)\(/g, keyword: 'directory'},
    {pattern: /["']DIRS["']\s*:\s*\[()/g, isList: true},
  ],
}
/** `CONFIG.read_text()`. */
const METHOD =
  /((?:\([^()\n]+\)|(?:pathlib\.)?Path\([^()\n]*\)(?:\.resolve\(\))?(?:\.parent)*|(?<![\w.])[\w.]+)(?:\s*\/\s*["'][^"'\n]+["'])*)\.(?:read_text|read_bytes|iterdir)\(/g
const METHODS = ['.read_text(', '.read_bytes(', '.iterdir(']
const CONSTANT: Readonly<Record<ScriptLanguage, RegExp>> = {
  javascript: /^(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::\s*\w+\s*)?=\s*/gm,
  python: /^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?!=)/gm,
}
const WRITES = /^(?:mode\s*=\s*)?["'][rb]*[wax]/
/** Lines before an opening in which a program may ask whether the file is there. */
const LINES_BEFORE = 6
const ASKS = /exists|is_?file|is_?dir|\btry\b|\baccess(?:Sync)?\(|\bstat(?:Sync)?\(/i
/** Made, installed, or of one machine. */
const NOT_SENT =
  /(?:^|\/)(?:dist|build|out|output|target|bin|obj|\.\w[\w-]*|node_modules|vendor|coverage|tmp|temp|logs?|cache|__pycache__|venv|generated)(?:\/|$)|\.(?:log|pid|sock|db|sqlite3?)$/

/**
 * The files that a module needs when it is loaded.
 * @param directory where the program works
 * @param only paths that begin there. Default: all
 */
export function listLoadedFiles(
  module: LoadedModule,
  directory: string,
  project: ProjectView,
  only?: PathExpression['from'],
): Need[] {
  const language = languageOf(module.source.path)
  if (language === null) return []
  const opened = listOpened(module.source, language)
  if (opened.length === 0) return []
  const loaded = listLoadedLines(module.source.text, language, module.isStarted)
  return opened.flatMap(({path, line, quoted}) => {
    if (!loaded[line] || (only !== undefined && path.from !== only)) return []
    const askedBy = {path: module.source.path, line: line + 1, text: quoted}
    return locateOpened(path, {module, directory, project}).map(
      (place): Need => ({...place, certainty: 'must', askedBy, isOpened: true}),
    )
  })
}

/** The files that sources of a site read while it is built, wherever in them. @param directory of the context */
export function listReadBySite(source: SourceText, directory: string): Need[] {
  const {path} = source
  return listOpened(source, 'javascript').flatMap((one): Need[] => {
    if (one.path.from === 'root') return []
    const contextPath = resolveIn(one.path.from === 'work' ? directory : parentPath(path), one.path.path)
    if (contextPath === '' || NOT_SENT.test(contextPath)) return []
    const askedBy = {path, line: one.line + 1, text: one.quoted}
    return [{contextPath, certainty: 'likely', askedBy, isOpened: true}]
  })
}

function languageOf(path: string): ScriptLanguage | null {
  if (/\.[cm]?[jt]sx?$/.test(path)) return 'javascript'
  return /\.py$/.test(path) ? 'python' : null
}

/** A file that a source opens without asking whether it is there. */
interface OpenedPath {
  path: PathExpression
  /** From 0. */
  line: number
  quoted: string
}

/** What was found in a text, by the name of its file: a source may name itself. */
const FOUND: Readonly<Record<ScriptLanguage, (text: string) => Map<string, readonly OpenedPath[]>>> = {
  javascript: rememberReadings(() => new Map()),
  python: rememberReadings(() => new Map()),
}

function listOpened(source: SourceText, language: ScriptLanguage): readonly OpenedPath[] {
  const byName = FOUND[language](source.text)
  const file = baseName(source.path)
  const opened = byName.get(file) ?? findOpened(source, language)
  byName.set(file, opened)
  return opened
}

const NONE: readonly OpenedPath[] = []

function findOpened(source: SourceText, language: ScriptLanguage): readonly OpenedPath[] {
  const {text} = source
  if (!hasOpenings(text, language)) return NONE
  return listExpressions(text, readScope(source, language))
    .map(({path, offset, quoted}) => ({path, line: countLines(text, offset), quoted}))
    .filter(({line}) => !isAskedFor(text, line))
}

function hasOpenings(text: string, language: ScriptLanguage): boolean {
  return (
    OPENINGS[language].some(({pattern}) => text.search(pattern) >= 0) ||
    (language === 'python' && hasMethods(text))
  )
}

/** The constants of a module that stand for paths. */
function readScope({path, text}: SourceText, language: ScriptLanguage): ExpressionScope {
  const constants = new Map<string, PathExpression>()
  const scope = {language, file: baseName(path), constants}
  for (const match of text.matchAll(CONSTANT[language])) {
    const value = readPathExpression(
      readStatement(text, match.index + match[0].length).replace(/\s+#.*$/, ''),
      scope,
    )
    if (value !== null) constants.set(match[1]!, value)
  }
  return scope
}

/** The pattern takes long on texts without. */
function hasMethods(text: string): boolean {
  return METHODS.some((method) => text.includes(method))
}

interface Expression {
  path: PathExpression
  offset: number
  quoted: string
}

function listExpressions(text: string, scope: ExpressionScope): Expression[] {
  const calls = OPENINGS[scope.language].flatMap((opening) =>
    Array.from(text.matchAll(opening.pattern)).flatMap((match) => {
      const given = readArguments(text, match.index + match[0].length)
      return chooseArguments(given, opening).map((expression) => ({expression, match}))
    }),
  )
  const methods =
    scope.language === 'python' && hasMethods(text)
      ? Array.from(text.matchAll(METHOD), (match) => ({
          expression: match[1]!.replace(/^\((.*)\)$/, '$1'),
          match,
        }))
      : []
  return [...calls, ...methods].flatMap(({expression, match}) => {
    const path = readPathExpression(expression, scope)
    const quoted = text
      .slice(match.index, match.index + MAX_QUOTED)
      .split('\n')[0]!
      .trim()
    return path === null ? [] : [{path, offset: match.index, quoted}]
  })
}

const MAX_QUOTED = 60

function chooseArguments(given: readonly string[], {at = 0, keyword, isList}: Opening): string[] {
  if (given.some((one, number) => number > 0 && WRITES.test(one))) return []
  if (isList) return [...given]
  const named = given.find((one) => keyword !== undefined && one.startsWith(`${keyword}=`))
  const chosen = named?.slice(keyword!.length + 1) ?? given[at]
  return chosen === undefined || (named === undefined && /^\w+\s*=/.test(chosen)) ? [] : [chosen]
}

function isAskedFor(text: string, line: number): boolean {
  const lines = text.split('\n')
  return ASKS.test(lines.slice(Math.max(0, line - LINES_BEFORE), line + 1).join('\n'))
}

function countLines(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1
}

/** Where a file lies in the context, and where it must lie in the image. */
function locateOpened(
  {from, path}: PathExpression,
  {module, directory, project}: {module: LoadedModule; directory: string; project: ProjectView},
): {contextPath: string; containerPath: string}[] {
  const {source, containerPath: place} = module
  const own = parentPath(source.path)
  const base = from === 'source' ? parentPath(place) : from === 'work' ? directory : '/'
  const containerPath = resolveContainerPath(base, path)
  const contextPaths =
    from === 'source'
      ? [resolveIn(own, path)]
      : from === 'work'
        ? listAtWork(module, directory, path, project)
        : project.sourcesOf(containerPath)
  return contextPaths
    .filter((one) => one !== '' && !one.startsWith('..') && !NOT_SENT.test(one))
    .map((contextPath) => ({contextPath, containerPath}))
}

/** Beside what holds the module, where that is the directory of work; else where its files come from. */
function listAtWork(
  {source, containerPath}: LoadedModule,
  directory: string,
  path: string,
  project: ProjectView,
): readonly string[] {
  const tail = isWithin(containerPath, directory) ? relativeTo(directory, containerPath) : ''
  if (tail !== '' && (source.path === tail || source.path.endsWith(`/${tail}`))) {
    const base = source.path.slice(0, source.path.length - tail.length).replace(/\/$/, '')
    return [resolveIn(base, path)]
  }
  return project.guessSources(directory, path).map((one) => joinPath('', one))
}
