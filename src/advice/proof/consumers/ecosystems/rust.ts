import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {rememberReadings} from '../../../../languages/sources/remember-readings.js'
import {isWithin, joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {matchesGlob} from '../../../../languages/text/matches-glob.js'
import {
  type Consumer,
  firstUse,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {readRustModules} from '../imports/compiled-imports.js'
import {listImportNeeds, locate} from '../imports/source-imports.js'
import {rememberNeeds, resolveIn} from '../needs.js'
import {rememberBySources} from '../remember-by-sources.js'
import {lineAt, matchLines} from '../text-lines.js'

const TOOLS = new Set('cargo trunk wasm-pack rustc cargo-chef cross leptosfmt dx maturin'.split(' '))

/** Subcommands that make a project, or are about the toolchain. */
const MAKES_PROJECT = /^(?:init|new|search|login|help|version|--version|-V|--list)$/

/** Crates that write the commit into what is built; most fall back to nothing. */
const STAMPS =
  /^[ \t]*["']?(vergen[\w-]*|git-version|shadow-rs|build-info(?:-build)?|git-const|git2version|git-testament|rustc_tools_util|build-data|static-git|git_info|version-sync-git)["']?\s*[=.]/m
const BUILT = /^[ \t]*built\s*=\s*\{[^}]*\bgit2?\b/m

export const consumeRust: Consumer = (action, project) => {
  const {program, words, makes, runsTests} = action
  if (!TOOLS.has(program)) return null
  const isForeign = words[1] === 'install' && !words.includes('--path')
  if (isForeign || MAKES_PROJECT.test(words[1] ?? '')) return {}
  const compiles = makes !== undefined || runsTests === true || program !== 'cargo'
  const manifests = project.readAll(action.directory, /(?:^|\/)Cargo\.toml$/)
  return {
    needs: listNeeds(action, project, manifests, compiles),
    git: firstUse(
      compiles
        ? firstUse(
            readMacro(project.readAll(action.directory, /\.rs$/)),
            readStamp(manifests, listBuildScripts(action, project)),
            readBuildScripts(action, project),
          )
        : null,
      words[1] === 'make' ? readTasks(action, project) : null,
    ),
    runs: words[1] === 'run' || words[1] === 'xtask' || runsTests ? ['rust'] : [],
  }
}

function listBuildScripts({directory}: PlacedAction, project: ProjectView): readonly SourceText[] {
  return project.readAll(directory, /(?:^|\/)build(?:\/\w+)?\.rs$/)
}

/** vergen is told to fail, and nothing in the script goes on after that. */
function failsWithoutGit({text}: SourceText): boolean {
  return text.includes('fail_on_error') && !/if let Err|\.is_err\(\)|\.unwrap_or|\.ok\(\)/.test(text)
}

function readStamp(manifests: readonly SourceText[], scripts: readonly SourceText[]): GitUse | null {
  for (const {path, text} of manifests) {
    const match = STAMPS.exec(text) ?? BUILT.exec(text)
    if (match === null) continue
    const name = match[1] ?? 'built'
    const askedBy = {path, line: lineAt(text, match.index + 1).line}
    if (scripts.some(failsWithoutGit))
      return surely(`${path} uses ${name}, which stops without .git`, {askedBy})
    return perhaps(`${path} uses ${name}, which reads .git if it exists: do you want that?`, {askedBy})
  }
  return null
}

const VERSION_MACRO = /\bgit_version!\s*\(((?:[^()]|\([^()]*\))*)\)/

/** The macro of git-version is an error of the compiler without a repository, unless it is given something instead. */
const readMacro = rememberBySources((sources): GitUse | null => {
  for (const {path, text} of sources) {
    const match = text.includes('git_version!') ? VERSION_MACRO.exec(text) : null
    if (match === null || /\b(?:fallback|cargo_prefix)\b/.test(match[1]!)) continue
    const askedBy = {path, line: lineAt(text, match.index).line}
    return surely(`git_version! stops without .git`, {askedBy, instead: 'fallback = "unknown" in the macro'})
  }
  return null
})

/** A build script often falls back to nothing: only people know. */
function readBuildScripts(action: PlacedAction, project: ProjectView): GitUse | null {
  const sign = findGitSignIn(listBuildScripts(action, project))
  return sign && perhaps(`${sign.path} reads ${sign.found} if it exists: do you want that?`, {askedBy: sign})
}

/** The tasks of cargo-make. */
function readTasks({directory}: PlacedAction, project: ProjectView): GitUse | null {
  const sign = findGitSignIn(project.readAll(directory, /(?:^|\/)[\w.-]*\.toml$/))
  return sign && perhaps(`${sign.path} calls ${sign.found}: is that used?`, {askedBy: sign})
}

const readManifest = rememberNeeds([
  {pattern: /\bpath\s*=\s*"([^"\n]+)"/g, certainty: 'must', text: 'path'},
  {pattern: /^[ \t]*build\s*=\s*"([^"\n]+\.rs)"/gm, certainty: 'must', text: 'build'},
])
const readIncludes = rememberNeeds([
  {pattern: /\binclude(?:_str|_bytes)?!\s*\(\s*"([^"\n]+)"/g, certainty: 'must'},
])
/** Without the module of tests, which by custom is the end of the file: only a build of the tests reads it. */
function withoutTests({path, text}: SourceText): SourceText {
  return {path, text: dropTests(text)}
}

const dropTests = rememberReadings((text: string): string => {
  const at = text.search(
    /^#\[cfg\(test\)\]\s*\n(?:\s*(?:#\[[^\n]*|\/\/[^\n]*)\n)*\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*\{/m,
  )
  return at < 0 ? text : text.slice(0, at)
})

/** Relative to the manifest of the package. */
const readMacros = rememberNeeds([
  {
    pattern:
      /\b(?:sqlx::migrate|refinery::embed_migrations|embed_migrations|include_dir)!\s*\(\s*"(?:\$CARGO_MANIFEST_DIR\/)?([^"\n]+)"/g,
    certainty: 'must',
  },
  {
    pattern: /\bconcat!\s*\(\s*env!\s*\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*,\s*"\/([^"\n]+)"/g,
    certainty: 'likely',
  },
  {pattern: /#\[folder\s*=\s*"(?:\$CARGO_MANIFEST_DIR\/)?([^"\n]+)"/g, certainty: 'likely'},
  {pattern: /\b(?:schema|query)_path\s*=\s*"([^"\n]+)"/g, certainty: 'likely'},
  {pattern: /#\[template\([^)\n]*\bpath\s*=\s*"([^"\n]+)"/g, certainty: 'likely', folder: 'templates'},
])
/** The directory that a macro without an argument takes. */
const findBareMigrations = rememberReadings((text) =>
  matchLines(text, /\b(?:sqlx::migrate|embed_migrations)!\s*\(\s*\)/g),
)
const readProtos = rememberNeeds([
  {
    pattern: /"((?:[\w.-]+\/)*[\w-]+\.(?:proto|c|cc|cpp|h|capnp|fbs|udl|sql|in))"/g,
    certainty: 'likely',
  },
])

