import {hasGoConstraint, readGoImports, readModuleName} from '../../../../languages/sources/go-source.js'
import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {rememberBySources} from '../remember-by-sources.js'

/** Built for other systems, or only if asked for. */
const NOT_BUILT =
  /_test\.go$|_(?:windows|darwin|freebsd|openbsd|netbsd|plan9|js|wasm|wasip1|ios|android|solaris|aix)(?:_\w+)?\.go$/

interface Package {
  contextPath: string
  askedBy: Need['askedBy']
}

/**
 * The packages of a module that its programs are made of, at any depth.
 * @param module its go.mod
 * @param starts the directories of the context that are built
 */
export function listGoPackages(module: SourceText, starts: readonly string[], project: ProjectView): Need[] {
  const name = readModuleName(module.text)
  if (name === undefined) return []
  const base = parentPath(module.path)
  const {known, importsOf} = openModule(project.readBelow(base, /\.go$/))
  const found = new Map<string, Package>(
    starts.map((contextPath) => [contextPath, {contextPath, askedBy: null}]),
  )
  for (const {contextPath} of found.values()) {
    for (const source of known.get(contextPath) ?? []) {
      if (hasGoConstraint(source.text)) continue
      for (const {path, line, text} of importsOf(source, name)) {
        const place = joinPath(base, path)
        if (!found.has(place))
          found.set(place, {contextPath: place, askedBy: {path: source.path, line, text}})
      }
    }
  }
  return [...found.values()].flatMap((one) => listFiles(one, known, project))
}

/** The sources of a module by their directories, and what each imports of the module. */
const openModule = rememberBySources((sources) => {
  const imports = new Map<SourceText, readonly OwnImport[]>()
  const importsOf = (source: SourceText, module: string): readonly OwnImport[] => {
    const found = imports.get(source) ?? listOwnImports(source, module)
    imports.set(source, found)
    return found
  }
  return {known: groupByDirectory(sources), importsOf}
})

function groupByDirectory(sources: readonly SourceText[]): ReadonlyMap<string, readonly SourceText[]> {
  const groups = new Map<string, SourceText[]>()
  for (const source of sources) {
    if (NOT_BUILT.test(source.path)) continue
    const folder = parentPath(source.path)
    const group = groups.get(folder)
    if (group === undefined) groups.set(folder, [source])
    else group.push(source)
  }
  return groups
}

/** An import of a package of the module itself. */
interface OwnImport {
  /** Relative to the module. */
  path: string
  /** 1-based. */
  line: number
  text: string
}

function listOwnImports({text}: SourceText, module: string): OwnImport[] {
  return readGoImports(text).flatMap(({path: name, line}) =>
    name.startsWith(`${module}/`)
      ? [{path: name.slice(module.length + 1), line, text: `import "${name}"`}]
      : [],
  )
}

/** The files of a package; the directory where nobody looked into it. */
function listFiles(
  {contextPath, askedBy}: Package,
  known: ReadonlyMap<string, readonly SourceText[]>,
  project: ProjectView,
): Need[] {
  const files = known.get(contextPath) ?? []
  if (files.length === 0) {
    const closed = project.findClosed(contextPath)
    return closed === null ? [] : [{contextPath: closed, certainty: 'must', askedBy, isImport: true}]
  }
  const isAlone = files.length === 1
  return files
    .filter(({text}) => !hasGoConstraint(text))
    .map(
      ({path}): Need => ({
        contextPath: path,
        certainty: isAlone ? 'must' : 'likely',
        askedBy,
        isImport: true,
      }),
    )
}
