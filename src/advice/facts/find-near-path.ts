import {listGoals, MAKEFILES, readMakefile} from '../../languages/scripts/read-makefile.js'
import {baseName, parentPath} from '../../languages/text/container-path.js'
import {matchesGlob} from '../../languages/text/matches-glob.js'
import {findNearest} from '../../languages/text/suggest.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'

/** What was probably meant by a path that is not there. */
export type NearPath =
  /** Written with the backslashes of Windows. */
  | {kind: 'slashes'; path: string}
  /** There with other capitals. */
  | {kind: 'case'; path: string}
  /** A name in it is a letter or two off. */
  | {kind: 'spelling'; path: string}
  /** The path begins with the name of the context's own directory: it was written for the directory above. */
  | {kind: 'parent'; path: string}
  /** A directory above the context holds it. */
  | {kind: 'above'; levels: number}
  /** Only its end is there, a file. */
  | {kind: 'shallower'; path: string}
  /** It is there in other directories. */
  | {kind: 'deeper'; paths: readonly string[]}
  /** A build tool makes it, or a goal of a Makefile. */
  | {kind: 'output'; tool: string; command: string; isGoal?: true}
  /** What a package manager writes beside a manifest that is there. */
  | {kind: 'lock'; command: string; mayBeAbsent: boolean; other: string | null}
  /** A part of the repository. */
  | {kind: 'repository'; state: 'absent' | 'worktree' | 'lacks it'}

/** More places than this say nothing. */
const MAX_DEEPER = 3
const NO_TEXTS: ReadonlyMap<string, string> = new Map()

/** What build tools make: the path, a file that shows the tool, what that must say if it was read, and the command that makes it. */
const OUTPUTS: readonly {
  path: RegExp
  marks: readonly string[]
  says?: RegExp
  tool: string
  command: string
}[] = [
  {
    path: /^(.*\/)?dist\/[^/]*_(?:linux|darwin|windows)_[^/]*\//,
    marks: ['.goreleaser.yml', '.goreleaser.yaml', 'goreleaser.yml', 'goreleaser.yaml'],
    tool: 'GoReleaser',
    command: 'goreleaser build --snapshot',
  },
  {
    path: /^\.build\/(?:linux|darwin|windows)-[^/]+\//,
    marks: ['.promu.yml'],
    tool: 'promu',
    command: 'promu crossbuild',
  },
  {
    path: /^(.*\/)?build\/libs(\/|$)/,
    marks: ['build.gradle', 'build.gradle.kts', 'gradlew'],
    tool: 'Gradle',
    command: 'gradle bootJar',
  },
  {path: /^(.*\/)?target(\/|$)/, marks: ['pom.xml', 'mvnw'], tool: 'Maven', command: 'mvn package'},
  {path: /^(.*\/)?target(\/|$)/, marks: ['Cargo.toml'], tool: 'Cargo', command: 'cargo build --release'},
  {path: /^(.*\/)?target(\/|$)/, marks: ['build.sbt'], tool: 'sbt', command: 'sbt assembly'},
  {path: /^(.*\/)?node_modules(\/|$)/, marks: ['package.json'], tool: 'npm', command: 'npm ci'},
  {
    path: /^(.*\/)?(dist|build|out|\.next|\.output|public)(\/|$)/,
    marks: ['package.json'],
    says: /"build[\w:-]*"\s*:/,
    tool: 'the build script of package.json',
    command: 'npm run build',
  },
  {path: /^(.*\/)?vendor(\/|$)/, marks: ['composer.json'], tool: 'Composer', command: 'composer install'},
  {path: /^(.*\/)?vendor(\/|$)/, marks: ['go.mod'], tool: 'Go', command: 'go mod vendor'},
  {
    path: /^(.*\/)?(publish|bin|out)(\/|$)/,
    marks: ['*.csproj', '*.sln'],
    tool: '.NET',
    command: 'dotnet publish',
  },
  {path: /^(.*\/)?_build(\/|$)/, marks: ['mix.exs'], tool: 'Mix', command: 'mix release'},
  {
    path: /^(.*\/)?dist\/.*\.(whl|tar\.gz)$/,
    marks: ['pyproject.toml', 'setup.py'],
    tool: 'Python',
    command: 'python -m build',
  },
]

