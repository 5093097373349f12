import {BuildFileError} from '../../errors.js'
import {
  checkSize,
  childOf,
  type DocumentNode,
  failAtPlace,
  type ListNode,
  type MapNode,
  type ScalarNode,
} from '../../languages/documents/document-node.js'
import {OTHER_BUILD_KEYS, pickRuntime} from './service/pick-runtime.js'
import {interpolate, type Lookup} from './variables/interpolate.js'
import {Interpolator} from './variables/interpolator.js'

const BUILD_TEXTS = ['context', 'dockerfile', 'dockerfile_inline', 'target']

/**
 * Reads a service, variables replaced, short forms made long. What tells of its build (`build`, `extends`, `profiles`,
 * `platform`) is held to what Compose takes; the rest is taken as it is, and a variable may be missing there.
 * @throws BuildFileError for a value of the wrong kind and for a variable that a build requires
 */
export function pickService(
  service: DocumentNode,
  name: string,
  lookup: Lookup,
  variables: Interpolator = new Interpolator(lookup),
): MapNode {
  if (isNull(service) || service.tag === 'reset') {
    return {kind: 'map', place: service.place, entries: new Map(), ...(service.tag && {tag: service.tag})}
  }
  if (service.kind !== 'map') failAtPlace(service.place, `service "${name}" must be a mapping`)
  const picker = new Picker(lookup, variables)
  const entries = new Map<string, DocumentNode>()
  for (const [key, value] of service.entries) {
    if (value.tag === 'reset') entries.set(key, value)
    else if (isNull(value)) continue
    else if (key === 'build') entries.set(key, picker.pickBuild(value))
    else if (key === 'extends') entries.set(key, picker.pickExtends(value))
    else if (key === 'profiles') entries.set(key, picker.pickList(value, key))
    else if (key === 'platform') entries.set(key, picker.pickString(value, key))
    else entries.set(key, pickRuntime(value, key, variables))
  }
  return {...service, entries}
}

/** Replaces the variables of one scalar. @throws BuildFileError at its place */
export function interpolateScalar(node: ScalarNode, lookup: Lookup): ScalarNode {
  if (node.type !== 'string') return node
  try {
    return {...node, text: interpolate(node.text, lookup)}
  } catch (error) {
    throw new BuildFileError((error as Error).message, node.place.file, node.place.line)
  }
}

function isNull(node: DocumentNode): boolean {
  return node.kind === 'scalar' && node.type === 'null'
}

class Picker {
  constructor(
    private readonly lookup: Lookup,
    private readonly variables: Interpolator,
  ) {}

  pickBuild(build: DocumentNode): DocumentNode {
    if (build.kind === 'scalar') {
      const context = this.pickString(build, 'build')
      const entries = new Map<string, DocumentNode>([['context', withoutTag(context)]])
      const {place, source, tag} = build
      return {kind: 'map', place, entries, ...(source && {source}), ...(tag && {tag})}
    }
    if (build.kind !== 'map') failAtPlace(build.place, '"build" must be a directory or a mapping')
    const entries = new Map<string, DocumentNode>()
    for (const [key, value] of build.entries) {
      if (value.tag === 'reset') entries.set(key, value)
      else if (isNull(value)) continue
      else if (BUILD_TEXTS.includes(key)) entries.set(key, this.pickString(value, key))
      else if (key === 'args' || key === 'additional_contexts') entries.set(key, this.pickPairs(value, key))
      else if (key === 'platforms') entries.set(key, this.pickList(value, key))
      else if (OTHER_BUILD_KEYS.has(key)) entries.set(key, pickRuntime(value, key, this.variables))
    }
    return {...build, entries}
  }

  pickExtends(node: DocumentNode): DocumentNode {
    if (node.kind === 'scalar') {
      const service = withoutTag(this.pickText(node, 'extends'))
      return {kind: 'map', place: node.place, entries: new Map([['service', service]])}
    }
    const entries = new Map<string, DocumentNode>()
    for (const key of ['service', 'file']) {
      const value = childOf(node, key)
      if (value !== undefined) entries.set(key, this.pickText(value, key))
    }
    if (!entries.has('service')) failAtPlace(node.place, '"extends" must name a service')
    return {kind: 'map', place: node.place, entries, ...(node.tag && {tag: node.tag})}
  }

  /** A mapping, or a list of `name=value`; a name alone has no value. Later ones win. */
  pickPairs(node: DocumentNode, key: string): MapNode {
    const entries = new Map<string, DocumentNode>()
    if (node.kind === 'map') {
      for (const [name, value] of node.entries) entries.set(name, this.pickText(value, name))
    } else if (node.kind === 'list') {
      for (const item of node.items) {
        const pair = this.pickText(item, key)
        const at = pair.text.indexOf('=')
        const name = at < 0 ? pair.text : pair.text.slice(0, at)
        const value: ScalarNode =
          at < 0 ? {...pair, text: '', type: 'null'} : {...pair, text: pair.text.slice(at + 1)}
        entries.set(name, value)
      }
    } else failAtPlace(node.place, `"${key}" must be a mapping or a list`)
    checkSize(node, entries.size)
    return {kind: 'map', place: node.place, entries, ...(node.tag && {tag: node.tag})}
  }

  pickList(node: DocumentNode, key: string): ListNode {
    if (node.kind !== 'list') failAtPlace(node.place, `"${key}" must be a list`)
    return {...node, items: node.items.map((item) => this.pickText(item, key))}
  }

  /** Numbers and booleans are refused. */
  pickString(node: DocumentNode, key: string): ScalarNode {
    if (node.kind !== 'scalar' || node.type !== 'string') {
      failAtPlace(node.place, `"${key}" must be a string: quote it`)
    }
    return interpolateScalar(node, this.lookup)
  }

  pickText(node: DocumentNode, key: string): ScalarNode {
    if (node.kind !== 'scalar') failAtPlace(node.place, `"${key}" must be a string`)
    return interpolateScalar(node, this.lookup)
  }
}

function withoutTag(node: ScalarNode): ScalarNode {
  const {tag: _, ...plain} = node
  return plain
}
