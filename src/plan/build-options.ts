import type {ImageFacts} from '../languages/dockerfile/evaluate/names/image-facts.js'
import type {StepAccess} from './build-secrets.js'
import type {ServiceRun} from './service-run.js'
import type {Workspace} from './workspace.js'

/** The options of `docker build`, under the names of its flags. */
export interface BuildOptions extends StepAccess {
  contextDir: string
  /** Path of the Dockerfile, relative to the working directory. Default: `Dockerfile` or `dockerfile` in the context. */
  dockerfile?: string
  /** Nobody names the Dockerfile: it was found by a search. */
  isSearched?: true
  /** Its context is a guess that little speaks for. */
  isVague?: true
  /** No file tells of the build: whoever builds it may give arguments that are not known here. */
  isOpen?: true
  /** What a workflow's job has when it builds; its place is relative to the working directory. */
  workspace?: Workspace
  /** The services that run the image; their files relative to the working directory. */
  services?: readonly ServiceRun[]
  /** A Dockerfile's text, from standard input; no ignore file of its own goes with it. */
  dockerfileContent?: Uint8Array
  target?: string
  buildArgs?: Readonly<Record<string, string>>
  /**
   * Arguments that are given with values that cannot be known here, and something that may stand for each. They count only
   * where the Dockerfile cannot be read without.
   */
  unknownArgs?: Readonly<Record<string, string>>
  /** `os/architecture[/variant]`. Default: linux on this machine's architecture. */
  platform?: string
  /** Named contexts: name to directory. Anything else (an image, a URL) is not read from here. */
  buildContexts?: Readonly<Record<string, string>>
  /** Default: the process's. */
  workingDir?: string
  /** What is known of base images, by name. */
  images?: Readonly<Record<string, Partial<ImageFacts>>>
}
