import path from 'node:path'
import {BuildFileError} from '../../errors.js'
import {
  childOf,
  type DocumentNode,
  failAtPlace,
  type MapNode,
  type ScalarNode,
} from '../../languages/documents/document-node.js'
import {resolvePath} from '../build-location.js'
import type {BuildSecret} from '../build-secrets.js'
import type {BuildProblem} from '../named-build.js'
import type {ProjectFiles} from '../project-files.js'
import {readYaml} from '../read-yaml.js'
import type {ComposeProject} from './compose-project.js'
import {ExtendsResolver} from './extends-resolver.js'
import type {Declared, DeclaredKind} from './list-refusals.js'
import {mergeServices} from './merge-services.js'
import {pickService} from './pick-service.js'
import {type ProjectSecrets, readProjectSecrets} from './read-access.js'
import {type IncludedProject, readIncludes} from './read-includes.js'
import {listConflicts} from './refusals/list-conflicts.js'
import {resolveServicePaths} from './resolve-service-paths.js'
import type {ComposeDocument} from './shape/check-document.js'
import type {Refusal} from './shape/refusal.js'
import type {ComposeEnvironment} from './variables/compose-environment.js'
import {Interpolator} from './variables/interpolator.js'

/** What the files say together, paths resolved. */
export interface ComposeServices {
  services: ReadonlyMap<string, MapNode>
  secrets: ProjectSecrets
  /** Names of what the files tell of besides services. */
  declared: Declared
  problems: BuildProblem[]
  /** Every compose file that was read, absolute. */
  files: readonly string[]
}

const MAX_INCLUDE_DEPTH = 32
const MAX_INCLUDED = 500
/** Some hundreds are the most that people write. */
const MAX_SERVICES = 5000

/** Is told each document that is read, and what Compose refuses while it puts them together. */
export interface LoadWatch {
  add(document: ComposeDocument): void
  refuse(refusal: Refusal): void
}

/**
 * Loads a Compose project: each file with its includes, then its `extends`, laid over the files before it. A service
 * that cannot be read becomes a problem; a broken file fails all.
 * @throws BuildFileError for a file that is missing or broken, and for cycles
 */
export function loadComposeServices(
  project: ComposeProject,
  files: ProjectFiles,
  watch: LoadWatch | null = null,
): ComposeServices {
  const loader = new Loader(files, watch)
  const services = loader.loadProject(project, [])
  const {secrets, declared, problems, readFiles} = loader
  return {services, secrets, declared, problems, files: [...readFiles]}
}

/** The services of a project; null where Compose refuses it. */
export function acceptedServices({services, problems}: ComposeServices): ComposeServices['services'] | null {
  return problems.some(({severity}) => severity === 'error') ? null : services
}

type Services = Map<string, MapNode>

class Loader {
  readonly problems: BuildProblem[] = []
  readonly readFiles = new Set<string>()
  readonly declared = {
    network: new Map<string, ScalarNode | null>(),
    volume: new Map<string, ScalarNode | null>(),
    secret: new Map<string, ScalarNode | null>(),
    config: new Map<string, ScalarNode | null>(),
  } satisfies Declared
  readonly secrets = new Map<string, Omit<BuildSecret, 'id'>>()
  private readonly variables = new Map<ComposeEnvironment, Interpolator>()
  private includedCount = 0

  constructor(
    private readonly files: ProjectFiles,
    private readonly watch: LoadWatch | null,
  ) {}

  loadProject(project: ComposeProject, including: readonly string[]): Services {
    const services: Services = new Map()
    let role: ComposeDocument['role'] = 'first'
    for (const file of project.files) {
      for (const root of this.readDocuments(file)) {
        this.tell(root, project.environment, role)
        role = 'later'
        if (root.entries.get('services')?.tag !== undefined) services.clear()
        layOver(services, this.loadDocument(root, file, project, including))
      }
    }
    for (const [name, service] of services) {
      services.set(name, resolveServicePaths(service, project.projectDir, homeOf(project)))
    }
    return services
  }

  private loadDocument(
    root: MapNode,
    file: string,
    project: ComposeProject,
    including: readonly string[],
  ): Services {
    const own = this.pickServices(root, project.environment)
    const chain = [...including, file]
    for (const included of readIncludes(root, project, this.files)) {
      this.checkInclude(included, chain)
      const below = this.loadProject(included, chain)
      for (const refusal of listConflicts(own, below)) this.watch?.refuse(refusal)
      layOver(below, own)
      for (const [name, service] of below) own.set(name, service)
    }
    this.addSecrets(root, project)
    this.addDeclared(root, project)
    const resolver = new ExtendsResolver({
      project,
      readServices: (other) => this.readServicesOf(other, project.environment),
      report: (error) => this.report(error),
    })
    return resolver.resolve(own, file)
  }

