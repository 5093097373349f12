import {
  childOf,
  type DocumentNode,
  itemsAt,
  type ScalarNode,
  wordAt,
} from '../../../languages/documents/document-node.js'
import {joinNames} from '../../../languages/text/sentence.js'
import type {ComposeService} from '../service/compose-service.js'
import {parseAmount} from '../service/parse-amount.js'
import type {Refusal} from '../shape/refusal.js'
import type {ValueFormat} from '../shape/value-formats.js'
import {
  ABSOLUTE_PATH,
  CAPABILITY,
  CONTAINER_TITLE,
  IMAGE_NAME,
  IPC_MODE,
  LIMIT_NAME,
  PID_MODE,
  RESTART_POLICY,
  SIGNAL,
  UTS_MODE,
} from './start-formats.js'

type Found = Omit<Refusal, 'service' | 'isOfEngine'>

const FORMATS: readonly [key: string, format: ValueFormat][] = [
  ['container_name', CONTAINER_TITLE],
  ['image', IMAGE_NAME],
  ['ipc', IPC_MODE],
  ['pid', PID_MODE],
  ['restart', RESTART_POLICY],
  ['stop_signal', SIGNAL],
  ['uts', UTS_MODE],
  ['working_dir', ABSOLUTE_PATH],
  ['cap_add', CAPABILITY],
  ['cap_drop', CAPABILITY],
  ['tmpfs', ABSOLUTE_PATH],
]

/** What has no place in a container that uses the network of another one. */
const OF_OWN_NETWORK = ['ports', 'expose', 'hostname', 'dns', 'extra_hosts', 'links']

const LEAST_MEMORY = 6 * 1024 ** 2

const MAX_NAMES = 4

/**
 * Finds what Compose takes and the engine does not, so that a service never starts.
 * @param services those that start
 */
export function checkStart(services: readonly ComposeService[]): Refusal[] {
  const restarted = new Map(services.map((service) => [service.name, findRestart(service)]))
  return services.flatMap((service) =>
    [
      ...checkFormats(service),
      ...checkTargets(service),
      ...checkNetwork(service),
      ...checkMemory(service),
      ...checkUlimits(service),
      ...checkEnds(service, restarted),
    ].map((found) => ({...found, service: service.name, isOfEngine: true})),
  )
}

function checkFormats({name, node}: ComposeService): Found[] {
  return FORMATS.flatMap(([key, format]) => {
    const value = childOf(node, key)
    const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value]
    return items.flatMap((item) => {
      if (item.kind !== 'scalar' || item.type !== 'string' || item.text.includes('$')) return []
      const text = key === 'tmpfs' ? item.text.split(':', 1)[0]! : item.text
      return format.isValid(text) ? [] : [refuseText(`${key} of "${name}"`, text, format, item)]
    })
  })
}

function refuseText(label: string, text: string, {name, example}: ValueFormat, {place}: DocumentNode): Found {
  const fix = `Write ${name}, as in ${example}`
  return {what: `${label} is "${text}", which is not ${name}`, place, fix, isOfValue: true}
}

function checkTargets({name, node}: ComposeService): Found[] {
  return itemsAt(node, 'volumes').flatMap((item) => {
    const target = childOf(item, 'target')
    if (target?.kind !== 'scalar' || ABSOLUTE_PATH.isValid(target.text)) return []
    if (`${wordAt(item, 'written') ?? ''}${target.text}`.includes('$')) return []
    return [refuseText(`the target of a mount of "${name}"`, target.text, ABSOLUTE_PATH, target)]
  })
}

function checkNetwork({name, node}: ComposeService): Found[] {
  const mode = wordAt(node, 'network_mode') ?? ''
  const isShared = /^(?:service|container):/.test(mode)
  const unfit = isShared ? OF_OWN_NETWORK : mode === 'host' ? ['links'] : []
  const keys = unfit.filter((key) => !isEmpty(childOf(node, key)))
  const [first, ...others] = keys
  if (first === undefined) return []
  const what = `"${name}" has ${joinNames(keys, MAX_NAMES)}, and no network of its own (network_mode: ${mode})`
  const owner = /^service:(.+)$/.exec(mode)?.[1]
  const isMovable = owner !== undefined && keys.every((key) => key !== 'hostname' && key !== 'links')
  const fix = isMovable
    ? `Move ${others.length > 0 ? 'them' : 'it'} to "${owner}", whose network it is`
    : `Remove ${others.length > 0 ? 'them' : 'it'}`
  return [{what, place: childOf(node, first)!.place, fix}]
}

function isEmpty(node: DocumentNode | undefined): boolean {
  if (node === undefined) return true
  if (node.kind === 'list') return node.items.length === 0
  return node.kind === 'map' ? node.entries.size === 0 : node.text === ''
}

function checkMemory({name, node}: ComposeService): Found[] {
  const limits = childOf(childOf(childOf(node, 'deploy'), 'resources'), 'limits')
  const given = childOf(limits, 'memory') ?? childOf(node, 'mem_limit')
  if (given?.kind !== 'scalar') return []
  const bytes = parseAmount(given.text)
  if (typeof bytes !== 'number' || bytes === 0 || bytes >= LEAST_MEMORY) return []
  return [
    {
      what: `the limit of memory of "${name}" is ${given.text}, and the engine wants 6 MB at least`,
      place: given.place,
      fix: `Write a unit, as in ${/^\d+$/.test(given.text) && bytes >= 6 ? given.text : 64}m`,
      isOfValue: true,
    },
  ]
}

function checkUlimits({name, node}: ComposeService): Found[] {
  const limits = childOf(node, 'ulimits')
  return [...(limits?.kind === 'map' ? limits.entries : [])].flatMap(([limit, value]) => {
    if (!LIMIT_NAME.isValid(limit)) return [refuseText(`a limit of "${name}"`, limit, LIMIT_NAME, value)]
    const [soft, hard] = [Number(wordAt(value, 'soft')), Number(wordAt(value, 'hard'))]
    // -1 is no limit.
    if (!(hard >= 0 && (soft > hard || soft < 0))) return []
    const what = `the soft limit ${limit} of "${name}" is above the hard one`
    return [
      {what, place: value.place, fix: 'Write a soft limit that is not above the hard one', isOfValue: true},
    ]
  })
}

/** A container that is started again whenever it ends; it has no end that others could wait for. */
function findRestart({node}: ComposeService): ScalarNode | null {
  const restart = childOf(node, 'restart')
  return restart?.kind === 'scalar' && /^(?:always|unless-stopped)$/.test(restart.text) ? restart : null
}

function checkEnds(
  {name, dependencies}: ComposeService,
  restarted: ReadonlyMap<string, ScalarNode | null>,
): Found[] {
  return dependencies.flatMap((dependency) => {
    const restart = restarted.get(dependency.name) ?? null
    if (dependency.condition !== 'service_completed_successfully' || restart === null) return []
    return [
      {
        what: `"${name}" waits for the end of "${dependency.name}", which is started again each time (restart: ${restart.text})`,
        place: dependency.place,
        fix: `Write "restart: on-failure" for "${dependency.name}"`,
        isOfValue: true,
      },
    ]
  })
}
