import type {DocumentNode} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import type {LoadedCompose} from './load-compose.js'

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
export function listUnsetOn(loaded: LoadedCompose, {file, line}: Location): string[] {
  return listUnset(loaded, loaded.input.files.get(file)?.text.split('\n')[line - 1] ?? '')
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
