import type {ErrorObject} from 'ajv'
import type {FileProblem} from '../errors.js'
import {suggest} from '../languages/text/suggest.js'
import {checkConfig} from './check-config.js'
import {type ConfigNode, toPlainValue} from './config-node.js'
import {CONFIG_FORMATS} from './config-schema.js'

/** Characters of a value or key. */
const MAX_SHOWN = 60

/** Nobody reads more problems than this, and explaining one takes time. */
const MAX_EXPLAINED = 200

/** Lists all problems of a configuration in line order, each with its line, its key and what is allowed. */
export function validateConfig(root: ConfigNode): FileProblem[] {
  const problems = findRepeatedKeys(root, [])
  if (!checkConfig(toPlainValue(root))) {
    const said = new Set<string>()
    for (const error of (checkConfig.errors ?? []).slice(0, MAX_EXPLAINED)) {
      const problem = explainError(root, error)
      if (problem === null || said.has(`${problem.line} ${problem.key}`)) continue
      said.add(`${problem.line} ${problem.key}`)
      problems.push({line: problem.line, message: problem.message})
    }
  }
  return problems.sort((a, b) => a.line - b.line)
}

interface Explained extends FileProblem {
  /** Only one problem is reported for each key. */
  key: string
}

function explainError(root: ConfigNode, error: ErrorObject): Explained | null {
  const path = readPointer(error.instancePath)
  const {title = 'something else'} = (error.parentSchema ?? {}) as {title?: string}
  switch (error.keyword) {
    case 'propertyNames':
      return null
    case 'additionalProperties':
      return explainUnknownKey(root, path, String(error.params.additionalProperty), error)
    case 'required': {
      const key = String(error.params.missingProperty)
      return {...describe(root, path), message: `${nameOf(path)}: the key ${key} is missing`}
    }
  }
  const isName = error.propertyName !== undefined
  const place = describe(root, isName ? [...path, error.propertyName!] : path)
  const value = isName ? error.propertyName : error.data
  const reason = error.keyword === 'format' ? findFormatProblem(String(error.schema), value) : null
  const wrong = reason === null ? `is ${show(value)}` : `${show(value)} ${reason}`
  return {...place, message: `${place.key}: must be ${title}: ${wrong}`}
}

function explainUnknownKey(
  root: ConfigNode,
  parent: readonly string[],
  name: string,
  error: ErrorObject,
): Explained {
  const {properties = {}} = (error.parentSchema ?? {}) as {properties?: object}
  const known = Object.keys(properties).filter((key) => key !== '$schema')
  const place = describe(root, [...parent, name])
  const what = parent[0] === 'rules' ? 'unknown rule' : 'unknown key'
  const hint = suggest(name, known)
  const allowed = hint !== '' && parent[0] === 'rules' ? '' : `; allowed: ${known.join(', ')}`
  return {...place, message: `${place.key}: ${what}${hint}${allowed}`}
}

function findFormatProblem(format: string, value: unknown): string | null {
  return CONFIG_FORMATS[format]?.(String(value)) ?? null
}

/** Finds where a path leads: the line of its key, or of its place in a list. */
function describe(root: ConfigNode, path: readonly string[]): {line: number; key: string} {
  let node = root
  let line = root.line
  for (const segment of path) {
    if (node.kind === 'list') {
      node = node.items[Number(segment)]!
      line = node.line
      continue
    }
    const entry = node.kind === 'map' ? node.entries.findLast(({key}) => key === segment) : undefined
    if (entry === undefined) break
    node = entry.value
    line = entry.line
  }
  return {line, key: nameOf(path)}
}

function findRepeatedKeys(node: ConfigNode, path: readonly string[]): FileProblem[] {
  if (node.kind === 'scalar') return []
  if (node.kind === 'list')
    return node.items.flatMap((item, at) => findRepeatedKeys(item, [...path, String(at)]))
  const lines = new Map<string, number>()
  const problems: FileProblem[] = []
  for (const {key, line, value} of node.entries) {
    const first = lines.get(key)
    if (first === undefined) lines.set(key, line)
    else problems.push({line, message: `${nameOf([...path, key])}: is already in line ${first}`})
    problems.push(...findRepeatedKeys(value, [...path, key]))
  }
  return problems
}

/** Decodes a JSON pointer. */
function readPointer(pointer: string): string[] {
  const segments = pointer.split('/').slice(1)
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** `budgets.max-files`, `keep[0]`, `builds."odd\nname"`; the whole is `the configuration`. */
function nameOf(path: readonly string[]): string {
  if (path.length === 0) return 'the configuration'
  return path
    .map((segment, at) => {
      if (at > 0 && /^\d+$/.test(segment)) return `[${segment}]`
      return `${at > 0 ? '.' : ''}${/^[\w*/-]+$/.test(segment) ? cut(segment) : show(segment)}`
    })
    .join('')
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a mapping'
  if (typeof value === 'number') return String(value)
  return value === null ? 'empty' : cut(JSON.stringify(value))
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
