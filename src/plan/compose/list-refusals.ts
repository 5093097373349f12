import {
  childOf,
  type DocumentNode,
  itemsAt,
  type ScalarNode,
  wordAt,
} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {joinNames} from '../../languages/text/sentence.js'
import type {BuildProblem} from '../named-build.js'
import type {ComposeService} from './service/compose-service.js'

/** What the top of a compose file tells of, besides services: names, each with the path of its file, null for none. */
export type Declared = Readonly<Record<DeclaredKind, ReadonlyMap<string, ScalarNode | null>>>

export type DeclaredKind = 'network' | 'volume' | 'secret' | 'config'

/** Something that a project speaks of and does not have. */
export interface MissingPart extends BuildProblem {
  kind: 'service' | DeclaredKind
  name: string
}

/** A place where a service names another part of the project. */
interface Reference {
  kind: MissingPart['kind']
  name: string
  /** What one service does with it, and several do. */
  verbs: readonly [one: string, several: string]
  place: Location
}

const MAX_NAMES = 4

const REFUSES = ': Compose refuses the project'

/**
 * Finds what Compose refuses a project for: a part of it is not in its files.
 * @param all services of all profiles
 */
export function listMissingParts(all: readonly ComposeService[], declared: Declared): MissingPart[] {
  const known = new Set(all.map(({name}) => name))
  const empty = all.filter(
    ({image, build, node}) => image === null && build === null && childOf(node, 'provider') === undefined,
  )
  const isKnown = ({kind, name}: Reference) => (kind === 'service' ? known : declared[kind]).has(name)
  const groups = new Map<string, {reference: Reference; services: Set<string>}>()
  for (const service of all) {
    for (const reference of listReferences(service).filter((one) => !isKnown(one))) {
      const key = JSON.stringify([reference.kind, reference.name, reference.verbs])
      const group = groups.get(key) ?? {reference, services: new Set()}
      groups.set(key, group)
      group.services.add(service.name)
    }
  }
  return [
    ...empty.map(({name, place}) =>
      refuse({kind: 'service', name, place}, `"${name}" has neither an image nor a build`),
    ),
    ...[...groups.values()].map(({reference, services}) =>
      refuse(reference, `${say(services, reference)}, which no file has`),
    ),
  ]
}

/** The files that a service gets as secrets and configs. */
export function listDeclaredFiles(
  service: ComposeService,
  declared: Declared,
): {kind: 'secret' | 'config'; node: ScalarNode}[] {
  return listReferences(service).flatMap(({kind, name}) => {
    const node = kind === 'secret' || kind === 'config' ? declared[kind].get(name) : undefined
    return node ? [{kind: kind as 'secret' | 'config', node}] : []
  })
}

/**
 * Finds what Compose refuses the services for that start: those that need one of a profile that is not active, and those
 * that wait for themselves.
 * @param active services of active profiles
 * @param all services of all profiles
 */
export function listImpossibleStarts(
  active: readonly ComposeService[],
  all: readonly ComposeService[],
): BuildProblem[] {
  const started = new Map(active.map((service) => [service.name, service]))
  const resting = new Map(
    all.filter(({name}) => !started.has(name)).map((service) => [service.name, service]),
  )
  const needed = active.flatMap((service) =>
    listReferences(service).flatMap((reference): BuildProblem[] => {
      const other = reference.kind === 'service' ? resting.get(reference.name) : undefined
      if (other === undefined) return []
      const profiles = joinNames(other.profiles, MAX_NAMES)
      const what = `${say(new Set([service.name]), reference)}, which only the profile ${profiles} starts`
      return [{severity: 'error', message: `${what}${REFUSES} without it`, place: reference.place}]
    }),
  )
  const circle = findCircle(started)
  return circle === null ? needed : [...needed, circle]
}

function say(services: ReadonlySet<string>, {kind, name, verbs}: Reference): string {
  const verb = verbs[services.size === 1 ? 0 : 1]
  return `${joinNames([...services], MAX_NAMES)} ${verb} ${kind === 'service' ? '' : `the ${kind} `}"${name}"`
}

function refuse({kind, name, place}: Omit<Reference, 'verbs'>, what: string): MissingPart {
  return {kind, name, severity: 'error', message: `${what}${REFUSES}`, place}
}

