/** Make, CMake, autoconf, Bazel, Zig and kin: what their own files say about Git, and which files they take in. */

import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {MAKEFILES} from '../../../../languages/scripts/read-makefile.js'
import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {splitConditions} from '../files/cmake-conditions.js'
import {findGitSign} from '../git-signs.js'
import {readHeaders} from '../imports/compiled-imports.js'
import {listImportNeeds, locate} from '../imports/source-imports.js'
import {needsIn, resolveIn} from '../needs.js'
import {lineAt, matchLines} from '../text-lines.js'

/** The files in which a build tool is told what to do. */
const FILES: Readonly<Record<string, RegExp>> = {
  make: /(?:(?:^|\/)(?:GNU)?[Mm]akefile(?:\.\w+)?|\.mk|\.mak)$/,
  just: /(?:^|\/)\.?[Jj]ustfile$|\.just$/,
  task: /(?:^|\/)[Tt]askfile(?:\.dist)?\.ya?ml$/,
  cmake: /(?:(?:^|\/)CMakeLists\.txt|\.cmake|(?:^|\/)CMakePresets\.json)$/,
  ninja: /(?:(?:^|\/)CMakeLists\.txt|\.cmake|\.ninja)$/,
  meson: /(?:^|\/)meson(?:\.build|_options\.txt)$/,
  autoreconf: /(?:^|\/)(?:configure\.(?:ac|in)|Makefile\.am|[\w.-]+\.m4|git-version-gen)$/,
  configure: /(?:^|\/)(?:configure(?:\.(?:ac|in))?|Makefile\.(?:in|am))$/,
  bazel:
    /(?:^|\/)(?:\.bazelrc|WORKSPACE(?:\.bazel)?|MODULE\.bazel|[\w.-]*(?:status|stamp)[\w.-]*\.(?:sh|py)|(?:tools|hack|build|scripts)\/[^/]*\.sh)$/,
  zig: /(?:^|\/)build\.zig(?:\.zon)?$/,
  scons: /(?:^|\/)SCons(?:truct|cript)$/,
  waf: /(?:^|\/)wscript$/,
  xmake: /(?:^|\/)xmake\.lua$/,
  stack: /(?:\.cabal|(?:^|\/)(?:stack|package)\.yaml|\.hs)$/,
  cabal: /(?:\.cabal|(?:^|\/)(?:cabal\.project|Setup\.hs))$/,
  dune: /(?:^|\/)(?:dune(?:-project)?|[\w-]+\.opam)$/,
  swift: /(?:^|\/)Package\.swift$/,
  dart: /(?:^|\/)pubspec\.yaml$/,
  flutter: /(?:^|\/)pubspec\.yaml$/,
  nix: /\.nix$/,
  earthly: /(?:^|\/)Earthfile$/,
  pants: /(?:^|\/)(?:pants\.toml|BUILD)$/,
  buck2: /(?:^|\/)(?:BUCK|\.buckconfig)$/,
  protoc: /\.proto$/,
  buf: /(?:^|\/)buf(?:\.\w+)?\.yaml$/,
}

const KIN: Readonly<Record<string, string>> = {
  gmake: 'make',
  autoconf: 'autoreconf',
  automake: 'autoreconf',
  'autogen.sh': 'autoreconf',
  'bootstrap.sh': 'autoreconf',
  bazelisk: 'bazel',
  'nix-build': 'nix',
  ctest: 'cmake',
  opam: 'dune',
}

const COMPILERS = new Set(
  'gcc g++ cc c++ clang clang++ ld ar as nasm yasm rustc ghc ocamlfind gfortran fpc dmd ldc2 nim nimble crystal shards v swiftc pkg-config libtool libtoolize aclocal autoheader gettextize intltoolize nvcc emcc emmake emconfigure'.split(
    ' ',
  ),
)

