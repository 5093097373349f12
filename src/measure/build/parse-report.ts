import type {MeasureReport} from '../../report/measure/measure-report.js'

interface Fields {
  readonly [name: string]: Kind
}

/** A list of objects, an object that may be null, or an object. */
type Nested = {readonly list: Fields} | {readonly optional: Fields} | {readonly object: Fields}

/** What a value must be: `?` behind it: or null. */
type Kind = 'text' | 'text?' | 'number' | 'number?' | 'flag' | 'texts' | Nested

const STEP: Fields = {text: 'text', line: 'number?', cached: 'flag', seconds: 'number'}
const RUN: Fields = {
  seconds: 'number',
  exportSeconds: 'number',
  buildSeconds: 'number',
  transferBytes: 'number?',
  load: 'number',
  steps: {list: STEP},
}
const SCENARIO: Fields = {
  name: 'text',
  title: 'text',
  changedPath: 'text?',
  runs: {list: RUN},
  medianSeconds: 'number',
  stepCount: 'number',
  ranCount: 'number',
}
const LAYER: Fields = {
  index: 'number',
  diffId: 'text',
  step: 'text?',
  line: 'number?',
  fileBytes: 'number',
  pullBytes: 'number',
}
const IMAGE: Fields = {
  pullBytes: 'number',
  pullIsEstimate: 'flag',
  unpackedBytes: 'number',
  fileBytes: 'number',
  hiddenBytes: 'number',
  layers: {list: LAYER},
}
const BUILD: Fields = {
  name: 'text',
  dockerfile: 'text?',
  target: 'text?',
  platform: 'text?',
  commands: 'texts',
  ignoreLines: 'texts',
  rewrites: {list: {rule: 'text', title: 'text', line: 'number'}},
  scenarios: {list: SCENARIO},
  transfer: {optional: {predictedBytes: 'number', predictedRebuildBytes: 'number', measuredBytes: 'number?'}},
  image: {optional: IMAGE},
  deploy: {optional: {classicBytes: 'number', containerdBytes: 'number'}},
  smoke: {optional: {checks: {list: {name: 'text', status: 'text'}}}},
  problem: 'text?',
}
const REPORT: Fields = {
  date: 'text',
  context: 'text',
  environment: {
    object: {
      ...({engine: 'text?', buildkit: 'text?', driver: 'text?', store: 'text?', storage: 'text?'} as const),
      ...({os: 'text?', arch: 'text?', cpus: 'number?', memoryBytes: 'number?'} as const),
    },
  },
  method: {object: {version: 'number', runs: 'number', scenarios: 'texts', flags: 'texts'}},
  builds: {list: BUILD},
}

/** Reads a saved report. @returns why it is none, in words */
export function parseMeasureReport(text: string): MeasureReport | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is not JSON'
  }
  if (typeof value !== 'object' || value === null) return 'it is not an object'
  const {schemaVersion} = value as {schemaVersion?: unknown}
  if (schemaVersion !== 1) return `its schemaVersion is ${JSON.stringify(schemaVersion) ?? 'missing'}, not 1`
  return findFault(value, REPORT, '') ?? (value as MeasureReport)
}

function findFault(value: unknown, fields: Fields, place: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `${place || 'it'} is not an object`
  for (const [name, kind] of Object.entries(fields)) {
    const own = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
    const fault = checkKind(own, kind, place === '' ? name : `${place}.${name}`)
    if (fault !== null) return fault
  }
  return null
}

function checkKind(value: unknown, kind: Kind, place: string): string | null {
  if (typeof kind === 'string') return isOfKind(value, kind) ? null : `${place} has a wrong value`
  if ('list' in kind) return checkList(value, kind.list, place)
  if ('object' in kind) return findFault(value, kind.object, place)
  return value === null ? null : findFault(value, kind.optional, place)
}

function checkList(value: unknown, fields: Fields, place: string): string | null {
  if (!Array.isArray(value)) return `${place} is not a list`
  for (const [at, one] of value.entries()) {
    const fault = findFault(one, fields, `${place}[${at}]`)
    if (fault !== null) return fault
  }
  return null
}

function isOfKind(value: unknown, kind: string): boolean {
  if (kind.endsWith('?') && value === null) return true
  switch (kind.replace('?', '')) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0
    case 'flag':
      return typeof value === 'boolean'
    default:
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
  }
}
