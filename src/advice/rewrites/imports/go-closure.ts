import type {EvidenceTexts} from '../../../build/graph/proof-input.js'
import {
  listGoOperands,
  readGoEmbeds,
  readGoImports,
  readModuleName,
} from '../../../languages/sources/go-source.js'
import {isWithin, joinPath, parentPath} from '../../../languages/text/container-path.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {resolveBelow} from './closure.js'

/** What a build of Go compiles of its module. */
export interface GoClosure {
  /** Directories of packages, as paths of the context; that of the module is among them if it has a package. */
  packages: readonly string[]
  /** Other files and directories that its sources and its manifest name. */
  others: readonly string[]
}

interface GoInput {
  tree: FileTree
  evidence: EvidenceTexts
}

const MAX_PACKAGES = 1_000

/**
 * Follows the imports of `go build PACKAGE…` through its module. A package is compiled from the files of its directory
 * alone: tests are left out, and what `//go:embed` names is taken in.
 * @param module the directory of go.mod @param directory where the build runs
 * @returns null where a package is not there, or a source was not read
 */
export function followGo(
  input: GoInput,
  module: string,
  directory: string,
  args: readonly string[],
): GoClosure | null {
  const manifest = input.evidence.get(joinPath(module, 'go.mod'))
  const name = readModuleName(manifest ?? '')
  const starts = readPackages(args)
  if (manifest === undefined || name === undefined || starts === null) return null
  const roots = new Map([[name, module], ...listReplaced(manifest, module)])
  const packages = new Set<string>()
  for (const start of starts) {
    const found = resolveBelow(directory, start.endsWith('.go') ? `${start}/..` : start)
    if (found === null) return null
    packages.add(found)
  }
  const others = new Set([...roots.values()].filter((root) => root !== module))
  // A set is visited in order of insertion, what is added on the way too.
  for (const path of packages) {
    const sources = listSources(input.tree, path)
    if (sources.length === 0 || packages.size > MAX_PACKAGES) return null
    const texts = sources.flatMap((source) => input.evidence.get(source) ?? [])
    if (texts.length < sources.length) return null
    for (const one of texts.flatMap((text) => findImported(text, roots))) packages.add(one)
    for (const one of texts.flatMap(listEmbedded)) others.add(joinPath(path, one))
  }
  return {packages: [...packages], others: [...others]}
}

/** The directories of the packages of the project that a source imports. */
function findImported(text: string, roots: ReadonlyMap<string, string>): string[] {
  return readGoImports(text).flatMap(({path: one}) => {
    const root = [...roots.keys()].find((prefix) => one === prefix || one.startsWith(`${prefix}/`))
    return root === undefined ? [] : [joinPath(roots.get(root)!, one.slice(root.length + 1))]
  })
}

/** The packages that a build names; null for `./...` and for anything that is no path. */
function readPackages(args: readonly string[]): string[] | null {
  const found = listGoOperands(args)
  const arePaths = found.every((word) =>
    /^\.{1,2}(?:\/|$)/.test(word) ? !word.includes('...') : /^[\w-]+\.go$/.test(word),
  )
  if (!arePaths) return null
  return found.length === 0 ? ['.'] : found
}

/** Modules that are taken from a directory, by their names. */
function listReplaced(manifest: string, module: string): [name: string, directory: string][] {
  return Array.from(
    manifest.matchAll(/^[ \t]*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>\s*(\.{1,2}\/\S+)/gm),
    ([, name = '', path = '']) => [name, resolveBelow(module, path)] as const,
  ).filter((pair): pair is [string, string] => pair[1] !== null)
}

function listSources(tree: FileTree, directory: string): string[] {
  const entry = directory === '' ? -1 : tree.find(directory)
  if (directory !== '' && (entry < 0 || !tree.isDirectory(entry))) return []
  return [...tree.childrenOf(entry)]
    .filter((child) => tree.isFile(child) && /(?<!_test)\.go$/.test(tree.nameOf(child)))
    .map((child) => tree.pathOf(child))
}

/** What `//go:embed` names, up to its first wildcard. */
function listEmbedded(text: string): string[] {
  return readGoEmbeds(text).map(({path}) =>
    /[*?[]/.test(path) ? parentPath(path.replace(/[*?[].*$/, 'x')) : path,
  )
}

/**
 * The parts of a project that hold some packages: each directory alone, or the one around several; the files of the
 * module's own directory one by one.
 */
export function gatherPackages(tree: FileTree, source: string, {packages, others}: GoClosure): string[] {
  const firstOf = (path: string) => {
    const rest = source === '' ? path : path.slice(source.length + 1)
    return joinPath(source, rest.split('/', 1)[0]!)
  }
  const inner = packages.filter((path) => path !== source)
  const counts = new Map<string, number>()
  for (const path of inner) counts.set(firstOf(path), (counts.get(firstOf(path)) ?? 0) + 1)
  const own = packages.includes(source) ? listSources(tree, source) : []
  const gathered = inner.map((path) => (counts.get(firstOf(path))! > 1 ? firstOf(path) : path))
  const paths = [...own, ...gathered, ...others.filter((path) => path !== source)]
  return [...new Set(paths)].filter((path) => isWithin(path, source) || source === '')
}
