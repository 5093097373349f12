import path from 'node:path'
import {BuildFileError} from '../../errors.js'
import {childOf, failAtPlace, type MapNode, textOf} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {resolvePath} from '../build-location.js'
import type {ComposeProject} from './compose-project.js'
import {mergeServices} from './merge-services.js'
import {resolveServicePaths} from './resolve-service-paths.js'

type Services = ReadonlyMap<string, MapNode>

interface ResolverInputs {
  project: ComposeProject
  /** The services of another file. @throws BuildFileError if it cannot be read */
  readServices(file: string): Services
  /** Takes an error about one service; throws what concerns more. */
  report(error: unknown): void
}

/** The file that services come from. */
interface Source {
  file: string
  services: Services
  /** Where its own `extends` start from. */
  baseDir: string
}

const MAX_DEPTH = 100

/**
 * Resolves `extends`, in the same file or another one. The paths of an extended service are relative to its own file,
 * those of the extending one to the project.
 */
export class ExtendsResolver {
  private readonly sources = new Map<string, Source>()
  private readonly extended = new Map<MapNode, MapNode>()

  constructor(private readonly inputs: ResolverInputs) {}

  /** Those services that cannot be resolved are reported and left out. */
  resolve(services: Services, file: string): Map<string, MapNode> {
    const source = {file, services, baseDir: this.inputs.project.projectDir}
    const resolved = new Map<string, MapNode>()
    for (const [name, service] of services) {
      try {
        resolved.set(name, this.extend(service, name, source, []))
      } catch (error) {
        this.inputs.report(error)
      }
    }
    return resolved
  }

  private extend(service: MapNode, name: string, source: Source, chain: readonly string[]): MapNode {
    const base = service.entries.get('extends')
    if (base === undefined || base.tag === 'reset') return service
    const known = this.extended.get(service)
    if (known !== undefined) return known
    const step = JSON.stringify([source.file, name])
    if (chain.includes(step)) failAtPlace(base.place, `"extends" leads back to service "${name}"`)
    if (chain.length >= MAX_DEPTH) failAtPlace(base.place, '"extends" is nested too deeply')
    const other = this.sourceOf(service, source)
    const baseName = textOf(base, 'service') ?? ''
    const found = other.services.get(baseName)
    if (found === undefined) {
      const file = path.basename(other.file)
      failAtPlace(base.place, `service "${name}" extends "${baseName}", which cannot be read from ${file}`)
    }
    const below = this.extend(found, baseName, other, [...chain, step])
    const entries = new Map(mergeServices(below, service).entries)
    entries.delete('extends')
    const extended = {...service, entries}
    this.extended.set(service, extended)
    return extended
  }

  private sourceOf(service: MapNode, source: Source): Source {
    const {project, readServices} = this.inputs
    const base = childOf(service, 'extends')
    const given = textOf(base, 'file')
    if (base === undefined || given === undefined) return source
    if (given.includes('://') || given.startsWith('git@')) {
      failAtPlace(base.place, `"${given}" is remote: it cannot be read from here`)
    }
    const home = project.environment.lookup('HOME') ?? ''
    const file = resolvePath(source.baseDir, given, home)
    const known = this.sources.get(file)
    if (known !== undefined) return known
    const baseDir = path.dirname(file)
    const services = new Map<string, MapNode>()
    for (const [name, other] of readNamed(file, () => readServices(file), base.place)) {
      services.set(name, resolveServicePaths(other, baseDir, home))
    }
    const made = {file, services, baseDir}
    this.sources.set(file, made)
    return made
  }
}

/** A file that cannot be read at all is a fault of the line that names it. */
function readNamed(file: string, read: () => Services, place: Location): Services {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BuildFileError) || error.line !== null) throw error
    return failAtPlace(place, `cannot extend from "${path.basename(file)}": ${error.message}`)
  }
}
