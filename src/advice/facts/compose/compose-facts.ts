import type {SourceDocument} from '../../../languages/documents/source-node.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import type {Refusal} from '../../../plan/compose/shape/refusal.js'
import {findDevelopment} from './find-development.js'
import type {ServiceBuild} from './service-build.js'
import {findServiceStart, type ServiceStart} from './service-start.js'

/** A Compose project, and what is known of the images that it builds. */
export interface ComposeInput {
  /** As Compose calls it: images that are built and have no name begin so. */
  projectName: string
  /** In the order of the files. */
  services: readonly ComposeService[]
  /** By the names of services; without those whose build cannot start, or is not read from here. */
  builds: ReadonlyMap<string, ServiceBuild>
  /** Services whose build cannot start. */
  broken: ReadonlySet<string>
  /** What Compose refuses the project for. */
  refusals: readonly Refusal[]
  /** The files as they are written, by their absolute paths. */
  files: ReadonlyMap<string, ComposeText>
  /** Names of other compose files beside them. */
  neighbours: readonly string[]
  /** The names of the folders that lead from the root of the repository to the project; its own alone without a repository, or at the root. */
  folders: readonly string[]
  /** Tells whether something stands at an absolute path of the host. */
  isThere: (hostPath: string) => boolean
  /** A path as reports name it. */
  show: (hostPath: string) => string
}

/** A compose file. */
export interface ComposeText {
  /** Without its byte-order mark. */
  text: string
  documents: readonly SourceDocument[]
}

/** A service with what several rules want to know of it. */
export interface ServiceFacts {
  service: ComposeService
  build: ServiceBuild | null
  start: ServiceStart | null
  /** Why it is meant for development; null: nothing says so. */
  development: string | null
}

/** The input with what several rules want to know of it. */
export class ComposeFacts {
  readonly services: readonly ServiceFacts[]
  /** Why the whole project is meant for development; null: nothing says so. */
  readonly development: string | null

  constructor(readonly input: ComposeInput) {
    this.services = input.services.map((service) => {
      const build = input.builds.get(service.name) ?? null
      const start = findServiceStart(service, build)
      return {
        service,
        build,
        start,
        development: findDevelopment(service, build, start, input.show(service.place.file)),
      }
    })
    this.development = describeProject(input, this.services)
  }

  /** A place as a finding tells it. */
  placeOf({file, line}: {file: string; line: number}): {file: string; line: number} {
    return {file: this.input.show(file), line}
  }

  find(name: string): ServiceFacts | undefined {
    return this.services.find(({service}) => service.name === name)
  }

  /** Services that build the same image, two at least in each group. */
  get sharedBuilds(): ServiceFacts[][] {
    const groups = new Map<string, ServiceFacts[]>()
    for (const one of this.services) {
      const {name, buildKey: key} = one.service
      if (key !== null && !this.input.broken.has(name)) groups.set(key, [...(groups.get(key) ?? []), one])
    }
    return [...groups.values()].filter((group) => group.length > 1)
  }
}

const FOLDER = /^\.?(?:dev|devel|develop|development|devcontainer|local|tests?|testing|e2e|demo|playground)$/i

/** What lies below serves tests. */
const ABOVE =
  /^(?:tests?|testing|test[-_]?data|fixtures?|e2e(?:[-_].*)?|(?:integration|system|acceptance)[-_]tests?)$/i

/** One service for development makes it likely that all are. */
function describeProject(
  {neighbours, folders}: ComposeInput,
  services: readonly ServiceFacts[],
): string | null {
  // A profile is not started unless somebody asks for it: it tells of its service alone.
  const first = services.find(
    ({development, service}) => development !== null && service.profiles.length === 0,
  )
  if (first !== undefined) return `${first.service.name}: ${first.development}`
  const folder = FOLDER.test(folders.at(-1) ?? '') ? folders.at(-1) : folders.find((name) => ABOVE.test(name))
  if (folder !== undefined) return `it is in ${folder}`
  const other = neighbours.find((name) =>
    /(?:^|[.\-_])(?:prod|production|deploy|release)(?=[.\-_])/i.test(name),
  )
  return other === undefined ? null : `${other} is the file for production`
}