/** What a build script writes is taken in. */
const includesOutput = rememberReadings((text) => /\binclude!\s*\([^;]*env!\s*\(\s*"OUT_DIR"/.test(text))

function listNeeds(
  {words, env}: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
  compiles: boolean,
): Need[] {
  const isLocked = words.some((word) => /^--(?:locked|frozen)$/.test(word))
  const isOffline = /^(?:1|true)$/i.test(env.get('SQLX_OFFLINE') ?? '')
  const roots = manifests.slice(0, 1).map(({path}) => parentPath(path))
  const locks = roots.flatMap((root): Need[] => {
    const lock = joinPath(root, 'Cargo.lock')
    return isLocked || project.has(lock)
      ? [{contextPath: lock, certainty: isLocked ? 'must' : 'may', askedBy: null}]
      : []
  })
  const wantsScript = (base: string) =>
    compiles && project.readBelow(base, /\.rs$/).some(({text}) => includesOutput(text))
  const own = manifests.flatMap((source): Need[] => {
    const base = parentPath(source.path)
    const script = joinPath(base, 'build.rs')
    const isScript = project.has(script) && !/^[ \t]*build\s*=/m.test(source.text)
    return [
      {contextPath: source.path, certainty: 'must', askedBy: null},
      ...(isScript
        ? [{contextPath: script, certainty: wantsScript(base) ? 'must' : 'likely', askedBy: null} as const]
        : []),
      ...readManifest(source),
      ...listTargets(source, project),
    ]
  })
  own.push(...listSettings(roots, words, project))
  own.push(...manifests.flatMap((source) => listMembers(source, project, isLocked)))
  if (!compiles) return [...locks, ...own]
  const bases = chooseMembers(words, manifests).map(({path}) => parentPath(path))
  const isTest = words[1] === 'test' || words[1] === 'bench'
  const sources = bases
    .flatMap((base) => project.readBelow(base, /\.rs$/))
    .filter(({path}) => isTest || !/(?:^|\/)(?:tests|benches|examples)\//.test(path))
  const queries = roots.flatMap((root) =>
    ['.sqlx', 'sqlx-data.json']
      .map((name) => joinPath(root, name))
      .filter((contextPath) => project.has(contextPath))
      .map((contextPath): Need => ({contextPath, certainty: isOffline ? 'must' : 'likely', askedBy: null})),
  )
  return [
    ...locks,
    ...own,
    ...queries,
    ...listImportNeeds(sources, readRustModules, project, 'must'),
    ...sources.flatMap((source) => [
      ...readIncludes(isTest ? source : withoutTests(source)),
      ...(/(?:^|\/)build\.rs$/.test(source.path) ? readProtos(isTest ? source : withoutTests(source)) : []),
      ...listEmbedded(source, bases, project),
    ]),
  ]
}

/** The packages that `-p` names, with those of the workspace that they depend on: no other is compiled. */
function chooseMembers(words: readonly string[], manifests: readonly SourceText[]): readonly SourceText[] {
  const named = words.flatMap((word, at) =>
    /^(?:-p|--package)$/.test(words[at - 1] ?? '') ? [word] : (/^--package=(.+)$/.exec(word)?.[1] ?? []),
  )
  const isNamed = ({text}: SourceText) => named.includes(readPackageName(text) ?? '')
  const chosen = new Set(manifests.filter(isNamed))
  if (chosen.size === 0 || named.some((name) => /[*$@:]/.test(name))) return manifests
  const shared = manifests.flatMap(({path, text}) => listPathDependencies(path, text, /^workspace\./))
  // what is added on the way is seen, too
  for (const {path, text} of chosen) {
    const own = listPathDependencies(path, text, /./)
    const inherited = shared.filter(({name}) => inherits(text, name))
    const wanted = [...own, ...inherited].map(({directory}) => joinPath(directory, 'Cargo.toml'))
    for (const manifest of manifests) if (wanted.includes(manifest.path)) chosen.add(manifest)
  }
  return manifests.filter((manifest) => chosen.has(manifest))
}

function readPackageName(text: string): string | null {
  return /^\[package\][^[]*?^[ \t]*name\s*=\s*"([^"\n]+)"/m.exec(text)?.[1] ?? null
}

function inherits(text: string, name: string): boolean {
  const escaped = name.replace(/[^\w-]/g, '')
  return new RegExp(
    `^\\s*"?${escaped}"?\\s*(?:\\.workspace\\s*=\\s*true|=\\s*\\{[^}]*workspace\\s*=\\s*true)`,
    'm',
  ).test(text)
}

/** `name = { path = "…" }`, and the same as a table of its own. @param tables those it stands in, as their names begin */
function listPathDependencies(
  path: string,
  text: string,
  tables: RegExp,
): {name: string; directory: string}[] {
  return text.split(/^(?=\[)/m).flatMap((table) => {
    const heading = /^\[+([^\]\n]+)\]/.exec(table)?.[1] ?? ''
    if (!/dependencies/.test(heading) || !tables.test(heading)) return []
    const own = /dependencies\.["']?([\w-]+)["']?$/.exec(heading)?.[1]
    const lines =
      own === undefined
        ? [
            ...table.matchAll(
              /^[ \t]*"?([\w-]+)"?(?:\.path\s*=\s*"([^"\n]+)"|\s*=\s*\{[^}]*?\bpath\s*=\s*"([^"\n]+)")/gm,
            ),
          ]
        : [...table.matchAll(/^()\s*path\s*=\s*"([^"\n]+)"/gm)]
    return lines.map((match) => ({
      name: own ?? match[1]!,
      directory: resolveIn(parentPath(path), match[2] ?? match[3]!),
    }))
  })
}

/** What macros take in from the directory of the package, where it is there. */
function listEmbedded(source: SourceText, bases: readonly string[], project: ProjectView): Need[] {
  const own = bases
    .filter((base) => base === '' || isWithin(source.path, base))
    .sort((a, b) => b.length - a.length)[0]
  if (own === undefined) return []
  const bare = findBareMigrations(source.text).map(
    ({match, line}): Need => ({
      contextPath: joinPath(own, 'migrations'),
      certainty: 'likely',
      askedBy: {path: source.path, line, text: match[0]},
    }),
  )
  return [...readMacros(source, own), ...bare].filter(
    ({contextPath}) => contextPath.startsWith('../') || project.has(contextPath),
  )
}

/** Settings beside the manifest: where packages come from, and which compiler is wanted. */
function listSettings(roots: readonly string[], words: readonly string[], project: ProjectView): Need[] {
  return roots.flatMap((root) =>
    ['.cargo/config.toml', '.cargo/config']
      .map((name) => joinPath(root, name))
      .filter((contextPath) => project.has(contextPath) || project.findClosed(contextPath) !== null)
      .slice(0, 1)
      .map((contextPath): Need => {
        const text = project.textOf(contextPath)
        const isSource = text === null ? project.has(joinPath(root, 'vendor')) : /^\[source\./m.test(text)
        const isStrict = isSource && words.some((word) => /^--(?:offline|frozen)$/.test(word))
        return {contextPath, certainty: isStrict ? 'must' : 'likely', askedBy: null}
      }),
  )
}

/** Where a target lies that has a name and no path. */
const TARGET_FOLDERS: Readonly<Record<string, string>> = {
  bench: 'benches',
  test: 'tests',
  example: 'examples',
}

/** Targets that the manifest lists: it is not read without the file of each. */
function listTargets({path, text}: SourceText, project: ProjectView): Need[] {
  return matchLines(text, /^\[\[(bench|test|example)\]\][ \t]*\n(?:(?!\[).*\n?)*/gm).flatMap(
    ({match, line}): Need[] => {
      const name = /^[ \t]*name\s*=\s*"([\w-]+)"/m.exec(match[0])?.[1]
      if (name === undefined || /^[ \t]*path\s*=/m.test(match[0])) return []
      const folder = joinPath(parentPath(path), TARGET_FOLDERS[match[1]!]!)
      const files = [`${folder}/${name}.rs`, `${folder}/${name}/main.rs`]
      const contextPath = locate(files, project)
      const askedBy = {path, line, text: `[[${match[1]}]] ${name}`}
      return contextPath === null || !contextPath.startsWith(folder)
        ? []
        : [{contextPath, certainty: 'must', askedBy}]
    },
  )
}

/** The members of a workspace: each that is named must be there, of a glob at least one. */
function listMembers(source: SourceText, project: ProjectView, isLocked: boolean): Need[] {
  const base = parentPath(source.path)
  const list = /^[ \t]*members\s*=\s*\[[^\]]*\]/gm
  return matchLines(source.text, list).flatMap(({match, line}) =>
    matchLines(match[0], /"([^"\n]+)"/g).flatMap((one) => {
      const glob = one.match[1]!
      const wanted = resolveIn(base, glob)
      const askedBy = {path: source.path, line: line + one.line - 1, text: 'members'}
      if (!glob.includes('*')) {
        return project.has(wanted) ? [{contextPath: wanted, certainty: 'must' as const, askedBy}] : []
      }
      const members = project
        .readBelow(base, /(?:^|\/)Cargo\.toml$/)
        .map(({path}) => parentPath(path))
        .filter((place) => matchesGlobs(wanted.split('/'), place.split('/')))
      const folder = wanted.slice(0, wanted.indexOf('*')).replace(/\/[^/]*$/, '')
      // what is ignored in whole was not looked into
      if (members.length === 0) {
        return folder !== '' && project.has(folder)
          ? [{contextPath: folder, certainty: 'must' as const, askedBy}]
          : []
      }
      const certainty = members.length === 1 ? 'must' : isLocked ? 'likely' : 'may'
      return members.map((contextPath): Need => ({contextPath, certainty, askedBy}))
    }),
  )
}

function matchesGlobs(globs: readonly string[], parts: readonly string[]): boolean {
  return globs.length === parts.length && globs.every((glob, at) => matchesGlob(glob, parts[at]!))
}
