import path from 'node:path'
import {
  childOf,
  type DocumentNode,
  itemsAt,
  type MapNode,
  type ScalarNode,
  wordAt,
} from '../../../languages/documents/document-node.js'
import {joinNames} from '../../../languages/text/sentence.js'
import type {ComposeService} from '../service/compose-service.js'
import type {Refusal} from '../shape/refusal.js'

const MAX_NAMES = 4

type Found = Omit<Refusal, 'service'>

/**
 * Finds what Compose refuses services for that says two things at once, or names what is not there.
 * @param active services of active profiles
 * @param all services of all profiles
 * @param models names of the section `models`
 */
export function checkServices(
  active: readonly ComposeService[],
  all: readonly ComposeService[],
  models: ReadonlySet<string>,
): Refusal[] {
  const own = active.flatMap((service) =>
    [
      ...checkNetworks(service),
      ...checkBuild(service, all),
      ...checkTest(service),
      ...checkReplicas(service),
      ...checkTargets(service),
      ...checkWatches(service),
      ...checkModels(service, models),
      ...checkBinds(service),
      ...checkDevices(service),
    ].map((found) => ({...found, service: service.name})),
  )
  return [...own, ...checkContainerNames(active)]
}

function checkNetworks({name, node}: ComposeService): Found[] {
  const mode = scalarAt(node, 'network_mode')
  const networks = childOf(node, 'networks')
  const isUsed = networks?.kind === 'map' ? networks.entries.size > 0 : itemsAt(node, 'networks').length > 0
  if (mode === null || mode.text === '' || !isUsed) return []
  const fix = 'Keep one of the two'
  return [{what: `"${name}" has network_mode and networks`, place: mode.place, fix}]
}

function checkBuild({name, node, build}: ComposeService, all: readonly ComposeService[]): Found[] {
  if (build === null) return []
  const found: Found[] = []
  const [dockerfile, inline] = [scalarAt(build, 'dockerfile'), scalarAt(build, 'dockerfile_inline')]
  if (dockerfile?.text && inline?.text) {
    found.push({
      what: `the build of "${name}" has dockerfile and dockerfile_inline`,
      place: inline.place,
      fix: 'Keep one of the two',
    })
  }
  const contexts = childOf(build, 'additional_contexts')
  for (const [context, value] of contexts?.kind === 'map' ? contexts.entries : []) {
    const other = value.kind === 'scalar' ? /^service:(.*)$/.exec(value.text)?.[1] : undefined
    if (other === undefined) continue
    const service = all.find((one) => one.name === other)
    if (service?.build) continue
    const why = service === undefined ? 'which no file has' : 'which has no build'
    found.push({
      what: `the build of "${name}" takes the context "${context}" from "${other}", ${why}`,
      place: value.place,
      fix: service === undefined ? 'Name a service that is built' : `Give "${other}" a build`,
      isOfValue: true,
    })
  }
  const [platform, platforms] = [scalarAt(node, 'platform'), itemsAt(build, 'platforms')]
  const isBuilt = platforms.some((one) => one.kind === 'scalar' && one.text === platform?.text)
  if (platform?.text && platforms.length > 0 && !isBuilt) {
    found.push({
      what: `"${name}" runs on ${platform.text}, which is not among the platforms of its build`,
      place: platform.place,
      fix: `Add ${platform.text} to build.platforms`,
      isOfValue: true,
    })
  }
  return found
}

function checkTest({name, node}: ComposeService): Found[] {
  const [first] = itemsAt(childOf(node, 'healthcheck'), 'test')
  if (first?.kind !== 'scalar' || ['CMD', 'CMD-SHELL', 'NONE'].includes(first.text)) return []
  return [
    {
      what: `the health check of "${name}" begins with "${first.text}", and not with CMD, CMD-SHELL or NONE`,
      place: first.place,
      fix: `Write CMD before "${first.text}"`,
      isOfValue: true,
    },
  ]
}

function checkReplicas({name, node}: ComposeService): Found[] {
  const [scale, replicas] = [scalarAt(node, 'scale'), scalarAt(childOf(node, 'deploy'), 'replicas')]
  const [title, containers] = [scalarAt(node, 'container_name'), scale ?? replicas]
  const found: Found[] = []
  if (scale !== null && replicas !== null && Number(scale.text) !== Number(replicas.text)) {
    found.push({
      what: `"${name}" has a scale of ${scale.text} and ${replicas.text} replicas`,
      place: scale.place,
      fix: 'Keep one of the two',
      isOfValue: true,
    })
  }
  for (const [key, given] of [['scale', scale] as const, ['deploy.replicas', replicas] as const]) {
    if (given === null || !(Number(given.text) < 0)) continue
    const fix = 'Write 0 or more'
    found.push({what: `${key} of "${name}" is ${given.text}`, place: given.place, fix, isOfValue: true})
  }
  if (title?.text && containers !== null && Number(containers.text) > 1) {
    found.push({
      what: `"${name}" has one container_name for ${containers.text} containers`,
      place: title.place,
      fix: 'Remove container_name: Compose numbers the containers',
      isOfValue: true,
    })
  }
  return found
}

