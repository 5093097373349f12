import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {rememberReadings} from '../../../languages/sources/remember-readings.js'
import {isWithin, joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {quoteCode} from '../../../languages/text/quote.js'
import type {Need, ProjectView, SourceText} from './consumption.js'
import {matchLines} from './text-lines.js'

/** How a file of a project names another one. */
export interface Mentioned {
  /** With the flag `g`; the first group is the path, unless `inner` finds the paths in the match. */
  pattern: RegExp
  inner?: RegExp
  certainty: Need['certainty']
  /** Where the path begins, in the directory of the file. */
  folder?: string
  /** What the name goes on with: `.jl`. */
  ending?: string
  /** What is quoted of the line: `readme`. Default: the match. */
  text?: string
}

/** A need of the command itself. @param base the directory that the name is relative to */
export function needAt(base: string, name: string, certainty: Need['certainty']): Need {
  return {contextPath: joinPath(base, name), certainty, askedBy: null}
}

/** A need of the command itself, of a file that was read. */
export function needOf({path}: SourceText): Need {
  return {contextPath: path, certainty: 'must', askedBy: null}
}

/** A path is there, or lies in a directory below the base that nobody looked into. */
export function isKnown(contextPath: string, base: string, project: ProjectView): boolean {
  if (project.has(contextPath)) return true
  const closed = project.findClosed(contextPath)
  return closed !== null && closed !== base && (base === '' || isWithin(closed, base))
}

/** Finds the files that a text names. @param base what they are relative to. Default: the directory of the source */
export type NeedReader = (source: SourceText, base?: string) => Need[]

/** The files that a text names. @param base what they are relative to. Default: its own directory */
export function needsIn(
  source: SourceText,
  kinds: readonly Mentioned[],
  base = parentPath(source.path),
): Need[] {
  return toNeeds(source, findMentions(source.text, kinds), base)
}

/** The same for kinds that many sources are asked for again and again. */
export function rememberNeeds(kinds: readonly Mentioned[]): NeedReader {
  const read = rememberReadings((text) => findMentions(text, kinds))
  return (source, base = parentPath(source.path)) => toNeeds(source, read(source.text), base)
}

/** A place where a text names a file. */
interface Mention {
  kind: Mentioned
  path: string
  /** 1-based. */
  line: number
  whole: string
}

const NONE: readonly Mention[] = []

function findMentions(text: string, kinds: readonly Mentioned[]): readonly Mention[] {
  const found = kinds.flatMap((kind) =>
    matchLines(text, kind.pattern).flatMap(({match, line}) => {
      const whole = match[0]
      const paths =
        kind.inner === undefined
          ? [{path: match[1] ?? '', line}]
          : matchLines(whole, kind.inner).map((one) => ({
              path: one.match[1] ?? '',
              line: line + one.line - 1,
            }))
      return paths.filter(({path}) => isPlainPath(path)).map((one): Mention => ({kind, whole, ...one}))
    }),
  )
  return found.length === 0 ? NONE : found
}

function toNeeds(source: SourceText, mentions: readonly Mention[], base: string): Need[] {
  return mentions.map(({kind: {certainty, text, folder = '', ending = ''}, path, line, whole}) => ({
    contextPath: resolveIn(joinPath(base, folder), path + ending),
    certainty,
    askedBy: {path: source.path, line, text: text ?? quoteCode(whole)},
  }))
}

/** What foreman and kin start stands in a file of that name, unless they are given another. */
export function listProcfile({words, directory}: PlacedAction, project: ProjectView): Need[] {
  const flag = words.findIndex((word) => word === '-f' || word === '--procfile')
  const name = (flag > 0 ? words[flag + 1] : undefined) ?? 'Procfile'
  return project
    .sourcesOf(resolveContainerPath(directory, name))
    .filter((path) => project.has(path))
    .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
}

/** A literal: nothing that a shell or a template fills in. */
function isPlainPath(path: string): boolean {
  return path !== '' && !/[$*?{}<>\n]|^\w+:|^\//.test(path)
}

/** Resolves a path of a project; what climbs out of the context starts with `../`. */
export function resolveIn(directory: string, path: string): string {
  const parts = directory === '' ? [] : directory.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
