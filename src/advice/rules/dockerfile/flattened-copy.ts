import type {CopyInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {cleanContextPath} from '../../../languages/text/clean-path.js'
import {matchesName} from '../../../languages/text/match-name.js'
import {sentence} from '../../../languages/text/sentence.js'
import {type FileTree, ROOT} from '../../../tree/model/file-tree.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

interface Data {
  text: string
  name: string
  count: number
  destination: string
  /** Directories that the wildcard empties into the destination; then no name clashes. */
  directories?: readonly string[]
  /** Manifests of several directories that come to lie side by side; then no name clashes either. */
  manifests?: readonly string[]
}

/** Files that speak of the directory they lie in. */
const MANIFEST =
  /^(?:.*\.(?:cs|fs|vb|es|sql)proj|package\.json|pom\.xml|Cargo\.toml|go\.mod|build\.gradle(?:\.kts)?|pyproject\.toml|mix\.exs)$/
/** What puts files back into their directories. */
const REARRANGES = /\b(?:mv|rename|cp|install|dotnet sln|tar|unzip)\b/

/** More are left out. */
const MOST_SHOWN = 3

/** Finds wildcards that copy several files of one name onto each other. */
export default defineRule<Data>({
  id: 'flattened-copy',
  severity: 'warning',
  summary: 'Keep the directories that a wildcard matches',
  reason:
    'COPY puts everything that a wildcard matches directly into the destination: files with the same name overwrite each other, and the last one stays. Manifests that speak of their directory lie side by side, and an install does not find its projects.',
  remedy: 'Use COPY --parents, or one COPY for each directory.',
  examples: {
    good: [
      {
        dockerfile: 'FROM scratch\nCOPY packages/*/*.json /p/',
        ignore: '',
        tree: ['packages/a/a.json', 'packages/b/b.json'],
      },
      {
        dockerfile:
          'FROM scratch\nCOPY src/*/*.csproj ./\nRUN for f in *.csproj; do d=src/$(basename $f .csproj); mkdir -p $d && mv $f $d/; done',
        ignore: '',
        tree: ['src/A/A.csproj', 'src/B/B.csproj'],
      },
      {
        dockerfile: '# syntax=docker/dockerfile:1\nFROM scratch\nCOPY --parents packages/*/package.json /p/',
        ignore: '',
        tree: ['packages/a/package.json', 'packages/b/package.json'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY packages/*/package.json /p/',
        ignore: '',
        tree: ['packages/a/package.json', 'packages/b/package.json'],
      },
      {
        dockerfile: 'FROM scratch\nCOPY app/* /app/',
        ignore: '',
        tree: ['app/index.html', 'app/css/a.css', 'app/js/a.js'],
      },
      {
        dockerfile: 'FROM scratch\nCOPY src/*/*.csproj ./src/\nRUN dotnet restore',
        ignore: '',
        tree: ['src/A/A.csproj', 'src/B/B.csproj'],
      },
    ],
  },
  message: ({text, name, count, destination, directories, manifests}) =>
    manifests !== undefined
      ? `"${text}" puts ${joinQuoted(manifests)} side by side into "${destination}": each belongs to its directory, which the wildcard drops`
      : directories !== undefined
        ? `"${text}" copies the contents of ${joinQuoted(directories)} straight into "${destination}": a wildcard flattens the directories that it matches`
        : sentence`"${text}" puts ${{count, one: 'file', many: 'files'}} named "${name}" at "${destination}${name}": the last one stays`,
  fix: ({directories, name, destination}) =>
    directories !== undefined
      ? `Copy the directory itself, which keeps what is in it: COPY ${name}/ ${destination}`
      : 'Use COPY --parents, which keeps the directories, or one COPY for each directory',
  check: (facts) =>
    listCopies(facts).flatMap((instruction) =>
      instruction.sources.flatMap((source) => {
        const clash =
          findClash(facts, source) ?? findEmptied(facts, source) ?? findManifests(facts, instruction, source)
        if (clash === null) return []
        const {text, line, destination} = instruction
        return [{data: {...clash, text, destination: withSlash(destination)}, place: facts.atRequest({line})}]
      }),
    ),
})

function listCopies({plan}: RuleFacts): CopyInstruction[] {
  const stages = plan.dockerfile?.evaluated.stages ?? []
  return stages
    .flatMap(({instructions}) => instructions)
    .filter((one): one is CopyInstruction => one.keyword === 'COPY' || one.keyword === 'ADD')
    .filter(({from, flags}) => from === null && !flags.parents)
}

/** A name that several files among the matches share. Directories are merged, and lose nothing by it. */
function findClash({tree, isSent}: RuleFacts, source: string): {name: string; count: number} | null {
  const parts = splitSource(source)
  if (!parts.slice(0, -1).some((part) => /[*?[]/.test(part))) return null
  const counts = new Map<string, number>()
  for (const entry of findMatches(tree, parts)) {
    if (isSent[entry] === 0 || tree.isDirectory(entry)) continue
    const name = tree.nameOf(entry)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const clash = [...counts].find(([, count]) => count > 1)
  return clash === undefined ? null : {name: clash[0], count: clash[1]}
}

/** Manifests of several directories whose names differ, unless a command behind puts them back. */
function findManifests(
  facts: RuleFacts,
  {line}: CopyInstruction,
  source: string,
): Pick<Data, 'name' | 'count' | 'manifests'> | null {
  const {tree, isSent, plan} = facts
  const parts = splitSource(source)
  if (!parts.slice(0, -1).some((part) => /[*?[]/.test(part))) return null
  const found = findMatches(tree, parts).filter((entry) => isSent[entry] === 1)
  const folders = new Set(found.map((entry) => tree.parentOf(entry)))
  if (folders.size < 2 || !found.every((entry) => MANIFEST.test(tree.nameOf(entry)))) return null
  const stages = plan.dockerfile?.evaluated.stages ?? []
  const stage = stages.find(({instructions}) => instructions.some((one) => one.line === line))
  const isRearranged = stage?.instructions.some(
    (one) => one.keyword === 'RUN' && one.line > line && REARRANGES.test(one.text),
  )
  if (isRearranged) return null
  return {name: '', count: 0, manifests: found.slice(0, MOST_SHOWN).map((entry) => tree.pathOf(entry))}
}

function splitSource(source: string): string[] {
  return cleanContextPath(source)
    .split('/')
    .filter((part) => part !== '')
}

/** Directories beside other things that a last `*` takes: their contents lose the directory around them. */
function findEmptied(
  {tree, isSent}: RuleFacts,
  source: string,
): Pick<Data, 'name' | 'count' | 'directories'> | null {
  const parts = splitSource(source)
  if (parts.at(-1) !== '*' || parts.length < 2 || parts.slice(0, -1).some((part) => /[*?[]/.test(part)))
    return null
  const found = findMatches(tree, parts).filter((entry) => isSent[entry] === 1)
  const directories = found.filter((entry) => tree.isDirectory(entry) && tree.endOf(entry) > entry + 1)
  if (found.length < 2 || directories.length === 0) return null
  return {
    name: parts.slice(0, -1).join('/'),
    count: 0,
    directories: directories.slice(0, MOST_SHOWN).map((entry) => tree.pathOf(entry)),
  }
}

function joinQuoted(paths: readonly string[]): string {
  return paths.map((path) => `"${path}"`).join(', ')
}

function findMatches(tree: FileTree, parts: readonly string[]): number[] {
  let found: number[] = [ROOT]
  for (const part of parts) {
    found = found.flatMap((parent) =>
      parent !== ROOT && !tree.isDirectory(parent)
        ? []
        : [...tree.childrenOf(parent)].filter((child) => matchesName(part, tree.nameOf(child))),
    )
  }
  return found
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}
