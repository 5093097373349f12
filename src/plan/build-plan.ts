import type {EvaluatedDockerfile} from '../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import type {TrackedPaths} from '../languages/git/tracked-paths.js'
import type {IgnoreRules} from '../languages/ignore/ignore-rules.js'
import type {ServiceRun} from './service-run.js'
import type {LackingArgument} from './stand-in-arguments.js'
import type {Workspace} from './workspace.js'

/** The ignore file that applies to a context. */
export interface PlanIgnoreFile {
  /** Relative to the context, `/`-separated; one outside it starts with `../`. */
  path: string
  content: Uint8Array
  rules: IgnoreRules
  /** It stands there and cannot be read: it counts as empty. */
  isUnreadable?: true
  /** It is written in another encoding than UTF-8: Docker reads it, and no line takes effect. */
  encoding?: WideEncoding
  /** The file at the root of the context that this one replaces. */
  replaced?: {path: string; rules: IgnoreRules}
}

/** Encodings with a byte-order mark that Docker does not know. */
export type WideEncoding = 'UTF-16' | 'UTF-32'

/** A directory that a build reads from the client: its context, or a named one. */
export interface ContextSource {
  /** As given. */
  path: string
  /** Absolute. */
  hostPath: string
  ignoreFile: PlanIgnoreFile | null
  /**
   * The builder fetches it itself, from Git: of the directory here what is tracked stands for it. No ignore file applies,
   * and nothing is sent.
   */
  git?: {tracked: TrackedPaths | null}
}

/** One build, as `docker build` would get it. */
export interface BuildPlan {
  /** The service, bake target or Dockerfile path that the plan came from. */
  name: string
  context: ContextSource
  /** null: there is no Dockerfile, everything counts as asked for. */
  dockerfile: {
    /** Relative to the context, `/`-separated; `-` for standard input. */
    path: string
    content: Uint8Array
    evaluated: EvaluatedDockerfile
    /** Nobody names it: it was found by a search, and `docker build` may need `--file`. */
    isSearched?: true
    /** Its context is a guess that little speaks for. */
    isVague?: true
    /** No file tells of the build: whoever builds it may give arguments that are not known here. */
    isOpen?: true
    /** Build arguments that its base images hang on, and that nobody gives: something stands for them. */
    lacking?: readonly LackingArgument[]
  } | null
  target: string | null
  namedContexts: readonly NamedContext[]
  /** What a workflow's job has when it builds; its place is relative to the context. */
  workspace?: Workspace
  /** The services that run the image; their files relative to the context. */
  services?: readonly ServiceRun[]
}

/** A context given with `--build-context NAME=PATH`. */
export interface NamedContext {
  name: string
  context: ContextSource
}
