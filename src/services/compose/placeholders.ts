import path from 'node:path'
import {childOf, type MapNode} from '../../languages/documents/document-node.js'
import type {FailedBuild} from '../load/load-builds.js'
import type {LoadedCompose} from './load-compose.js'

/** What a template holds where a value of its user comes: `${templateOption:x}`, `{{ x }}`, `<%= x %>`, `__X__`, `your-x-here`. */
const PLACEHOLDER =
  /\$\{templateOption:|\{\{.*?\}\}|\{%|<%|<(?:your|my)\b[\w -]*>|__[A-Z][A-Z\d_]*__|@[A-Z][A-Z\d_]*@|\byour[-_][\w-]+[-_]here\b/

/** A line that may stand for an instruction, or names a base image: others hold the like for tools of their own. */
const LINE_OF_TEMPLATE = /^\s*(?:FROM\s|[{<@_])/i

/** The keys of a build that say what is built. */
const KEYS = ['context', 'dockerfile', 'target'] as const

/** The placeholder that a text still holds; null for none. */
export function findPlaceholder(text: string): string | null {
  return PLACEHOLDER.exec(text)?.[0] ?? null
}

/** Tells whether a build fails for a placeholder that a template was not yet freed of. */
export function isBuildOfTemplate(loaded: LoadedCompose, failed: FailedBuild): boolean {
  const build = loaded.input.services.find(({name}) => name === failed.name)?.build
  const texts = [...(build ? listSources(loaded, build) : []), ...listWrong(loaded, failed)]
  return texts.some((text) => findPlaceholder(text) !== null)
}

/** As written: a directory above may be called like a placeholder. */
function listSources({input}: LoadedCompose, build: MapNode): string[] {
  return KEYS.flatMap((key) => {
    const node = childOf(build, key)
    if (node?.kind !== 'scalar' || node.source === undefined) return []
    const {start, end} = node.source.range
    return [input.files.get(node.place.file)?.text.slice(start, end) ?? '']
  })
}

/** What is wrong with a Dockerfile, and the line where it is. */
function listWrong({files, workingDir}: LoadedCompose, {error}: FailedBuild): string[] {
  if (error.code !== 'dockerfile-invalid') return []
  const {file, line, reason} = error.data as {file: string; line: number; reason: string}
  const read = files.read(path.resolve(workingDir, file))
  const text = read.status === 'read' ? (read.text.split('\n')[line - 1] ?? '') : ''
  return LINE_OF_TEMPLATE.test(text) ? [reason, text] : [reason]
}
