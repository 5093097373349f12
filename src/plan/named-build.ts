import type {Place} from '../languages/documents/document-node.js'

/** A build that a file describes, with every path absolute. */
export interface NamedBuild {
  /** The service, target, job step or Dockerfile that it came from. */
  name: string
  /** Absolute. */
  contextPath: string
  /** Absolute; undefined with `dockerfileInline`, and where the context's own is meant. */
  dockerfilePath?: string
  dockerfileInline?: string
  target?: string
  buildArgs: ReadonlyMap<string, string>
  platform?: string
  /** Absolute directories; anything that is not read from here (`docker-image://…`, `target:…`) as written. */
  buildContexts: ReadonlyMap<string, string>
  place: Place | null
  note?: string
}

/** What is worth knowing about the files that tell of builds. */
export interface BuildProblem {
  severity: 'error' | 'warning' | 'info'
  message: string
  place: Place
}

/** What a source of builds tells. */
export interface NamedBuilds {
  builds: NamedBuild[]
  problems: BuildProblem[]
}
