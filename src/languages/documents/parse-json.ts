import {BuildFileError} from '../../errors.js'
import type {DocumentNode} from './document-node.js'
import {readJsonSource} from './read-json-source.js'
import type {SourceMap, SourceNode, SourceScalar} from './source-node.js'

/**
 * Reads a JSON file as buildx does. A key that is given twice with objects or arrays stands for a list of both, as HCL
 * reads its blocks.
 * @param file its name in messages and places
 * @param hasComments comments and commas at the end of a list are allowed
 * @throws BuildFileError for broken JSON
 */
export function parseJson(text: string, file: string, hasComments = false): DocumentNode {
  const document = readJsonSource(text, hasComments)
  if (document === null) throw new BuildFileError('it is nested too deeply', file, null)
  const {root, errors} = document
  const [error] = errors
  if (error !== undefined) throw new BuildFileError(`this is not JSON: ${error.message}`, file, error.line)
  if (root === null) throw new BuildFileError('it is empty', file, 1)
  return convert(root, file)
}

function convert(source: SourceNode, file: string): DocumentNode {
  const base = {place: {file, line: source.line}, source}
  if (source.kind === 'map') return {...base, kind: 'map', entries: convertEntries(source, file)}
  if (source.kind === 'list')
    return {...base, kind: 'list', items: source.items.map((item) => convert(item!, file))}
  const {text, value} = source as SourceScalar
  if (value === null) return {...base, kind: 'scalar', text: '', type: 'null'}
  return {...base, kind: 'scalar', text, type: typeof value as 'string' | 'number' | 'boolean'}
}

function convertEntries({pairs}: SourceMap, file: string): Map<string, DocumentNode> {
  const entries = new Map<string, DocumentNode>()
  for (const pair of pairs) {
    const {text: key, line} = pair.key as SourceScalar
    const value = convert(pair.value!, file)
    const known = entries.get(key)
    if (known === undefined) entries.set(key, value)
    else if (known.kind === 'scalar' || value.kind === 'scalar') {
      throw new BuildFileError(`the key "${key}" is given twice`, file, line)
    } else entries.set(key, {kind: 'list', place: known.place, items: [...blocks(known), ...blocks(value)]})
  }
  return entries
}

function blocks(node: DocumentNode): readonly DocumentNode[] {
  return node.kind === 'list' ? node.items : [node]
}
