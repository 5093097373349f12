import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {listGoOperands, readGoEmbeds, readModuleName} from '../../../../languages/sources/go-source.js'
import {rememberReadings} from '../../../../languages/sources/remember-readings.js'
import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {isGlob, matchesGlob} from '../../../../languages/text/matches-glob.js'
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
import {listGoPackages} from '../imports/go-imports.js'
import {needsIn, resolveIn} from '../needs.js'
import {rememberBySources} from '../remember-by-sources.js'

const TOOLS = new Set(
  'go gotestsum golangci-lint mage goreleaser air wire sqlc templ buf protoc-gen-go swag mockgen stringer gofumpt gofmt staticcheck ko tinygo garble'.split(
    ' ',
  ),
)

export const consumeGo: Consumer = (action, project) => {
  const {program, words, directory} = action
  if (!TOOLS.has(program)) return null
  const subcommand = words[1] ?? ''
  const isBuild = /^(?:build|install|run|test|vet|generate|list)$/.test(subcommand) && action.program === 'go'
  const isForeign = words.some((word) => /@(?:v?\d|latest|master|main)/.test(word))
  // gofmt reads the files that it is given, and no manifest
  if (isForeign || program === 'gofmt') return {}
  // Of a module beside it only the manifest is opened (traced, Go 1.19).
  const isDownload = subcommand === 'mod' && /^(?:download|verify|graph)$/.test(words[2] ?? '')
  const compiles = isBuild || /^(?:tinygo|garble|ko|goreleaser|mage|gotestsum)$/.test(program)
  return {
    needs: [
      ...listModuleNeeds(directory, project).map((need) => (isDownload ? toManifest(need, project) : need)),
      ...(compiles
        ? [
            ...listVendor(action, project),
            ...listEmbeds(directory, project),
            ...listPackages(action, project),
            ...(subcommand === 'generate' ? listGenerators(directory, project) : []),
          ]
        : []),
    ],
    git: firstUse(stampOf(action, project), toolOf(action, project)),
    runs:
      /^(?:run|test|generate)$/.test(subcommand) || program === 'mage' || program === 'gotestsum'
        ? ['go']
        : [],
  }
}

/** Go writes the commit into what it builds: without the repository the program is another one, and works. */
function stampOf({stampsGit, env, text}: PlacedAction, project: ProjectView): GitUse | null {
  if (!stampsGit || project.lacksGit || env.get('GOFLAGS')?.includes('-buildvcs=false')) return null
  return perhaps(
    `${text} writes the commit from .git into the program, and also builds without it: do you want that? -buildvcs=false leaves it out`,
    {instead: '-buildvcs=false'},
  )
}

function toolOf({program, words, directory}: PlacedAction, project: ProjectView): GitUse | null {
  if (program === 'goreleaser')
    return words.includes('--snapshot')
      ? perhaps('does goreleaser read the repository?')
      : surely('goreleaser takes the version from .git')
  const isMage = program === 'mage' || words.some((word) => /^mage\w*\.go$/.test(word))
  if (!isMage && words[1] !== 'generate') return null
  const pattern = isMage ? /(?:^|\/)(?:magefiles\/[^/]*|mage\w*|[^/]*mage[^/]*)\.go$/ : /\.go$/
  const sign = findGitSignIn(project.readAll(directory, pattern))
  return sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign})
}

/** The module's own files, and modules beside it. */
function listModuleNeeds(directory: string, project: ProjectView): Need[] {
  return project.read(directory, 'go.mod', 'go.work').flatMap(({path, text}): Need[] => {
    const source = {path, text: text.replace(/\/\/[^\n]*/g, '')}
    const base = parentPath(source.path)
    const sum = joinPath(base, source.path.endsWith('go.work') ? 'go.work.sum' : 'go.sum')
    return [
      {contextPath: source.path, certainty: 'must', askedBy: null},
      ...(project.has(sum) ? [{contextPath: sum, certainty: 'likely' as const, askedBy: null}] : []),
      ...needsIn(withoutUnused(source), [{pattern: /=>\s*(\.{1,2}\/\S+)/g, certainty: 'must'}]),
      ...(source.path.endsWith('go.work')
        ? needsIn(source, [
            {pattern: /^[ \t]*(?:use\s+)?(\.{1,2}(?:\/\S+)?)\s*$/gm, certainty: 'must', text: 'use'},
          ])
        : []),
    ]
  })
}

/** Without the replacements of modules that it does not require, where it says what it requires: Go never opens those. */
function withoutUnused({path, text}: SourceText): SourceText {
  return {path, text: path.endsWith('go.work') ? text : dropUnused(text)}
}

