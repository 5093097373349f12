import {childOf, type MapNode} from '../../../languages/documents/document-node.js'
import {shortenSentence} from '../../../languages/text/quote.js'
import type {ProjectFiles} from '../../project-files.js'
import type {ComposeService} from '../service/compose-service.js'
import {type ComposeDocument, checkDocument} from '../shape/check-document.js'
import {checkShape} from '../shape/check-shape.js'
import type {Refusal} from '../shape/refusal.js'
import {SERVICE} from '../shape/service-shape.js'
import type {Lookup} from '../variables/interpolate.js'
import {checkEnvFiles} from './check-env-files.js'
import {checkParts, listPartKeys} from './check-parts.js'
import {checkServices} from './check-services.js'
import {checkStart} from './check-start.js'

/** Collects what Compose refuses a project for, while its files are read. */
export class ProjectChecker {
  private readonly refusals: Refusal[] = []
  private readonly documents: MapNode[] = []
  private isExtended = false
  private readonly models = new Set<string>()
  /** Files whose documents are checked as a whole. */
  private readonly files = new Set<string>()

  /** Takes a document that counts, or of which services are extended. */
  add(document: ComposeDocument): void {
    const {replaced, role} = document
    this.refusals.push(...checkDocument(document, this.documents))
    if (role === 'extended') this.isExtended = true
    if (role === 'extended') return
    this.documents.push(replaced)
    this.files.add(replaced.place.file)
    const models = childOf(replaced, 'models')
    for (const name of models?.kind === 'map' ? models.entries.keys() : []) this.models.add(name)
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal)
  }

  /**
   * @param active services of active profiles, merged
   * @param all services of all profiles, merged
   * @returns each refusal once, though several services may share a line
   */
  finish(
    active: readonly ComposeService[],
    all: readonly ComposeService[],
    lookup: Lookup,
    files: ProjectFiles,
  ): Refusal[] {
    const shapes = [
      ...this.refusals,
      ...(this.isExtended ? all.flatMap((service) => this.checkExtended(service)) : []),
    ]
    const lines = new Set(shapes.map(({place}) => JSON.stringify(place)))
    const sense = [...this.listParts(), ...checkServices(active, all, this.models), ...checkStart(active)]
    const found = [
      ...shapes,
      // What is written wrong makes no sense either.
      ...sense.filter(({place}) => !lines.has(JSON.stringify(place))),
      ...checkEnvFiles(active, lookup, files),
    ]
    const keys = new Map(found.map((one) => [JSON.stringify([one.place, one.what]), one]))
    return sumUp([...keys.values()])
  }

  /** What a service has from a file of which only some services count. */
  private checkExtended({node}: ComposeService): Refusal[] {
    const found = checkShape(withoutMounts(node), SERVICE, 'services', {below: [], isAlone: false})
    return found.filter(({place}) => !this.files.has(place.file))
  }

  /** A part that several documents tell of is not judged. */
  private listParts(): Refusal[] {
    const counts = new Map<string, number>()
    for (const root of this.documents) {
      for (const key of listPartKeys(root)) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return this.documents.flatMap((root) => checkParts(root, (key) => counts.get(key) === 1))
  }
}

/** More than anybody corrects before the next run; a file may be another one's with every line wrong. */
const MAX_REFUSALS = 200

/** The first ones, the last of which says how many follow; what is too long in them without its middle. */
function sumUp(refusals: readonly Refusal[]): Refusal[] {
  const told = refusals.slice(0, MAX_REFUSALS).map((one) => ({
    ...one,
    what: shortenSentence(one.what),
    fix: shortenSentence(one.fix),
  }))
  const last = told.at(-1)
  const others = refusals.length - told.length
  if (last === undefined || others === 0) return told
  return [...told.slice(0, -1), {...last, what: `${last.what}, and ${others} places more are wrong`}]
}

/** Mounts are in their long form, in which they are not written. */
function withoutMounts(node: MapNode): MapNode {
  const entries = new Map(node.entries)
  entries.delete('volumes')
  return {...node, entries}
}