/** Lock files: the manifest that they stand beside, and the command that writes them. */
const LOCKS: Readonly<Record<string, readonly [manifest: string, command: string]>> = {
  'go.sum': ['go.mod', 'go mod tidy'],
  'package-lock.json': ['package.json', 'npm install'],
  'npm-shrinkwrap.json': ['package.json', 'npm shrinkwrap'],
  'yarn.lock': ['package.json', 'yarn install'],
  'pnpm-lock.yaml': ['package.json', 'pnpm install'],
  'bun.lock': ['package.json', 'bun install'],
  'bun.lockb': ['package.json', 'bun install'],
  'deno.lock': ['deno.json', 'deno install'],
  'Cargo.lock': ['Cargo.toml', 'cargo generate-lockfile'],
  'poetry.lock': ['pyproject.toml', 'poetry lock'],
  'uv.lock': ['pyproject.toml', 'uv lock'],
  'pdm.lock': ['pyproject.toml', 'pdm lock'],
  'Pipfile.lock': ['Pipfile', 'pipenv lock'],
  'Gemfile.lock': ['Gemfile', 'bundle lock'],
  'composer.lock': ['composer.json', 'composer update'],
  'mix.lock': ['mix.exs', 'mix deps.get'],
  'pubspec.lock': ['pubspec.yaml', 'dart pub get'],
  'packages.lock.json': ['*.csproj', 'dotnet restore --use-lock-file'],
  'Package.resolved': ['Package.swift', 'swift package resolve'],
}

/** What is known besides the tree. */
export interface NearbyFacts {
  /** Of the project's files, by path: a Makefile says what it makes. Default: none. */
  texts?: ReadonlyMap<string, string> | undefined
  /** What a directory above the context holds, by path, and how many levels up. Default: nothing. */
  above?: ReadonlyMap<string, number> | undefined
}

/**
 * Finds what was probably meant by a path that the context does not hold.
 * @param path relative to the context, `/`-separated
 * @param contextName the name of the context's directory
 * @returns null where nothing is near
 */
export function findNearPath(
  tree: FileTree,
  path: string,
  contextName: string,
  {texts, above}: NearbyFacts = {},
): NearPath | null {
  const slashed = path.replaceAll(/\\+/g, '/')
  if (slashed !== path && isThere(tree, slashed)) return {kind: 'slashes', path: slashed}
  const components = path.split('/')
  if (components[0] === '.git') return {kind: 'repository', state: describeRepository(tree)}
  const inOtherCase = resolveLoosely(tree, components, findOtherCapitals)
  if (inOtherCase !== null) return {kind: 'case', path: inOtherCase}
  const [first, ...rest] = components
  if (first === contextName && rest.length > 0 && isThere(tree, rest.join('/')))
    return {kind: 'parent', path: rest.join('/')}
  const output = findGoal(path, texts ?? NO_TEXTS) ?? findOutput(tree, path, texts ?? NO_TEXTS)
  const misspelt = resolveLoosely(tree, components, findNearName)
  // "dist" is made more often than it is a slip for "test"
  const isOther = output !== null && misspelt?.split('/')[0] !== first
  if (misspelt !== null && !isOther) return {kind: 'spelling', path: misspelt}
  if (output !== null) return output
  const levels = above?.get(path)
  if (levels !== undefined) return {kind: 'above', levels}
  const lock = findLock(tree, path)
  if (lock !== null) return lock
  const shallower = findShallower(tree, components)
  if (shallower !== null) return {kind: 'shallower', path: shallower}
  const paths = findDeeper(tree, path)
  return paths.length === 0 || paths.length > MAX_DEEPER ? null : {kind: 'deeper', paths}
}

/** The one path that a pattern of an ignore file was probably to name, which is not there; null where nothing tells, or many may be meant. */
export function findMeantPath(tree: FileTree, glob: string): string | null {
  if (/[*?[\\]/.test(glob)) return null
  const near = findNearPath(tree, glob, '')
  switch (near?.kind) {
    case 'case':
    case 'spelling':
    case 'shallower':
      return near.path
    case 'deeper':
      return near.paths.length === 1 ? near.paths[0]! : null
    default:
      return findMoved(tree, glob)
  }
}

/** The only path of that name, for one in a directory. */
function findMoved(tree: FileTree, path: string): string | null {
  if (!path.includes('/')) return null
  const [only, ...others] = [...tree.entriesNamed(baseName(path))]
    .slice(0, MAX_DEEPER)
    .map((entry) => tree.pathOf(entry))
  return only === undefined || others.length > 0 || /(^|\/)node_modules\//.test(only) ? null : only
}

function isThere(tree: FileTree, path: string): boolean {
  return tree.find(path) >= 0
}

type FindName = (wanted: string, names: readonly string[]) => string | undefined

/** Follows names, with another one in place of each that is not there; null where none is near. */
function resolveLoosely(tree: FileTree, components: readonly string[], findName: FindName): string | null {
  let parent = ROOT
  const found: string[] = []
  for (const component of components) {
    if (parent !== ROOT && !tree.isDirectory(parent)) return null
    const children = [...tree.childrenOf(parent)]
    const names = children.map((child) => tree.nameOf(child))
    const name = names.includes(component) ? component : findName(component, names)
    if (name === undefined) return null
    found.push(name)
    parent = children[names.indexOf(name)]!
  }
  return found.join('/')
}

function findOtherCapitals(wanted: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === wanted.toLowerCase())
}

function findNearName(wanted: string, names: readonly string[]): string | undefined {
  const nearest = findNearest(wanted, names)
  if (nearest !== null) return nearest
  // the same with an ending
  const alike = names.filter((name) => name.startsWith(wanted) && ENDING.test(name.slice(wanted.length)))
  return alike.length === 1 ? alike[0] : undefined
}