/** Functions and rules that stand for a reader of the repository. */
const READERS =
  /find_package\(\s*Git\b|GIT_EXECUTABLE|GetGitRevisionDescription|git_describe\(|vcs_tag\(|workspace_status_command|stamp\s*=\s*(?:1|True)|gitrev\b|\$\(shell\s+git\b|GitHash|githash/

/** A flake of others: `nixpkgs#cachix`. */
const ELSEWHERE = /^(?!\.|\/|path:)[\w:.@/-]+#/

export const consumeNative: Consumer = (action, project) => {
  const {program, directory, words} = action
  const name = Object.hasOwn(KIN, program) ? KIN[program]! : program
  const files = Object.hasOwn(FILES, name) ? FILES[name]! : null
  if (program === 'nix' && words.slice(2).some((word) => ELSEWHERE.test(word))) return {}
  if (files === null) return COMPILERS.has(program) ? {needs: listHeaders(action, project)} : null
  const needs = [
    ...listNeeds(name, action, project),
    ...(BUILDS_C.test(name) ? listHeaders(action, project) : []),
  ]
  const texts = [...project.readAll(directory, files), ...listTaken(needs, project)]
  return {
    needs,
    git: readFiles(texts, action) ?? askNix(name, texts),
    // what such a project generates or runs while it is built stands in its sources
    runs: RUNS_SOURCES.test(name) ? ['other'] : [],
  }
}

const BUILDS_C = /^(?:cmake|ninja|meson|scons|waf|xmake|autoreconf|configure)$/

/** A directory that the command made or fetched itself: nothing of the context lies there. */
function isForeign(directory: string, project: ProjectView): boolean {
  return /^\/?\?\//.test(directory) && project.sourcesOf(directory).length === 0
}

function listHeaders({directory}: PlacedAction, project: ProjectView): Need[] {
  if (isForeign(directory, project)) return []
  const sources = project.readAll(directory, /\.(?:c|cc|cpp|cxx|h|hh|hpp|cu|mm?)$/)
  return listImportNeeds(sources, readHeaders, project, 'likely')
}

/** Files that others take in may lie above. */
function listTaken(needs: readonly Need[], project: ProjectView): SourceText[] {
  return needs.flatMap(({contextPath, askedBy}) => {
    const text = askedBy === null ? null : project.textOf(contextPath)
    return text === null ? [] : [{path: contextPath, text}]
  })
}

const RUNS_SOURCES = /^(?:stack|cabal|swift|dart|flutter|zig)$/

/** Nix takes what Git tracks, where it finds a repository. */
function askNix(name: string, texts: readonly SourceText[]): GitUse | null {
  const flake = name === 'nix' ? texts.find(({path}) => /(?:^|\/)flake\.nix$/.test(path)) : undefined
  return flake === undefined
    ? null
    : perhaps(`${flake.path}: Nix copies what Git tracks, and reads the commit: do you want that?`)
}

function readFiles(texts: readonly SourceText[], {program}: PlacedAction): GitUse | null {
  for (const source of texts) {
    const {path, text} = source
    const match = READERS.exec(text)
    const sign = findGitSign(source)
    if (match === null && sign === null) continue
    const line = sign?.line ?? lineAt(text, match!.index).line
    // a rule of a Makefile runs only if it is asked for
    const isOne = program !== 'make' && program !== 'gmake' && program !== 'just' && program !== 'task'
    const reason = `${path} calls ${sign === null || !/^git\b/.test(sign.found) ? 'git' : sign.found}`
    return isOne || isCalledAlways(text, line)
      ? surely(reason, {askedBy: {path, line}, ...(!hasFallback(text, line) && {isReached: true})})
      : perhaps(`${reason}: is that used?`, {askedBy: {path, line}})
  }
  return null
}

const FALLBACK =
  /\|\||2>\s*\/dev\/null|2>&1|ERROR_QUIET|fallback|EXISTS|check\s*:\s*false|required\s*:\s*false|\?=|found\(|_FOUND|^[ \t]*(?:el)?if\b|^ifn?(?:eq|def)\b/im
/** Lines before a call that may ask for the repository, and behind it that may do without. */
const LINES_AROUND = 4

/** Whether the lines around a call say what to do without a repository. */
function hasFallback(text: string, line: number): boolean {
  const lines = text.split('\n').slice(Math.max(0, line - 1 - LINES_AROUND), line + LINES_AROUND)
  return FALLBACK.test(lines.join('\n'))
}

/** An assignment outside a recipe. */
function isCalledAlways(text: string, line: number): boolean {
  const content = text.split('\n')[line - 1] ?? ''
  return /^[\w.]+\s*[:?+!]?:?=/.test(content.replace(/^(?:export|override)\s+/, ''))
}

function listNeeds(name: string, {directory, words}: PlacedAction, project: ProjectView): Need[] {
  if (name === 'make') return listMakeNeeds(words, directory, project)
  // the settings were read when it was configured
  if (name === 'cmake' && /^(?:--build|--install|--version|-E|--help)$/.test(words[1] ?? '')) return []
  if (isForeign(directory, project)) return []
  const [root] = [...project.readAll(directory, FILES[name]!)].sort(
    (one, other) => one.path.length - other.path.length,
  )
  if (root === undefined) return []
  const own: Need = {contextPath: root.path, certainty: 'must', askedBy: null}
  if (name === 'stack' || name === 'cabal') return [own, ...listHaskell(words, directory, project)]
  return name === 'cmake' ? [own, ...listCmakeNeeds(root, directory, words, project)] : [own]
}

const CMAKE_SOURCES = /(?:^|[\s(])([\w./-]+\.(?:c|cc|cpp|cxx|cu|f90|h|hpp|proto|qrc|ui|rc|S))(?=[\s)])/g

/** What the settings of CMake take in, each relative to its own directory. */
function listCmakeNeeds(
  root: SourceText,
  directory: string,
  words: readonly string[],
  project: ProjectView,
): Need[] {
  return project.readAll(directory, /(?:^|\/)CMakeLists\.txt$/).flatMap((file) => {
    const {sure, doubtful} = splitConditions(file.text.replace(/#.*/g, ''), words)
    return [
      ...listCmakeFiles({path: file.path, text: sure}, file === root, project),
      ...listCmakeFiles({path: file.path, text: doubtful}, file === root, project).map(
        (need): Need => ({...need, certainty: 'likely'}),
      ),
    ]
  })
}

function listCmakeFiles({path, text: written}: SourceText, isRoot: boolean, project: ProjectView): Need[] {
  {
    const text = written
      .replace(/\$\{(?:CMAKE_CURRENT_SOURCE_DIR|CMAKE_CURRENT_LIST_DIR)\}\//g, './')
      .replace(/\$\{(?:CMAKE_SOURCE_DIR|PROJECT_SOURCE_DIR)\}\//g, isRoot ? './' : '$/')
    const source = {path, text}
    return [
      ...needsIn(source, [
        {pattern: /\badd_subdirectory\(\s*"?([\w./-]+)/g, certainty: 'must'},
        {pattern: /\bconfigure_file\(\s*"?([\w./-]+\.\w+)/g, certainty: 'must'},
        {pattern: /\binclude\(\s*"?([\w./-]+\.cmake)"?\s*\)/g, certainty: 'must'},
        {pattern: /\bfile\(\s*(?:READ|STRINGS)\s+"?([\w./-]+)/g, certainty: 'must'},
        ...(/\binclude\(\s*CPack\s*\)/.test(text)
          ? [
              {
                pattern: /\bset\(\s*CPACK_RESOURCE_FILE_\w+\s+"?([\w./-]+)/g,
                certainty: 'must' as const,
              },
            ]
          : []),
        {
          pattern: /\b(?:add_executable|add_library|target_sources)\([^()]*\)/g,
          inner: CMAKE_SOURCES,
          certainty: 'must',
        },
      ]),
      ...listCmakeModules(source, project),
    ]
  }
}

/** `include(Warnings)` is a file of a directory that CMAKE_MODULE_PATH names. */
function listCmakeModules({path, text}: SourceText, project: ProjectView): Need[] {
  const folders = [...text.matchAll(/\bCMAKE_MODULE_PATH\s+"?\.?\/?([\w./-]+)/g)].map(([, folder = '']) =>
    resolveIn(parentPath(path), folder),
  )
  return matchLines(text, /\binclude\(\s*(\w+)\s*\)/g).flatMap(({match, line}) => {
    const file = locate(
      folders.map((folder) => resolveIn(folder, `${match[1]}.cmake`)),
      project,
    )
    return file === null
      ? []
      : [{contextPath: file, certainty: 'must' as const, askedBy: {path, line, text: match[0]}}]
  })
}

/** Of a package one of the two manifests must be there. */
function listHaskell(words: readonly string[], directory: string, project: ProjectView): Need[] {
  if (/^(?:upgrade|update|--version|path|config|new|init|user-install)$/.test(words[1] ?? '')) return []
  if (words[0] === 'cabal' && words[1] === 'setup') return []
  const bases = project.basesOf(directory)
  const own = bases.flatMap((base) =>
    project
      .readBelow(base, /(?:(?:^|\/)package\.yaml|\.cabal)$/)
      .filter(({path}) => parentPath(path) === base),
  )
  const isPacked =
    /^(?:v2-)?(?:install|sdist)$/.test(words[1] ?? '') && !words.includes('--only-dependencies')
  return [
    ...own.slice(0, 1).map(({path}): Need => ({contextPath: path, certainty: 'must', askedBy: null})),
    ...(words[0] === 'cabal' && isPacked ? own.flatMap(listPackedFiles) : []),
  ]
}

const PACKED_FIELD =
  /^(extra-(?:source|doc)-files|license-files?|data-files)\s*:((?:.*\n(?:[ \t]+.*\n?)*))/gim

/** What a package of Cabal says that it is made of. */
function listPackedFiles({path, text}: SourceText): Need[] {
  return matchLines(text, PACKED_FIELD).flatMap(({match, line}) =>
    matchLines(match[2] ?? '', /(?<![\w*./-])([\w./-]*[\w-]+\.\w+|[A-Z]{4,})(?![\w*./-])/g).map(
      (one): Need => ({
        contextPath: resolveIn(parentPath(path), one.match[1] ?? ''),
        certainty: 'must',
        askedBy: {path, line: line + one.line - 1, text: match[1] ?? ''},
      }),
    ),
  )
}

function listMakeNeeds(words: readonly string[], directory: string, project: ProjectView): Need[] {
  const at = words.findIndex((word) => word === '-f' || word === '--file')
  const given =
    at > 0
      ? words[at + 1]
      : words.find((word) => /^--?f(?:ile=)?\w/.test(word) && word.startsWith('--file='))?.slice(7)
  const names = given === undefined ? MAKEFILES : [given]
  const [file] = project.read(directory, ...names)
  if (file === undefined) return listUncopied(names, words, directory, project)
  return [{contextPath: file.path, certainty: 'must', askedBy: null}, ...followIncludes(file, project, 0)]
}

/** A Makefile of the project that lies where the files of the directory come from, and has what is asked for. */
function listUncopied(
  names: readonly string[],
  words: readonly string[],
  directory: string,
  project: ProjectView,
): Need[] {
  const goals = words.slice(1).filter((word) => /^[A-Za-z][\w.-]*$/.test(word))
  return project
    .basesOf(directory)
    .flatMap((base) => names.map((name) => joinPath(base, name)).filter((path) => project.isFile(path)))
    .filter((path) => {
      const text = project.textOf(path)
      return text !== null && goals.length > 0 && goals.every((goal) => hasRule(text, goal))
    })
    .slice(0, 1)
    .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
}

function hasRule(text: string, goal: string): boolean {
  return new RegExp(`^(?:[\\w.-]+ +)*${goal.replaceAll('.', '\\.')}(?: +[\\w.-]+)* *:`, 'm').test(text)
}

const MAX_INCLUDES = 8

/** What a Makefile takes in; `-include` may be missing. */
function followIncludes(file: SourceText, project: ProjectView, depth: number): Need[] {
  const included = needsIn(file, [
    {pattern: /^include[ \t]+([^\n#]+)/gm, inner: /([\w./-]+)(?=\s|$)/g, certainty: 'must', text: 'include'},
    {
      pattern: /^[-s]include[ \t]+([^\n#]+)/gm,
      inner: /(?<=\s)([\w./-]+)(?=\s|$)/g,
      certainty: 'may',
      text: '-include',
    },
  ]).filter(({contextPath}) => !/(?:^|\/)-?s?include$/.test(contextPath))
  const deeper =
    depth >= MAX_INCLUDES
      ? []
      : included.flatMap(({contextPath}) => {
          const text = project.textOf(contextPath)
          return text === null ? [] : followIncludes({path: contextPath, text}, project, depth + 1)
        })
  return [...included, ...deeper]
}