/** The first chain of services that each wait for the next, and the last for the first; null for none. */
function findCircle(started: ReadonlyMap<string, ComposeService>): BuildProblem | null {
  const done = new Set<string>()
  for (const first of started.keys()) {
    const chain: string[] = []
    // Each step is a service that is entered or left; a deep chain must not fill the stack.
    const open: {name: string; isLeft: boolean}[] = [{name: first, isLeft: false}]
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const {name, isLeft} = step
      if (isLeft) {
        done.add(name)
        chain.pop()
        continue
      }
      const at = chain.indexOf(name)
      if (at >= 0) return describeCircle([...chain.slice(at), name], started)
      const service = started.get(name)
      if (service === undefined || done.has(name)) continue
      chain.push(name)
      open.push({name, isLeft: true}, ...listServices(service).map((other) => ({name: other, isLeft: false})))
    }
  }
  return null
}

function describeCircle(
  names: readonly string[],
  started: ReadonlyMap<string, ComposeService>,
): BuildProblem {
  const [from = '', to = ''] = names
  const service = started.get(from)!
  const place = listReferences(service).find(({name}) => name === to)?.place ?? service.place
  const message = `"${from}" waits for itself (${names.join(' → ')})${REFUSES}`
  return {severity: 'error', message, place}
}

function listServices(service: ComposeService): string[] {
  return listReferences(service).flatMap(({kind, name}) => (kind === 'service' ? [name] : []))
}

/** Keys whose value may be `service:NAME`. */
const SHARED: readonly [key: string, verbs: Reference['verbs']][] = [
  ['network_mode', ['uses the network of', 'use the network of']],
  ['ipc', ['shares memory with', 'share memory with']],
  ['pid', ['shares processes with', 'share processes with']],
]

/** All that a service cannot start without. */
function listReferences({node, build, mounts, dependencies}: ComposeService): Reference[] {
  const ofService = (item: ScalarNode, name: string, verbs: Reference['verbs']): Reference => {
    return {kind: 'service', name, verbs, place: item.place}
  }
  const shared = SHARED.flatMap(([key, verbs]) => {
    const value = childOf(node, key)
    const [, name] = value?.kind === 'scalar' ? (/^service:(.+)$/.exec(value.text) ?? []) : []
    return name === undefined ? [] : [ofService(value as ScalarNode, name, verbs)]
  })
  return [
    ...dependencies
      .filter(({name}) => isRequired(node, name))
      .map(
        ({name, place}): Reference => ({kind: 'service', name, verbs: ['depends on', 'depend on'], place}),
      ),
    ...shared,
    ...listTexts(node, 'links').map((item) =>
      ofService(item, item.text.split(':', 1)[0]!, ['links to', 'link to']),
    ),
    ...listTexts(node, 'volumes_from')
      .filter(({text}) => !text.startsWith('container:'))
      .map((item) =>
        ofService(item, item.text.split(':', 1)[0]!, ['takes the volumes of', 'take the volumes of']),
      ),
    ...mounts.flatMap(({volume, place}): Reference[] =>
      volume === null ? [] : [{kind: 'volume', name: volume, verbs: ['mounts', 'mount'], place}],
    ),
    ...listNames(node, 'networks', 'network', ['uses', 'use']).filter(({name}) => name !== 'default'),
    ...listNames(node, 'configs', 'config', ['reads', 'read']),
    ...listNames(node, 'secrets', 'secret', ['reads', 'read']),
    ...(build === null ? [] : listNames(build, 'secrets', 'secret', ['builds with', 'build with'])),
  ]
}

function listTexts(node: DocumentNode, key: string): ScalarNode[] {
  return itemsAt(node, key).filter((item): item is ScalarNode => item.kind === 'scalar' && item.text !== '')
}

/** The names in a list of names, a list of mappings with a `source`, or a mapping by name. */
function listNames(
  node: DocumentNode,
  key: string,
  kind: DeclaredKind,
  verbs: Reference['verbs'],
): Reference[] {
  const section = childOf(node, key)
  if (section?.kind === 'map')
    return [...section.entries].flatMap(([name, {tag, place}]) =>
      tag === 'reset' ? [] : [{kind, name, verbs, place}],
    )
  return itemsAt(node, key).flatMap((item) => {
    const name = item.kind === 'scalar' ? item.text : wordAt(item, 'source')
    return name ? [{kind, name, verbs, place: item.place}] : []
  })
}

function isRequired(node: DocumentNode, name: string): boolean {
  const required = childOf(childOf(childOf(node, 'depends_on'), name), 'required')
  return !(required?.kind === 'scalar' && required.text === 'false')
}