/** A mount and a tmpfs at one path; of two volumes at one path the later counts. */
function checkTargets({name, node}: ComposeService): Found[] {
  const temporary = childOf(node, 'tmpfs')
  const items = temporary?.kind === 'list' ? temporary.items : temporary === undefined ? [] : [temporary]
  const paths = new Set(
    items.flatMap((item) => (item.kind === 'scalar' ? [item.text.split(':', 1)[0]!] : [])),
  )
  return itemsAt(node, 'volumes').flatMap((item) => {
    const target = path.posix.normalize(wordAt(item, 'target') || '.')
    if (!paths.has(target)) return []
    const what = `"${name}" mounts a volume and a tmpfs at ${target}`
    const {place} = childOf(item, 'target') ?? item
    return [{what, place, fix: 'Keep one of the two', isOfValue: true}]
  })
}

function checkWatches({name, node}: ComposeService): Found[] {
  return itemsAt(childOf(node, 'develop'), 'watch').flatMap((item) => {
    const action = wordAt(item, 'action')
    if (item.kind !== 'map' || action === undefined || ['rebuild', 'restart'].includes(action)) return []
    if (wordAt(item, 'target')) return []
    const what = `a watch of "${name}" has the action "${action}" and no target`
    return [{what, place: item.place, fix: 'Say where the files go: add "target"'}]
  })
}

function checkModels({name, node}: ComposeService, known: ReadonlySet<string>): Found[] {
  return listNames(node, 'models').flatMap(({text, place}) => {
    if (known.has(text)) return []
    const fix = `Add "${text}" to the section models`
    return [{what: `"${name}" uses the model "${text}", which no file has`, place, fix, isOfValue: true}]
  })
}

/** A short form always has both ends. */
function checkBinds({name, node}: ComposeService): Found[] {
  return itemsAt(node, 'volumes').flatMap((item) => {
    if (wordAt(item, 'type') !== 'bind' || childOf(item, 'source') !== undefined) return []
    const what = `"${name}" binds nothing to ${wordAt(item, 'target') ?? 'a path'}`
    return [{what, place: item.place, fix: 'Say what of the host is mounted: add "source"'}]
  })
}

function checkDevices({name, node}: ComposeService): Found[] {
  const reservations = childOf(childOf(childOf(node, 'deploy'), 'resources'), 'reservations')
  return [...itemsAt(reservations, 'devices'), ...itemsAt(node, 'gpus')].flatMap((item) => {
    const [count, ids] = [childOf(item, 'count'), childOf(item, 'device_ids')]
    if (count === undefined || ids === undefined) return []
    const what = `devices of "${name}" are given by count and by device_ids`
    return [{what, place: ids.place, fix: 'Keep one of the two'}]
  })
}

function checkContainerNames(active: readonly ComposeService[]): Refusal[] {
  const groups = new Map<string, ComposeService[]>()
  for (const service of active) {
    const title = wordAt(service.node, 'container_name')
    if (title) groups.set(title, [...(groups.get(title) ?? []), service])
  }
  return [...groups].flatMap(([title, services]) => {
    const together = services.filter((one) =>
      services.some((other) => one !== other && areTogether(one, other)),
    )
    const last = together.at(-1)
    if (last === undefined) return []
    const names = together.map(({name}) => name)
    const what = `${joinNames(names, MAX_NAMES)} have the container_name "${title}"`
    const {place} = childOf(last.node, 'container_name')!
    return [{what, place, fix: 'Give each container a name of its own', isOfValue: true}]
  })
}

/** Of two services with profiles that have none in common people start one. */
function areTogether({profiles: own}: ComposeService, {profiles: others}: ComposeService): boolean {
  return own.length === 0 || others.length === 0 || own.some((profile) => others.includes(profile))
}

function listNames(node: MapNode, key: string): ScalarNode[] {
  const section = childOf(node, key)
  if (section?.kind !== 'map') return itemsAt(node, key).filter((item) => item.kind === 'scalar')
  return [...section.entries].map(([text, {place}]) => ({kind: 'scalar', type: 'string', text, place}))
}

function scalarAt(node: DocumentNode | undefined, key: string): ScalarNode | null {
  const child = childOf(node, key)
  return child?.kind === 'scalar' ? child : null
}
