import type {Finding} from '../context-report.js'
import type {Rewrite} from '../dockerfile-report.js'

/** What `compose` reports. Paths are relative to the context and `/`-separated. */
export interface ComposeReport {
  schemaVersion: 1
  /** As it was given. */
  context: string
  /** The compose files that were read, in their order. */
  files: string[]
  /** What Compose calls the project. */
  project: string
  /** Why it is judged as meant for development; null: nothing says so. */
  development: string | null
  /** Those of active profiles, in the order of the files. */
  services: ComposeServiceReport[]
  /** Services of profiles that are not active. */
  inactive: string[]
  /** Errors first. `plan` is the service that a finding is about. */
  findings: Finding[]
  /** Changes of the compose files, by file and place. */
  rewrites: ComposeRewrite[]
}

/** A change of a compose file, with its proof. */
export type ComposeRewrite = Omit<Rewrite, 'cache' | 'severity'>

export interface ComposeServiceReport {
  name: string
  file: string
  /** 1-based. */
  line: number
  /** The name of the image that runs; null for a build that Compose does not name. */
  image: string | null
  /** The service whose build makes the image that this one runs without building it; null: none of the project. */
  imageOf: string | null
  /** Null: it is not built by this service. */
  build: ComposeBuildReport | null
  /** Of the image in your engine; null: it has none of this name, or cannot be asked. */
  sizeBytes: number | null
  /** What process 1 is given, as far as it is known. */
  command: string[] | null
  /** `shell`: a shell waits for the program, and passes no signal on. */
  firstProcess: 'program' | 'shell' | 'init' | 'unknown'
  /** Null: the default, ten seconds. */
  graceSeconds: number | null
  /** As written; null: none. */
  limits: {memory: string | null; cpus: string | null; pids: string | null}
  /** `unknown`: an image decides that is not built here. */
  health: 'service' | 'image' | 'none' | 'unknown'
  volumes: ComposeVolumeReport[]
  /** Why the service is judged as meant for development; null: nothing says so. */
  development: string | null
}

export interface ComposeBuildReport {
  context: string
  /** Null: it stands in the compose file, or the build cannot start. */
  dockerfile: string | null
  target: string | null
  /** The first service with an equal build; null: this one. */
  sameAs: string | null
}

export interface ComposeVolumeReport {
  kind: 'bind' | 'volume' | 'tmpfs'
  /** As written. */
  source: string | null
  target: string
  isReadOnly: boolean
  /** Instructions of the Dockerfile whose outcome it covers: `docker/Dockerfile:9 COPY src/ ./src/`. */
  hides: string[]
}
