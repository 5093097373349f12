import {parentPath} from '../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../languages/text/quote.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'

/** A place where a source takes another file of the project in. */
export interface Import {
  /** Where that may lie in the context, the likeliest first. */
  targets: readonly string[]
  /** 1-based. */
  line: number
  /** As a report quotes it. */
  text: string
}

/** Lists what a source takes in, by the rules of its language. */
export type ImportReader = (source: SourceText, project: ProjectView) => Import[]

/** Sources that only some programs of a project run, none of them its own. */
export const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|testdata|spec|e2e|cypress|playwright|mocks?|__mocks__|fixtures?|stories|\.storybook|benchmarks?|benches|examples?|scripts?|tools?|hack|dev|node_modules|vendor|third_party|site-packages)\/|[._-](?:test|spec|stories|mock|config)s?\.\w+$|_test\.go$|(?:^|\/)(?:conftest|setup|noxfile|gulpfile|Gruntfile)\.\w+$/

/** Those who take one file in are many; these must do. */
const MAX_ASKERS = 4

/** The files of the project that its sources take in, as needs of what compiles or packs them. */
export function listImportNeeds(
  sources: readonly SourceText[],
  read: ImportReader,
  project: ProjectView,
  certainty: Need['certainty'],
): Need[] {
  const askers = new Map<string, number>()
  const found = foundBy(read, project)
  return sources
    .filter(({path}) => !ASIDE.test(path))
    .flatMap((source) =>
      findImports(source, {read, project, found}).flatMap(({contextPath, line, text}): Need[] => {
        const count = askers.get(contextPath) ?? 0
        if (count >= MAX_ASKERS) return []
        askers.set(contextPath, count + 1)
        return [{contextPath, certainty, askedBy: {path: source.path, line, text}, isImport: true}]
      }),
    )
}

/** A file of the context that a source takes in. */
interface FoundImport {
  contextPath: string
  line: number
  text: string
}

/** What was found in sources, by their paths. */
type FoundImports = Map<string, {text: string; imports: readonly FoundImport[]}>

/** What sources take in depends on their context alone: rules and proofs of all builds ask for the same. */
const FOUND = new WeakMap<object, Map<ImportReader, FoundImports>>()

function foundBy(read: ImportReader, {context}: ProjectView): FoundImports {
  const readers = FOUND.get(context) ?? new Map<ImportReader, FoundImports>()
  FOUND.set(context, readers)
  const found = readers.get(read) ?? new Map()
  readers.set(read, found)
  return found
}

function findImports(
  source: SourceText,
  {read, project, found}: {read: ImportReader; project: ProjectView; found: FoundImports},
): readonly FoundImport[] {
  const known = found.get(source.path)
  // of a large file one may have read less than another
  if (known?.text === source.text) return known.imports
  const imports = read(source, project).flatMap(({targets, line, text}) => {
    const contextPath = locate(targets, project)
    if (contextPath === null || contextPath === source.path) return []
    return [{contextPath, line, text: quoteCode(text)}]
  })
  found.set(source.path, {text: source.text, imports})
  return imports
}

/** The first of some paths that is a file; else a directory on the way to one, where nobody looked into that. */
export function locate(targets: readonly string[], project: ProjectView): string | null {
  const file = targets.find((one) => project.isFile(one))
  if (file !== undefined) return file
  for (const directory of new Set(targets.map((target) => parentPath(target)))) {
    const closed = project.findClosed(directory)
    if (closed !== null && !PACKAGES.test(closed)) return closed
  }
  return null
}

/** What is installed, nobody imports by its path. */
const PACKAGES = /(?:^|\/)(?:node_modules|site-packages|\.venv|venv)(?:\/|$)/
