import path from 'node:path'
import {childOf, type DocumentNode} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import type {Refusal} from '../../plan/compose/shape/refusal.js'
import {listLackingArguments} from '../../plan/explain-base-image.js'
import type {FailedBuild} from '../load/load-builds.js'
import {findArgumentMention, type Mention} from './find-mention.js'
import type {LoadedCompose} from './load-compose.js'
import {findPlaceholder} from './placeholders.js'

/** A variable that must be set from outside: nothing stands in for it. */
const WITHOUT_DEFAULT = /\$(?:\$|(\w+)|\{(\w+)(?:\}|:?\?))/g

/** The variables in a section that nothing sets, each once. */
export function listUnsetIn(loaded: LoadedCompose, node: DocumentNode): string[] {
  return [...new Set(listScalars(node).flatMap((text) => listUnset(loaded, text)))]

  function listScalars(part: DocumentNode): string[] {
    if (part.kind === 'list') return part.items.flatMap(listScalars)
    if (part.kind === 'map') return [...part.entries.values()].flatMap(listScalars)
    const {source, place} = part
    const text = loaded.input.files.get(place.file)?.text
    return source === undefined || text === undefined
      ? []
      : [text.slice(source.range.start, source.range.end)]
  }
}

/** The variables on a line that nothing sets. */
export function listUnsetOn(loaded: LoadedCompose, place: Location): string[] {
  return listUnset(loaded, lineAt(loaded, place))
}

/** Leaves out refusals that nobody can know here, and problems of lines that are refused. */
export function keepKnown(loaded: LoadedCompose): LoadedCompose {
  const refusals = loaded.input.refusals.filter((one) => isKnownHere(loaded, one))
  const lines = new Set(refusals.map(({place: {file, line}}) => `${file}:${line}`))
  const problems = loaded.problems.filter(({place: {file, line}}) => !lines.has(`${file}:${line}`))
  return {...loaded, problems, input: {...loaded.input, refusals}}
}

/** Not where only the user's value decides, or that of a template. */
function isKnownHere(loaded: LoadedCompose, {what, place, isOfValue = false}: Refusal): boolean {
  const line = lineAt(loaded, place)
  if (findPlaceholder(what) !== null || findPlaceholder(line) !== null) return false
  const isSampled = loaded.sample !== null && line.includes('$')
  return !isOfValue || (!isSampled && listUnsetOn(loaded, place).length === 0)
}

/** A line of a compose file, as written. */
function lineAt({input}: LoadedCompose, {file, line}: Location): string {
  const text = input.files.get(file)?.text ?? ''
  let start = 0
  for (let at = 1; at < line; at++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return ''
  }
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? undefined : end)
}

function listUnset(loaded: LoadedCompose, text: string): string[] {
  return [...text.matchAll(WITHOUT_DEFAULT)].flatMap(([, bare, braced]) => {
    const name = bare ?? braced
    return name === undefined || isKnown(loaded, name) ? [] : [name]
  })
}

/** What a sample says of a place on somebody's machine is no value for this one. */
function isKnown({project, sample}: LoadedCompose, name: string): boolean {
  const value = project.environment.lookup(name)
  return Boolean(value) && (sample === null || !PLACEHOLDER.test(value!))
}

const PLACEHOLDER = /^(?:[/~]|[A-Za-z]:[\\/]|<)|path[-_/]to/i

/** Build arguments that a text of the project gives on a command line. */
export interface GivenArguments {
  names: readonly string[]
  mention: Mention
}

/** What a base image lacks that the compose file does not give, while a script or a manual does; null for none. */
export function findGivenArguments(loaded: LoadedCompose, failed: FailedBuild): GivenArguments | null {
  const {files, input, project, workingDir} = loaded
  const {error, name: service} = failed
  if (error.code !== 'dockerfile-invalid') return null
  const {file, line} = error.data as {file: string; line: number}
  const read = files.read(path.resolve(workingDir, file))
  const build = input.services.find(({name}) => name === service)?.build
  if (read.status !== 'read' || !build) return null
  const lacking = listLackingArguments(new TextEncoder().encode(read.text), line, {})
  const names = lacking.filter((name) => childOf(childOf(build, 'args'), name) === undefined)
  const [first] = names
  const mention = first === undefined ? null : findArgumentMention(files, project.projectDir, first)
  return mention && {names, mention}
}
