import type {DocumentNode, MapNode} from '../../../languages/documents/document-node.js'
import type {Location} from '../../../languages/text/range.js'
import type {ComposeMount} from './read-mounts.js'
import type {PublishedPort} from './read-ports.js'

/** A service as its files say it together, as far as it tells how containers are built and run. */
export interface ComposeService {
  name: string
  /** Where it is written; of several files the first. */
  place: Location
  node: MapNode
  /** The name of the image as written, with its variables replaced; null: none is given. */
  image: string | null
  /** Null: it runs an image that others built. */
  build: MapNode | null
  /** Two services with the same one build the same image; null without a build that is read from here. */
  buildKey: string | null
  profiles: readonly string[]
  /** Null: the image's. */
  entrypoint: ServiceCommand | null
  command: ServiceCommand | null
  mounts: readonly ComposeMount[]
  dependencies: readonly Dependency[]
  ports: readonly PublishedPort[]
  health: Health
  limits: Limits
  /** Docker starts an init as process 1. */
  hasInit: boolean
  /** Null: Docker's ten seconds. */
  graceSeconds: number | null
  /** The section `develop`, which says what is watched while one works on the code. */
  isDeveloped: boolean
  environment: ReadonlyMap<string, string>
  /** A container path; null: the image's. */
  workingDir: string | null
}

/** A command or an entrypoint. */
export interface ServiceCommand {
  words: readonly string[]
  /** What Compose drops of a text: all from the first operator of a shell on; null: nothing. */
  dropped: string | null
  node: DocumentNode
}

/** Another service that is started first. */
export interface Dependency {
  name: string
  condition: string
  place: Location
}

/** `set`: the service has a check. `off`: it takes the image's away. `image`: what the image has counts. */
export type Health = 'set' | 'off' | 'image'

/** Upper limits as written; null: none. */
export interface Limits {
  memory: string | null
  cpus: string | null
  pids: string | null
  /** Older keys beside newer ones that differ, or are absent from a section that is there: Compose refuses them. */
  conflicts: readonly {key: string; other: string; place: Location; isAbsent: boolean}[]
}
