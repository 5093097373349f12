import type {ComposeEnvironment} from './variables/compose-environment.js'

/** A set of compose files that are read as one. */
export interface ComposeProject {
  /** Absolute, in merging order. */
  files: readonly string[]
  /** Absolute: relative paths start here. */
  projectDir: string
  environment: ComposeEnvironment
}
