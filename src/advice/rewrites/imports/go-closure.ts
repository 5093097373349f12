import type {EvidenceTexts} from '../../../build/graph/proof-input.js'
import {isWithin, joinPath, parentPath} from '../../../languages/text/container-path.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {resolveBelow} from './follow-imports.js'

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
/** Options of a build whose value is a word of its own. */
const TAKES_VALUE =
  /^--?(?:o|p|ldflags|gcflags|asmflags|tags|trimpath|mod|buildmode|buildvcs|pkgdir|installsuffix|covermode|coverpkg)$/

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
  const name = /^module\s+"?([^\s"]+)/m.exec(manifest ?? '')?.[1]
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
    for (const one of texts.flatMap(readEmbedded)) others.add(joinPath(path, one))
  }
  return {packages: [...packages], others: [...others]}
}

/** The directories of the packages of the project that a source imports. */
function findImported(text: string, roots: ReadonlyMap<string, string>): string[] {
  return readImports(text).flatMap((one) => {
    const root = [...roots.keys()].find((prefix) => one === prefix || one.startsWith(`${prefix}/`))
    return root === undefined ? [] : [joinPath(roots.get(root)!, one.slice(root.length + 1))]
  })
}

/** The packages that a build names; null for `./...` and for anything that is no path. */
function readPackages(args: readonly string[]): string[] | null {
  const found: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (word.startsWith('-')) at += TAKES_VALUE.test(word) && !/^--?trimpath$/.test(word) ? 1 : 0
    else if (/^\.{1,2}(?:\/|$)/.test(word) ? word.includes('...') : !/^[\w-]+\.go$/.test(word)) return null
    else found.push(word)
  }
  return found.length === 0 ? ['.'] : found
}

/** Modules that are taken from a directory, by their names. */
function listReplaced(manifest: string, module: string): [name: string, directory: string][] {
  return Array.from(
    manifest.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>\s*(\.{1,2}\/\S+)/gm),
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

/** The paths that a source imports. */
function readImports(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return Array.from(
    code.matchAll(/^import\s+(?:\(([^)]*)\)|(?:[\w.]+\s+)?["`]([^"`\n]+)["`])/gm),
    ([, block, single]) =>
      single === undefined
        ? Array.from((block ?? '').matchAll(/["`]([^"`\n]+)["`]/g), ([, one = '']) => one)
        : [single],
  ).flat()
}

/** What `//go:embed` names, up to its first wildcard. */
function readEmbedded(text: string): string[] {
  return Array.from(text.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm), ([, list = '']) =>
    list.split(/\s+/).map((one) => one.replace(/^["`]|["`]$/g, '').replace(/^all:/, '')),
  )
    .flat()
    .filter((one) => one !== '')
    .map((one) => (/[*?[]/.test(one) ? parentPath(one.replace(/[*?[].*$/, 'x')) : one))
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
