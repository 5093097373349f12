import {childOf, type DocumentNode, type MapNode} from '../../../languages/documents/document-node.js'
import type {ComposeService, Dependency, Health, Limits, ServiceCommand} from './compose-service.js'
import {parseAmount} from './parse-amount.js'
import {OTHER_BUILD_KEYS} from './pick-runtime.js'
import {readMounts} from './read-mounts.js'
import {readPorts} from './read-ports.js'
import {splitCommand} from './split-command.js'

/** Reads the run-time settings of a merged service. A value of a type that Compose refuses counts as absent. */
export function readService(name: string, node: MapNode): ComposeService {
  const build = childOf(node, 'build')
  const own = build?.kind === 'map' ? build : null
  return {
    name,
    place: node.place,
    node,
    image: textAt(node, 'image'),
    build: own,
    buildKey: own && keyOf(own, textAt(node, 'platform')),
    profiles: textsAt(node, 'profiles'),
    entrypoint: readCommand(childOf(node, 'entrypoint')),
    command: readCommand(childOf(node, 'command')),
    mounts: readMounts(node),
    dependencies: readDependencies(node),
    ports: readPorts(node),
    health: readHealth(childOf(node, 'healthcheck')),
    limits: readLimits(node),
    hasInit: textAt(node, 'init') === 'true',
    graceSeconds: readDuration(textAt(node, 'stop_grace_period')),
    isDeveloped: childOf(node, 'develop') !== undefined,
    environment: readPairs(childOf(node, 'environment')),
    workingDir: textAt(node, 'working_dir'),
  }
}

/** What decides the content of an image. Names, caches and where it is pushed do not. */
const BUILD_KEYS = [
  'context',
  'dockerfile',
  'dockerfile_inline',
  'target',
  'args',
  'additional_contexts',
  'platforms',
  ...OTHER_BUILD_KEYS,
]

const DEFAULTS: Readonly<Record<string, string>> = {dockerfile: 'Dockerfile'}

function keyOf(build: MapNode, platform: string | null): string {
  const values = BUILD_KEYS.map((key) => toPlain(childOf(build, key)) ?? DEFAULTS[key] ?? null)
  return JSON.stringify([...values, platform])
}

/** Keys in their order, so that equal values have equal texts. */
function toPlain(node: DocumentNode | undefined): unknown {
  if (node === undefined) return null
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'list') return node.items.map(toPlain)
  const names = [...node.entries.keys()].sort()
  return names.map((name) => [name, toPlain(node.entries.get(name))])
}

function readCommand(node: DocumentNode | undefined): ServiceCommand | null {
  if (node === undefined) return null
  if (node.kind === 'scalar') return {...splitCommand(node.text), node}
  if (node.kind !== 'list') return null
  return {words: node.items.map((item) => (item.kind === 'scalar' ? item.text : '')), dropped: null, node}
}

function readDependencies(node: MapNode): Dependency[] {
  const dependencies = childOf(node, 'depends_on')
  if (dependencies?.kind !== 'map') return []
  return [...dependencies.entries].map(([name, value]) => {
    const condition = childOf(value, 'condition')
    const place = condition?.place ?? value.place
    return {name, condition: textAt(value, 'condition') ?? 'service_started', place}
  })
}

function readHealth(node: DocumentNode | undefined): Health {
  if (node === undefined) return 'image'
  if (textAt(node, 'disable') === 'true') return 'off'
  const test = childOf(node, 'test')
  // Intervals alone change the image's check.
  if (test === undefined) return 'image'
  const [first] = test.kind === 'list' ? test.items : [test]
  return first?.kind === 'scalar' && first.text === 'NONE' ? 'off' : 'set'
}

/** The newer key and the older one for the same. */
const LIMIT_KEYS = {memory: 'mem_limit', cpus: 'cpus', pids: 'pids_limit'} as const

function readLimits(node: MapNode): Limits {
  const limits = childOf(childOf(childOf(node, 'deploy'), 'resources'), 'limits')
  const read = (key: keyof typeof LIMIT_KEYS) => {
    const text = textAt(limits, key) ?? textAt(node, LIMIT_KEYS[key])
    // Zero is no limit.
    return text === null || parseAmount(text) === 0 ? null : text
  }
  const conflicts = Object.entries(LIMIT_KEYS).flatMap(([key, other]) => {
    const [given, older] = [childOf(limits, key), childOf(node, other)]
    if (limits === undefined || older?.kind !== 'scalar' || parseAmount(older.text) === 0) return []
    // Where the section has other limits only, it says "none" of this one.
    const amount = given === undefined ? 0 : given.kind === 'scalar' ? parseAmount(given.text) : null
    if (amount === null || amount === parseAmount(older.text)) return []
    const isAbsent = given === undefined
    return [{key: `deploy.resources.limits.${key}`, other, place: older.place, isAbsent}]
  })
  return {memory: read('memory'), cpus: read('cpus'), pids: read('pids'), conflicts}
}

const SECONDS: Readonly<Record<string, number>> = {h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9}

/** `1m30s` → 90; null for what is no duration. Zero needs no unit. */
function readDuration(text: string | null): number | null {
  if (text === '0') return 0
  if (text === null || !/^(?:\d+(?:\.\d+)?(?:h|ms|us|ns|m|s))+$/.test(text)) return null
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)]
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * SECONDS[unit!]!, 0)
}

function readPairs(node: DocumentNode | undefined): ReadonlyMap<string, string> {
  if (node?.kind !== 'map') return new Map()
  return new Map(
    [...node.entries].flatMap(([name, value]) =>
      value.kind === 'scalar' ? [[name, value.text] as const] : [],
    ),
  )
}

function textAt(node: DocumentNode | undefined, key: string): string | null {
  const child = childOf(node, key)
  return child?.kind === 'scalar' && child.text !== '' ? child.text : null
}

function textsAt(node: MapNode, key: string): string[] {
  const list = childOf(node, key)
  return list?.kind === 'list'
    ? list.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
    : []
}