const dropUnused = rememberReadings((text: string): string => {
  const replacement = /^[ \t]*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>[^\n]*/gm
  const required = new Set(
    [...text.replace(replacement, '').matchAll(/^[ \t]*(?:require\s+)?([\w.~/-]+)\s+v\S+/gm)].map(
      (one) => one[1]!,
    ),
  )
  if (required.size === 0) return text
  return text.replace(replacement, (line, name: string) => (required.has(name) ? line : ''))
})

/** The manifest of a module in place of the module. */
function toManifest(need: Need, project: ProjectView): Need {
  const contextPath = joinPath(need.contextPath, 'go.mod')
  return need.askedBy !== null && project.has(contextPath) ? {...need, contextPath} : need
}

/** Programs and scripts of the project that `//go:generate` starts. */
function listGenerators(directory: string, project: ProjectView): Need[] {
  return project
    .readAll(directory, /\.go$/)
    .flatMap((source) =>
      needsIn(source, [
        {
          pattern: /^\/\/go:generate\s+(?:go\s+run\s+(?:-\S+\s+)*|(?:ba)?sh\s+)?(\.{1,2}\/[\w./-]+)/gm,
          certainty: 'must',
        },
      ]),
    )
    .filter(
      ({contextPath}) =>
        contextPath.startsWith('../') || project.has(contextPath) || project.findClosed(contextPath) !== null,
    )
}

/** `-mod=vendor` takes packages from there alone. */
function listVendor({words, env, directory}: PlacedAction, project: ProjectView): Need[] {
  const flags = [...words, ...(env.get('GOFLAGS') ?? '').split(/\s+/)]
  if (!flags.some((word) => /^--?mod=vendor$/.test(word))) return []
  return project
    .read(directory, 'go.mod')
    .map(({path}) => joinPath(parentPath(path), 'vendor'))
    .filter((contextPath) => project.has(contextPath))
    .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
}

/** The packages that a command names, and those of the module that they import. */
function listPackages({words, directory}: PlacedAction, project: ProjectView): Need[] {
  const operands = listOperands(words)
  return project.read(directory, 'go.mod').flatMap((module) => {
    const base = parentPath(module.path)
    const starts = (operands.length === 0 ? ['.'] : operands).flatMap((operand) => {
      const own = toOwnDirectory(operand, readModuleName(module.text))
      if (own === null) return []
      const place = resolveIn(base, own.replace(/\/?\.\.\.$/, '') || '.')
      return own.endsWith('...')
        ? project.readBelow(place, /\.go$/).map(({path}) => parentPath(path))
        : [place]
    })
    const isAll = operands.some((operand) => operand.endsWith('...'))
    // `./...` are the packages that are there: what is not there is not missed, unless one imports it.
    return listGoPackages(module, starts, project).filter(({askedBy}) => !isAll || askedBy !== null)
  })
}

/** The packages that a call names; of `go run` the first, for the rest is the program's own. */
function listOperands(words: readonly string[]): string[] {
  const found = listGoOperands(words.slice(2))
  return words[1] === 'run' ? found.slice(0, 1) : found
}

/** The directory of the module that a package lies in; null for packages of others, and for names such as `tool` or `std`. */
function toOwnDirectory(operand: string, module: string | undefined): string | null {
  if (operand.endsWith('.go')) return parentPath(operand) || '.'
  if (/^\.{1,2}(?:\/|$)/.test(operand)) return operand
  if (module === undefined || (operand !== module && !operand.startsWith(`${module}/`))) return null
  return `.${operand.slice(module.length)}`
}

/** What `//go:embed` names, as written: patterns among them. */
function listEmbeds(directory: string, project: ProjectView): Need[] {
  return findEmbedding(project.readAll(directory, /\.go$/)).flatMap((source) => readEmbeds(source, project))
}

/** The few sources that embed files. */
const findEmbedding = rememberBySources((sources) =>
  sources.filter(({text}) => readGoEmbeds(text).length > 0),
)

function readEmbeds(source: SourceText, project: ProjectView): Need[] {
  return readGoEmbeds(source.text).flatMap(({path, line}): Need[] => {
    const askedBy = {path: source.path, line, text: `//go:embed ${path}`}
    const contextPath = resolveIn(parentPath(source.path), path)
    if (!isGlob(path)) return [{contextPath, certainty: 'must', askedBy, isStrict: true}]
    const folder = parentPath(path.slice(0, path.search(/[*?[]/) + 1))
    const place = resolveIn(parentPath(source.path), folder)
    const among = project.filesBelow(place, /^/).filter((one) => isTaken(contextPath, one))
    if (among.length === 0) return []
    return [{contextPath: place, certainty: 'must', askedBy, among}]
  })
}

/** A pattern takes the files that it matches, and all in the directories that it matches. */
function isTaken(pattern: string, path: string): boolean {
  const parts = pattern.split('/')
  const names = path.split('/')
  return parts.length <= names.length && parts.every((part, at) => matchesGlob(part, names[at]!))
}
