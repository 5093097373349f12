import {
  checkSize,
  childOf,
  type DocumentNode,
  failAtPlace,
  type MapNode,
  textOf,
} from '../../languages/documents/document-node.js'
import {parseJson} from '../../languages/documents/parse-json.js'
import {placesOf} from '../named-build.js'
import {type BakeDefinition, type BakeTarget, mergeTargets} from './bake-definition.js'
import {BakeVariables} from './bake-variables.js'
import {expandTemplates, type Scope} from './expand-template.js'
import {listBlocks} from './list-blocks.js'
import {readTargetAccess} from './read-target-access.js'

/** The environment. */
type Lookup = (name: string) => string | undefined

/** A bake file in JSON. */
export interface BakeJsonFile {
  /** How messages and places call it. */
  file: string
  text: string
}

const MAX_TARGETS = 5000

/**
 * Reads bake files in JSON together, as buildx does: variables of all of them, each with the environment's value
 * before its default, then groups and targets; a target given twice is merged, of a group the last one counts.
 * @throws BuildFileError for a broken file, BakeExpressionError for what only buildx can evaluate
 */
export function parseBakeJson(files: readonly BakeJsonFile[], lookup: Lookup): BakeDefinition {
  return readBakeRoots(files.map(parseBakeFile), lookup)
}

/** The same for files that are parsed. */
export function readBakeRoots(roots: readonly MapNode[], lookup: Lookup): BakeDefinition {
  const variables = new BakeVariables(roots, lookup)
  const definition: BakeDefinition = {groups: new Map(), targets: new Map()}
  for (const root of roots) {
    for (const {label, body} of listBlocks(root, 'target'))
      addTarget(definition, label, body, variables.scope)
    for (const {label, body} of listBlocks(root, 'group')) {
      const targets = textsOf(childOf(body, 'targets'), 'targets', variables.scope)
      definition.groups.set(label, targets)
    }
  }
  return definition
}

/** Parses one of them. @throws BuildFileError for broken JSON */
export function parseBakeFile({file, text}: BakeJsonFile): MapNode {
  return requireMap(parseJson(text, file))
}

function requireMap(root: DocumentNode): MapNode {
  if (root.kind !== 'map') failAtPlace(root.place, 'a bake file must be an object')
  return root
}

/** A matrix makes a target for each combination, and a group of them under the name of the block. */
function addTarget(definition: BakeDefinition, label: string, body: MapNode, scope: Scope): void {
  const matrix = childOf(body, 'matrix')
  if (matrix === undefined) {
    addNamed(definition, readTarget(label, body, scope))
    return
  }
  const names: string[] = []
  for (const values of combine(expandTemplates(matrix, scope))) {
    const inner: Scope = (name) => values.get(name) ?? scope(name)
    const nameNode = childOf(body, 'name')
    const named = nameNode && {...body, entries: new Map([['name', expandTemplates(nameNode, inner)]])}
    const name = textOf(named, 'name')
    if (!name) failAtPlace(body.place, `target "${label}" has a matrix and no name`)
    addNamed(definition, readTarget(name, body, inner))
    names.push(name)
    if (definition.targets.size > MAX_TARGETS) failAtPlace(body.place, `more than ${MAX_TARGETS} targets`)
  }
  if (names.join() !== label) definition.groups.set(label, names)
}

function addNamed({targets}: BakeDefinition, target: BakeTarget): void {
  const known = targets.get(target.name)
  targets.set(target.name, known === undefined ? target : mergeTargets(known, target))
}

function* combine(matrix: DocumentNode): Generator<Map<string, DocumentNode>> {
  if (matrix.kind !== 'map') failAtPlace(matrix.place, '"matrix" must be an object')
  const axes = [...matrix.entries]
  let count = 1
  for (const [name, values] of axes) {
    if (values.kind !== 'list') failAtPlace(values.place, `"${name}" of the matrix must be an array`)
    count *= values.items.length
  }
  if (count > MAX_TARGETS) failAtPlace(matrix.place, `the matrix has more than ${MAX_TARGETS} combinations`)
  for (let index = 0; index < count; index++) {
    const values = new Map<string, DocumentNode>()
    let rest = index
    for (const [name, axis] of axes) {
      const {items} = axis as DocumentNode & {kind: 'list'}
      values.set(name, items[rest % items.length]!)
      rest = Math.floor(rest / items.length)
    }
    yield values
  }
}

function readTarget(name: string, body: MapNode, scope: Scope): BakeTarget {
  const text = (key: string): string | undefined => {
    const node = childOf(body, key)
    return node && textOf({...body, entries: new Map([[key, expandTemplates(node, scope)]])}, key)
  }
  const context = text('context')
  const dockerfile = text('dockerfile')
  const dockerfileInline = text('dockerfile-inline')
  const target = text('target')
  const platforms = childOf(body, 'platforms')
  return {
    name,
    place: body.place,
    ...placesOf(childOf(body, 'context'), childOf(body, 'dockerfile')),
    inherits: textsOf(childOf(body, 'inherits'), 'inherits', scope),
    ...(context !== undefined && {context}),
    ...(dockerfile !== undefined && {dockerfile}),
    ...(dockerfileInline !== undefined && {dockerfileInline}),
    ...(target !== undefined && {target}),
    args: pairsOf(childOf(body, 'args'), 'args', scope),
    contexts: pairsOf(childOf(body, 'contexts'), 'contexts', scope),
    ...readTargetAccess(body, scope),
    ...(platforms !== undefined && {platforms: textsOf(platforms, 'platforms', scope)}),
  }
}

function textsOf(node: DocumentNode | undefined, key: string, scope: Scope): string[] {
  if (node === undefined) return []
  const value = expandTemplates(node, scope)
  if (value.kind !== 'list') failAtPlace(node.place, `"${key}" must be an array of strings`)
  return value.items.map((item) => {
    if (item.kind !== 'scalar') failAtPlace(node.place, `"${key}" must be an array of strings`)
    return item.text
  })
}

/** Those that are null are not given. */
function pairsOf(node: DocumentNode | undefined, key: string, scope: Scope): Map<string, string> {
  const pairs = new Map<string, string>()
  if (node === undefined) return pairs
  const value = expandTemplates(node, scope)
  if (value.kind !== 'map') failAtPlace(node.place, `"${key}" must be an object`)
  checkSize(node, value.entries.size)
  for (const [name, item] of value.entries) {
    if (item.kind !== 'scalar') failAtPlace(item.place, `"${name}" must be a string`)
    if (item.type !== 'null') pairs.set(name, item.text)
  }
  return pairs
}
