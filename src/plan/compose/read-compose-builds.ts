import path from 'node:path'
import {childOf, itemsAt, type MapNode, textOf, wordAt} from '../../languages/documents/document-node.js'
import {isRemoteContext, isSpecialContext} from '../build-location.js'
import {type NamedBuild, type NamedBuilds, placesOf} from '../named-build.js'
import type {ServiceRun} from '../service-run.js'
import type {ComposeProject} from './compose-project.js'
import type {ComposeServices} from './load-compose-services.js'
import {readBuildAccess} from './read-access.js'
import {readServiceRun} from './service/read-service-run.js'
import type {Lookup} from './variables/interpolate.js'

/** What decides which services count. */
export interface ServiceChoice {
  /** Active profiles; `*` is all of them. */
  profiles: readonly string[]
  /** Services named by the user, even of inactive profiles. Empty for all. */
  services: readonly string[]
}

/**
 * Reads the builds of a project's services, in the order of the files. Those of inactive profiles and those that are
 * fetched by the builder are reported as problems of severity info.
 */
export function readComposeBuilds(
  loaded: ComposeServices,
  project: ComposeProject,
  choice: ServiceChoice,
): NamedBuilds {
  const builds: NamedBuild[] = []
  const problems = [...loaded.problems]
  for (const [name, service] of loaded.services) {
    const build = childOf(service, 'build')
    if (build?.kind !== 'map') continue
    if (choice.services.length > 0 && !choice.services.includes(name)) continue
    const profiles = profilesOf(service)
    const note = (message: string): void => {
      problems.push({severity: 'info', message, place: build.place})
    }
    if (choice.services.length === 0 && !isActive(profiles, choice.profiles)) {
      note(`service "${name}" is left out: its profile "${profiles.join('", "')}" is not active`)
      continue
    }
    const context = textOf(build, 'context') ?? project.projectDir
    if (isRemoteContext(context)) {
      note(`service "${name}" is left out: Docker fetches its context "${context}" itself`)
      continue
    }
    const runs = listRuns(name, loaded)
    builds.push({
      ...readBuild({name, service, build}, context, project.environment.lookup),
      ...readBuildAccess(build, loaded.secrets),
      ...(runs.some(isTelling) && {services: runs}),
    })
  }
  return {builds, problems}
}

/** How the service runs its image, and those that name the image without building it. */
function listRuns(name: string, {services}: ComposeServices): ServiceRun[] {
  const image = imageOf(services.get(name))
  const users = [...services].filter(
    ([other, service]) =>
      other === name ||
      (image !== '' && imageOf(service) === image && childOf(service, 'build') === undefined),
  )
  return users.map(([other, service]) => readServiceRun(other, service))
}

function imageOf(service: MapNode | undefined): string {
  return wordAt(service, 'image') ?? ''
}

function isTelling({starts, mounts}: ServiceRun): boolean {
  return starts.length > 0 || mounts.length > 0
}

function isActive(profiles: readonly string[], active: readonly string[]): boolean {
  return profiles.length === 0 || active.includes('*') || profiles.some((profile) => active.includes(profile))
}

function profilesOf(service: MapNode): string[] {
  return itemsAt(service, 'profiles').map((item) => (item.kind === 'scalar' ? item.text : ''))
}

function readBuild(
  {name, service, build}: {name: string; service: MapNode; build: MapNode},
  contextPath: string,
  lookup: Lookup,
): NamedBuild {
  const inline = textOf(build, 'dockerfile_inline')
  const dockerfile = textOf(build, 'dockerfile') || 'Dockerfile'
  const target = textOf(build, 'target')
  const platform = platformOf(service, build, lookup)
  return {
    name,
    contextPath,
    ...(inline ? {dockerfileInline: inline} : {dockerfilePath: path.resolve(contextPath, dockerfile)}),
    ...(target && {target}),
    buildArgs: argumentsOf(build, lookup),
    ...(platform && {platform}),
    buildContexts: contextsOf(build),
    place: build.place,
    ...placesOf(childOf(build, 'context'), childOf(build, 'dockerfile')),
  }
}

/** An argument without a value takes the environment's, or is not given at all. */
function argumentsOf(build: MapNode, lookup: Lookup): Map<string, string> {
  const args = new Map<string, string>()
  const node = childOf(build, 'args')
  if (node?.kind !== 'map') return args
  for (const [name, value] of node.entries) {
    if (value.kind !== 'scalar' || value.tag === 'reset') continue
    const text = value.type === 'null' ? lookup(name) : value.text
    if (text !== undefined) args.set(name, text)
  }
  return args
}

/** `service:web` is the image of another build, which Compose hands on as `target:web`. */
function contextsOf(build: MapNode): Map<string, string> {
  const contexts = new Map<string, string>()
  const node = childOf(build, 'additional_contexts')
  if (node?.kind !== 'map') return contexts
  for (const [name, value] of node.entries) {
    if (value.kind !== 'scalar' || value.tag === 'reset' || value.text === '') continue
    const {text} = value
    const isService = isSpecialContext(text) && text.startsWith('service:')
    contexts.set(name, isService ? `target:${text.slice('service:'.length)}` : text)
  }
  return contexts
}

/** The platform that the service runs on, its own or the default one, else the first that is built for. */
function platformOf(service: MapNode, build: MapNode, lookup: Lookup): string | undefined {
  const own = textOf(service, 'platform') || lookup('DOCKER_DEFAULT_PLATFORM')
  if (own) return own
  const platforms = childOf(build, 'platforms')
  const [first] = platforms?.kind === 'list' ? platforms.items : []
  if (first?.kind !== 'scalar' || first.text === '' || first.text === 'local') return undefined
  return first.text
}