/** `.toml` behind `rust-toolchain`; not what a lock, a sample or a copy is called. */
const ENDING = /^\.(?:toml|ya?ml|json|[cm]?[jt]s|sh|txt|conf|ini)$/

/** Drops directories from the front until the rest is a file that is there: a directory of that name may be any. */
function findShallower(tree: FileTree, components: readonly string[]): string | null {
  for (let count = 1; count < components.length; count++) {
    const rest = components.slice(count).join('/')
    const entry = tree.find(rest)
    if (entry >= 0 && !tree.isDirectory(entry)) return rest
  }
  return null
}

function findLock(tree: FileTree, path: string): NearPath | null {
  const name = baseName(path)
  const lock = Object.hasOwn(LOCKS, name) ? LOCKS[name] : undefined
  if (lock === undefined) return null
  const [manifest, command] = lock
  const folder = parentPath(path)
  const parent = folder === '' ? ROOT : tree.find(folder)
  if (folder !== '' && (parent < 0 || !tree.isDirectory(parent))) return null
  const names = [...tree.childrenOf(parent)].map((child) => tree.nameOf(child))
  if (!names.some((one) => matchesGlob(manifest, one))) return null
  const other = names.find((one) => Object.hasOwn(LOCKS, one) && LOCKS[one]![0] === manifest) ?? null
  return {kind: 'lock', command, mayBeAbsent: name === 'go.sum', other}
}

function describeRepository(tree: FileTree): 'absent' | 'worktree' | 'lacks it' {
  const entry = tree.find('.git')
  if (entry < 0) return 'absent'
  return tree.isDirectory(entry) ? 'lacks it' : 'worktree'
}

/** A goal of a Makefile above a path that is called so, or whose recipe writes it. */
function findGoal(path: string, texts: ReadonlyMap<string, string>): NearPath | null {
  for (const directory of listDirectoriesAbove(path)) {
    const prefix = directory === '' ? '' : `${directory}/`
    const text = MAKEFILES.map((name) => texts.get(`${prefix}${name}`)).find((one) => one !== undefined)
    if (text === undefined) continue
    const relative = path.slice(prefix.length)
    const found = listGoals(readMakefile([text])).find(
      ({name, lines}) => isOutput(name, relative) || lines.some(({text: line}) => writes(line, relative)),
    )
    const command = directory === '' ? 'make' : `make -C ${directory}`
    if (found !== undefined)
      return {kind: 'output', tool: `"${prefix}Makefile"`, command: `${command} ${found.name}`, isGoal: true}
  }
  return null
}

const OUTPUT_WORD = /(?:^|\s)(?:-o|-out|--out|--output|--outfile|--out-dir|>)[\s=]*["']?([^\s"';&|]+)/g

/** Tells whether a command of a recipe names a path as its output, or a directory above it. */
function writes(line: string, path: string): boolean {
  return [...line.matchAll(OUTPUT_WORD)].some(([, word]) => isOutput(word!, path))
}

function isOutput(word: string, path: string): boolean {
  const clean = word.replace(/^(?:\.|\$\{?(?:CURDIR|PWD)\}?|\$\(pwd\))\//, '').replace(/\/$/, '')
  return clean === path || (clean !== '' && path.startsWith(`${clean}/`))
}

function findOutput(tree: FileTree, path: string, texts: ReadonlyMap<string, string>): NearPath | null {
  const output = OUTPUTS.find(
    (one) =>
      one.path.test(path) &&
      one.marks.some((mark) =>
        listNear(tree, path, mark).some(
          (file) => one.says?.test(texts.get(file) ?? '') !== false || !texts.has(file),
        ),
      ),
  )
  return output === undefined ? null : {kind: 'output', tool: output.tool, command: output.command}
}

/** The files of such a name in the directories above a path. */
function listNear(tree: FileTree, path: string, glob: string): string[] {
  return listDirectoriesAbove(path).flatMap((directory) => {
    const parent = directory === '' ? ROOT : tree.find(directory)
    if (directory !== '' && (parent < 0 || !tree.isDirectory(parent))) return []
    return [...tree.childrenOf(parent)]
      .filter((child) => matchesGlob(glob, tree.nameOf(child)))
      .map((child) => tree.pathOf(child))
  })
}

/** From the root down. */
function listDirectoriesAbove(path: string): string[] {
  return path.split('/').map((_, count, all) => all.slice(0, count).join('/'))
}

/** The paths that end in this one, but for what packages hold; one more than are of use at most. */
function findDeeper(tree: FileTree, path: string): string[] {
  const found: string[] = []
  for (const entry of tree.entriesNamed(baseName(path))) {
    const other = tree.pathOf(entry)
    if (!other.endsWith(`/${path}`) || /(^|\/)node_modules\//.test(other)) continue
    found.push(other)
    if (found.length > MAX_DEEPER) break
  }
  return found
}
