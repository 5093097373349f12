/** Paths that the settings of a program name as literals: what no table knows by its key. */

import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {parentPath} from '../../../languages/text/container-path.js'
import {quoteCode} from '../../../languages/text/quote.js'
import type {Need, ProjectView, SourceText} from '../consumers/consumption.js'
import {SETTINGS} from '../consumers/ecosystems/javascript/settings.js'
import {resolveIn} from '../consumers/needs.js'

/** Which files tell a program what to do. */
const PROGRAMS: readonly (readonly [program: RegExp, files: RegExp])[] = [
  [/^gradlew?$/, /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/],
  [/^mvnw?$/, /(?:^|\/)pom\.xml$/],
  [/^(?:sbt|mill)$/, /(?:^|\/)build\.(?:sbt|sc|mill)$/],
  [/^zig$/, /(?:^|\/)build\.zig(?:\.zon)?$/],
  [/^rebar3$/, /(?:^|\/)rebar\.config$/],
  [/^meson$/, /(?:^|\/)meson\.build$/],
  [/^auto(?:reconf|conf|make)$/, /(?:^|\/)(?:configure\.ac|Makefile\.am)$/],
  [/^buf$/, /(?:^|\/)buf(?:\.gen)?\.yaml$/],
  [/^(?:graphql-codegen|gql-gen)$/, /(?:^|\/)codegen\.(?:[cm]?[jt]s|ya?ml)$/],
  [/^(?:orval|kubb|openapi-ts)$/, /(?:^|\/)(?:orval|kubb|openapi-ts)\.config\.[cm]?[jt]s$/],
  [/tsc$/, /(?:^|\/)tsconfig\.json$/],
  [/^(?:dotnet|msbuild)$/, /(?:[a-z]proj|(?:^|\/)[Nn]u[Gg]et\.[Cc]onfig)$/],
  [/^(?:gulp|grunt)$/, /(?:^|\/)[Gg](?:ulp|runt)file\.[cm]?[jt]s$/],
  [/^(?:mkdocs|zensical)$/, /(?:^|\/)mkdocs\.ya?ml$/],
  [/^(?:elm|elm-app)$/, /(?:^|\/)elm\.json$/],
  [/^dune$/, /(?:^|\/)dune$/],
]

/** Lists of what is left out, written, or of no use to a build. */
const NOT_READ =
  /exclu|ignor|\bout|output|dest|\btarget|clean|delete|remove|cache|coverage|watch|licen[sc]e|readme|changelog|\btests?\b|homepage|repository|https?:|publicPath|into\b|\bto:|publish|\bdocs?\b|bench|example|\bdev\b|\bno[A-Z]\w+:|except|(?<![.\w])(?:existsSync|exists)\b/i
/** What says that a bare word is a path. */
const PATH_KEY =
  /from|path|dir|src|source|input|include|root|template|schema|folder|entry|subdir|files?\b|assets|modules?|static|location|MACRO/i
/** Made, or of one machine. */
const LITTER =
  /(?:^|\/)(?:dist|build|out|output|target|bin|obj|node_modules|vendor|coverage|tmp|temp|cache|\.\w[\w-]*|__pycache__|venv|tests?|spec|e2e|__tests__|__mocks__|fixtures|cypress|examples?|bench(?:es|marks?)?|docs?|generated|gen)(?:\/|$)|\.(?:log|lock|env|md|pem|key|crt)$|(?:^|\/)\.env|local\.\w+$|-lock\.\w+$/i
/** Settings of what only tests. */
const TESTS = /(?:^|\/)(?:vitest|jest|karma|playwright|cypress)[\w.-]*$/
const LITERAL =
  /["'`]([^"'`\n]+)["'`]|>\s*([^<>\s]+)\s*<|\(\[([\w./-]+)\]\)|^[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+)?([\w./-]+)[ \t]*$/g

/** The needs of a step by the literals of its settings; they count only where nothing brings them later. */
export function listNamedInSettings(action: PlacedAction, project: ProjectView): Need[] {
  const {program, directory, makes, isStart} = action
  const row = PROGRAMS.find(([programs]) => programs.test(program))
  const files = row?.[1] ?? (Object.hasOwn(SETTINGS, program) ? SETTINGS[program]! : null)
  const isBuild = makes !== undefined || BARE.test(program)
  if (files === null || isStart || !isBuild) return []
  const bases = project.basesOf(directory)
  const settings = bases.flatMap((base) =>
    project.readBelow(base, files).filter(({path}) => parentPath(path) === base && !TESTS.test(path)),
  )
  return settings.flatMap((source) => listLiterals(source, project))
}

/** Programs that build without a table that says so. */
const BARE =
  /^(?:tsc|vue-tsc|buf|graphql-codegen|gql-gen|orval|kubb|openapi-ts|meson|auto(?:reconf|conf|make)|zig|rebar3|elm|dune|mkdocs|gulp|grunt|webpack)$/

function listLiterals(source: SourceText, project: ProjectView): Need[] {
  const lines = source.text.split('\n')
  const found = new Map<string, Need>()
  for (const [at, line] of lines.entries()) {
    if (line.length > MAX_LINE || /^\s*(?:#|\/\/|\*|--|<!--|;|%)/.test(line)) continue
    for (const match of line.matchAll(LITERAL)) {
      const contextPath = locateLiteral(source.path, match, (start) => keyOf(lines, at, start), project)
      if (contextPath === null || found.has(contextPath)) continue
      const askedBy = {path: source.path, line: at + 1, text: quoteCode(line)}
      found.set(contextPath, {contextPath, certainty: 'likely', askedBy, isNamed: true})
    }
  }
  return [...found.values()]
}

/** What of the context a literal names; null where it is no path, or names nothing that a build reads. */
function locateLiteral(
  path: string,
  match: RegExpExecArray,
  keyOfLiteral: (start: number) => string,
  project: ProjectView,
): string | null {
  const written = match.slice(1).find((one) => one !== undefined) ?? ''
  const name = written
    .replaceAll('\\', '/')
    .replace(/^\$\{?[\w.]+\}?\//, './')
    .replace(/\/?\*.*$/, '')
  if (!/^[\w@.][\w@./-]*$/.test(name) || LITTER.test(name.replace(/^(?:\.{1,2}\/)+/, ''))) return null
  const key = keyOfLiteral(match.index + match[0].indexOf(written))
  const isPath = /[/.]/.test(name)
  if (NOT_READ.test(key) || (!isPath && !PATH_KEY.test(key))) return null
  const wanted = resolveIn(parentPath(path), name)
  const contextPath = isPath && !project.has(wanted) ? (project.findClosed(wanted) ?? wanted) : wanted
  const isOwn = contextPath === '' || contextPath === path || contextPath.startsWith('../')
  return isOwn || !project.has(contextPath) ? null : contextPath
}

const MAX_LINE = 400
const MAX_LIST = 12

/** How far before a literal its key may stand, in characters. */
const KEY_LENGTH = 30

/** What stands before a literal, and of an item of a list the line that begins the list. */
function keyOf(lines: readonly string[], at: number, start: number): string {
  const line = lines[at]!
  if (!/^\s*(?:-\s+)?["'`]?[\w@./-]+["'`]?,?\s*$/.test(line))
    return line.slice(Math.max(0, start - KEY_LENGTH), start + 1)
  for (let above = at - 1; above >= Math.max(0, at - MAX_LIST); above--) {
    if (!/^\s*(?:-\s+)?["'`]?[\w@./*-]+["'`]?,?\s*$/.test(lines[above]!)) return `${lines[above]} ${line}`
  }
  return line
}
