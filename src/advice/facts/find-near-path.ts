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
  /** Only its end is there, a file. */
  | {kind: 'shallower'; path: string}
  /** It is there in other directories. */
  | {kind: 'deeper'; paths: readonly string[]}
  /** A build tool makes it. */
  | {kind: 'output'; tool: string; command: string}

/** More places than this say nothing. */
const MAX_DEEPER = 3

/** What build tools make: a glob of the path, a file that shows the tool, and the command that makes it. */
const OUTPUTS: readonly {path: RegExp; marks: readonly string[]; tool: string; command: string}[] = [
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

/**
 * Finds what was probably meant by a path that the context does not hold.
 * @param path relative to the context, `/`-separated
 * @param contextName the name of the context's directory
 * @returns null where nothing is near
 */
export function findNearPath(tree: FileTree, path: string, contextName: string): NearPath | null {
  const slashed = path.replaceAll(/\\+/g, '/')
  if (slashed !== path && isThere(tree, slashed)) return {kind: 'slashes', path: slashed}
  const components = path.split('/')
  const inOtherCase = resolveLoosely(tree, components, findOtherCapitals)
  if (inOtherCase !== null) return {kind: 'case', path: inOtherCase}
  const [first, ...rest] = components
  if (first === contextName && rest.length > 0 && isThere(tree, rest.join('/')))
    return {kind: 'parent', path: rest.join('/')}
  const misspelt = resolveLoosely(tree, components, findNearName)
  if (misspelt !== null) return {kind: 'spelling', path: misspelt}
  const output = findOutput(tree, path)
  if (output !== null) return output
  const shallower = findShallower(tree, components)
  if (shallower !== null) return {kind: 'shallower', path: shallower}
  const paths = findDeeper(tree, path)
  return paths.length === 0 || paths.length > MAX_DEEPER ? null : {kind: 'deeper', paths}
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
  return findNearest(wanted, names) ?? undefined
}

/** Drops directories from the front until the rest is a file that is there: a directory of that name may be any. */
function findShallower(tree: FileTree, components: readonly string[]): string | null {
  for (let count = 1; count < components.length; count++) {
    const rest = components.slice(count).join('/')
    const entry = tree.find(rest)
    if (entry >= 0 && !tree.isDirectory(entry)) return rest
  }
  return null
}

function findOutput(tree: FileTree, path: string): NearPath | null {
  const output = OUTPUTS.find(
    (one) => one.path.test(path) && one.marks.some((mark) => hasNear(tree, path, mark)),
  )
  return output === undefined ? null : {kind: 'output', tool: output.tool, command: output.command}
}

/** Tells whether a file of that name stands in a directory above a path. */
function hasNear(tree: FileTree, path: string, glob: string): boolean {
  const directories = path.split('/').map((_, count, all) => all.slice(0, count).join('/'))
  return directories.some((directory) => {
    const parent = directory === '' ? ROOT : tree.find(directory)
    if (directory !== '' && (parent < 0 || !tree.isDirectory(parent))) return false
    return [...tree.childrenOf(parent)].some((child) => matchesGlob(glob, tree.nameOf(child)))
  })
}

/** The paths that end in this one, but for what packages hold; one more than are of use at most. */
function findDeeper(tree: FileTree, path: string): string[] {
  const found: string[] = []
  for (const entry of tree.entriesNamed(path.slice(path.lastIndexOf('/') + 1))) {
    const other = tree.pathOf(entry)
    if (!other.endsWith(`/${path}`) || /(^|\/)node_modules\//.test(other)) continue
    found.push(other)
    if (found.length > MAX_DEEPER) break
  }
  return found
}
