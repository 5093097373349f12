import path from 'node:path'
import {OTHER_RULE_IDS} from '../../advice/rule-ids.js'
import {readGitIgnoreFiles} from '../../host/files/read-git-files.js'
import {childOf, type ScalarNode} from '../../languages/documents/document-node.js'
import {createGitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import {joinNames} from '../../languages/text/sentence.js'
import {listDeclaredFiles} from '../../plan/compose/list-refusals.js'
import type {ComposeService} from '../../plan/compose/service/compose-service.js'
import type {Finding} from '../../report/context-report.js'
import {findMention} from './find-mention.js'
import type {LoadedCompose} from './load-compose.js'
import {listUnsetOn} from './missing-values.js'
import {findPlaceholder} from './placeholders.js'
import {findSampleOf} from './sample-files.js'

const MAX_NAMES = 4

/** Portainer gives a stack its variables under this name. */
const OF_PORTAINER = 'stack.env'

/** By custom everybody has one of his own, and no repository holds it. */
const OF_USER = /^\.env(?:\.local)?$/

/** What a service gets of a file. */
type FileKind = 'env_file' | 'label_file' | 'secret' | 'config' | 'mount'

/** A file that services need and that is not there. */
interface MissingFile {
  kind: FileKind
  hostPath: string
  node: ScalarNode
  services: string[]
}

/**
 * No service starts whose `env_file`, `label_file`, secret or config is not there (tried with Compose 2.40: "bind source path does not
 * exist"); a file that everybody makes for himself is told as such.
 */
export function listMissingFiles(loaded: LoadedCompose): Finding[] {
  return listMissing(loaded).map((one) => describe(loaded, one))
}

/** Each file once; those that the rest of the report speaks of, or of which only the user knows where they are, left out. */
function listMissing(loaded: LoadedCompose): MissingFile[] {
  const {input, files, sample} = loaded
  const found = new Map<string, MissingFile>()
  for (const service of input.services) {
    const declaredFiles = listDeclaredFiles(service, loaded.declared)
    const read = (['env_file', 'label_file'] as const).flatMap((kind) =>
      listRequired(service, kind).map((node) => ({kind, node})),
    )
    for (const {kind, node} of [...read, ...declaredFiles, ...listMountedFiles(service)]) {
      const hostPath = node.text
      const isSampled = sample !== null && hostPath === path.join(path.dirname(sample), '.env')
      if (isSampled || !isJudged(loaded, node) || files.read(hostPath).status !== 'missing') continue
      const one = found.get(hostPath) ?? {kind, hostPath, node, services: []}
      found.set(hostPath, one)
      if (!one.services.includes(service.name)) one.services.push(service.name)
    }
  }
  return [...found.values()]
}

/** What is mounted as a file: it has the ending of its target. */
function listMountedFiles({mounts}: ComposeService): {kind: 'mount'; node: ScalarNode}[] {
  return mounts.flatMap(({kind, source, target, node}) => {
    const ending = path.posix.extname(target)
    const isFile = kind === 'bind' && source !== null && ending.length > 2 && path.extname(source) === ending
    const place = childOf(node, 'source') ?? node
    const written = place.source ?? node.source
    if (!isFile || written === undefined) return []
    return [{kind: 'mount', node: {...place, kind: 'scalar', type: 'string', text: source, source: written}}]
  })
}

/** The paths in `env_file` or `label_file` without which Compose stops. */
function listRequired({node}: ComposeService, key: string): ScalarNode[] {
  const given = childOf(node, key)
  const items = given?.kind === 'list' ? given.items : given === undefined ? [] : [given]
  return items.flatMap((item) => {
    const required = childOf(item, 'required')
    const own = item.kind === 'map' ? childOf(item, 'path') : item
    const isOptional = required?.kind === 'scalar' && required.text === 'false'
    return own?.kind === 'scalar' && own.text !== '' && !isOptional ? [own] : []
  })
}

/** Not a path of a machine on which the project runs, nor one that lacks a variable or holds a placeholder. */
function isJudged(loaded: LoadedCompose, {source, place}: ScalarNode): boolean {
  const text = loaded.input.files.get(place.file)?.text
  if (source === undefined || text === undefined) return false
  const written = text.slice(source.range.start, source.range.end)
  const isElsewhere = /^["']?(?:[/~]|[A-Za-z]:|\$)|\\/.test(written)
  return !isElsewhere && findPlaceholder(written) === null && listUnsetOn(loaded, place).length === 0
}

function describe(loaded: LoadedCompose, missing: MissingFile): Finding {
  const {kind, hostPath, node, services} = missing
  const file = loaded.show(hostPath)
  // A secret belongs in no repository: who starts the project makes it.
  const fix = findMaking(loaded, hostPath) ?? (kind === 'secret' ? makeBefore(file) : null)
  const [only, ...others] = services
  const verb = kind === 'mount' ? ['mounts', 'mount'] : ['reads', 'read']
  const what = `${joinNames(services, MAX_NAMES)} ${verb[others.length > 0 ? 1 : 0]} the ${describeKind(kind, file)}, which is not there`
  return {
    rule: OTHER_RULE_IDS.buildDefinition,
    severity: fix !== null ? 'info' : kind === 'mount' ? 'warning' : 'error',
    message: fix === null ? `${what}: ${describeEnd(kind)}` : `${what} before somebody makes it`,
    file: loaded.show(node.place.file),
    line: node.place.line,
    ...(others.length === 0 && {plan: only!}),
    fix:
      fix ??
      `Add the file, ${kind === 'env_file' ? 'correct the path, or write "required: false"' : 'or correct the path'}`,
  }
}

function describeKind(kind: FileKind, file: string): string {
  if (kind === 'mount') return `file "${file}"`
  return kind.endsWith('_file') ? `${kind} "${file}"` : `${kind} in "${file}"`
}

/** Where the image has the file, the container does not start either (tried with Engine 28.5: "not a directory"). */
function describeEnd(kind: FileKind): string {
  return kind === 'mount'
    ? 'Docker makes a directory in its place, and the container starts with that or not at all'
    : 'docker compose up fails here'
}

function makeBefore(file: string): string {
  return `Make ${file} before docker compose up`
}

/** How everybody makes a file that the project leaves to its users; null where nothing says that it does. */
function findMaking({files, show, project}: LoadedCompose, hostPath: string): string | null {
  const file = show(hostPath)
  const directory = path.dirname(hostPath)
  const names = files.listNames(directory)
  const sample = findSampleOf(names, path.basename(hostPath))
  if (sample !== undefined) return `Copy ${show(path.join(directory, sample))} to ${file}`
  const mention = findMention(files, hostPath)
  if (mention !== null) return `Make ${file}: ${show(mention.hostPath)}:${mention.line} speaks of it`
  if (path.basename(hostPath) === OF_PORTAINER) return `Start the stack in Portainer, which makes ${file}`
  // A link that leads nowhere waits for what it leads to.
  const isLink = names.includes(path.basename(hostPath))
  return isLink || OF_USER.test(path.basename(hostPath)) || isGitIgnored(project.projectDir, hostPath)
    ? makeBefore(file)
    : null
}

function isGitIgnored(projectDir: string, hostPath: string): boolean {
  const relative = path.relative(projectDir, hostPath).split(path.sep)
  const isBelow = relative[0] !== '..'
  const baseDir = isBelow ? projectDir : path.dirname(hostPath)
  const names = isBelow ? relative : [path.basename(hostPath)]
  const directories = names.map((_, count) => names.slice(0, count).join('/'))
  const {files, prefix} = readGitIgnoreFiles(baseDir, directories)
  return createGitIgnore(files, {prefix}).isIgnored(names.join('/'), false).ignored
}