  private tell(root: MapNode, environment: ComposeEnvironment, role: ComposeDocument['role']): void {
    if (this.watch === null) return
    const replaced = this.variablesOf(environment).replace(root) as MapNode
    this.watch.add({root, replaced, lookup: environment.lookup, role})
  }

  private addDeclared(root: MapNode, project: ComposeProject): void {
    for (const kind of Object.keys(this.declared) as DeclaredKind[]) {
      const section = childOf(root, `${kind}s`)
      if (section?.kind !== 'map') continue
      for (const [name, entry] of section.entries) this.declared[kind].set(name, this.fileOf(entry, project))
    }
  }

  private fileOf(entry: DocumentNode, project: ComposeProject): ScalarNode | null {
    const given = childOf(entry, 'file')
    const file = given && this.variablesOf(project.environment).replace(given)
    if (file?.kind !== 'scalar' || file.text === '') return null
    return {...file, text: resolvePath(project.projectDir, file.text, homeOf(project))}
  }

  private addSecrets(root: MapNode, project: ComposeProject): void {
    const {environment, projectDir} = project
    const section = childOf(root, 'secrets')
    if (section === undefined) return
    const replaced = this.variablesOf(environment).replace(section)
    const resolve = (given: string): string => resolvePath(projectDir, given, homeOf(project))
    for (const [name, secret] of readProjectSecrets(replaced, environment.lookup, resolve))
      this.secrets.set(name, secret)
  }

  private checkInclude({files, place}: IncludedProject, chain: readonly string[]): void {
    if (chain.includes(files[0]!)) failAtPlace(place, 'the include leads back to itself')
    if (chain.length > MAX_INCLUDE_DEPTH) failAtPlace(place, 'includes are nested too deeply')
    if (++this.includedCount > MAX_INCLUDED)
      failAtPlace(place, `more than ${MAX_INCLUDED} files are included`)
    for (const file of files) {
      const {status} = this.files.read(file)
      if (status === 'missing')
        failAtPlace(place, `cannot include "${path.basename(file)}": there is no such file`)
    }
  }

  /** The services of a file that `extends` names: its includes do not count. */
  private readServicesOf(file: string, environment: ComposeEnvironment): Services {
    const services: Services = new Map()
    for (const root of this.readDocuments(file)) {
      this.tell(root, environment, 'extended')
      layOver(services, this.pickServices(root, environment))
    }
    return services
  }

  private pickServices(root: MapNode, environment: ComposeEnvironment): Services {
    const picked: Services = new Map()
    const services = childOf(root, 'services')
    if (services === undefined) return picked
    if (services.kind !== 'map') failAtPlace(services.place, '"services" must be a mapping')
    if (services.entries.size > MAX_SERVICES)
      failAtPlace(services.place, `more than ${MAX_SERVICES} services`)
    for (const [name, service] of services.entries) {
      try {
        picked.set(name, pickService(service, name, environment.lookup, this.variablesOf(environment)))
      } catch (error) {
        this.report(error)
      }
    }
    return picked
  }

  private variablesOf(environment: ComposeEnvironment): Interpolator {
    const variables = this.variables.get(environment) ?? new Interpolator(environment.lookup)
    this.variables.set(environment, variables)
    return variables
  }

  private report(error: unknown): void {
    if (!(error instanceof BuildFileError) || error.line === null) throw error
    const {file, line, message} = error
    this.problems.push({severity: 'error', message, place: {file, line}})
  }

  private readDocuments(file: string): MapNode[] {
    const read = this.files.read(file)
    if (read.status === 'missing') throw new BuildFileError('there is no such file', file, null)
    if (read.status === 'unreadable') throw new BuildFileError(read.reason, file, null)
    this.readFiles.add(file)
    const documents = readYaml(read, this.files, file, {stringKeys: true})
    return documents.filter((root) => root !== null).map(requireMap)
  }
}

/** Lays services over those of the files before: a whole one can be reset or overridden, too. */
function layOver(services: Services, above: Services): void {
  for (const [name, service] of above) {
    const below = services.get(name)
    if (service.tag === 'reset') services.delete(name)
    else if (below === undefined || service.tag === 'override') services.set(name, service)
    else services.set(name, mergeServices(below, service))
  }
}

function requireMap(root: DocumentNode): MapNode {
  if (root.kind === 'scalar' && root.type === 'null') return {...root, kind: 'map', entries: new Map()}
  if (root.kind !== 'map') failAtPlace(root.place, 'a compose file must be a mapping')
  return root
}

function homeOf({environment}: ComposeProject): string {
  return environment.lookup('HOME') ?? ''
}
