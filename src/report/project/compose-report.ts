import type {Finding} from '../context-report.js'
import type {Rewrite} from '../dockerfile-report.js'

/** What `compose --json` prints. Paths are relative to the context and `/`-separated. */
export interface ComposeReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /** The compose files, in the order in which Compose merges them. */
  files: string[]
  /** Compose's name of the project. */
  project: string
  /** Why the project counts as a development set-up; null if it does not. */
  development: string | null
  /** Services of active profiles, in the order of the files. */
  services: ComposeServiceReport[]
  /** Services of profiles that are not active. */
  inactive: string[]
  /** Errors first. A finding's `plan` is the service. */
  findings: Finding[]
  /** By file, then by line. */
  rewrites: ComposeRewrite[]
}

/** A change of a compose file, with its proof. */
export type ComposeRewrite = Omit<Rewrite, 'cache' | 'severity'>

export interface ComposeServiceReport {
  name: string
  file: string
  /** 1-based. */
  line: number
  /** The image that the service runs; null for a build without a name. */
  image: string | null
  /** For a service that does not build: the service of the project that builds its image; null if none does. */
  imageOf: string | null
  /** Null for a service that does not build. */
  build: ComposeBuildReport | null
  /** Size of the image in the local engine; null if the engine has no such image, or is not available. */
  sizeBytes: number | null
  /** The command of process 1; null if unknown. */
  command: string[] | null
  /** What process 1 is. `shell`: a shell that waits for the program and forwards no signal. */
  firstProcess: 'program' | 'shell' | 'init' | 'unknown'
  /** `stop_grace_period`; null for the default of 10 seconds. */
  graceSeconds: number | null
  /** As written; null if absent. */
  limits: {memory: string | null; cpus: string | null; pids: string | null}
  /** Where the health check comes from. `unknown`: the image is not built here. */
  health: 'service' | 'image' | 'none' | 'unknown'
  volumes: ComposeVolumeReport[]
  /** Why the service counts as one for development; null if it does not. */
  development: string | null
}

export interface ComposeBuildReport {
  context: string
  /** Null if the compose file holds it inline, or if the build cannot start. */
  dockerfile: string | null
  target: string | null
  /** The first service with an equal build; null if that is this one. */
  sameAs: string | null
}

export interface ComposeVolumeReport {
  kind: 'bind' | 'volume' | 'tmpfs'
  /** As written. */
  source: string | null
  target: string
  isReadOnly: boolean
  /** Instructions of the Dockerfile whose files it hides: `docker/Dockerfile:9 COPY src/ ./src/`. */
  hides: string[]
}
