import type {CacheAfter, CacheBuilder} from '../../report/cache-report.js'
import type {BuildRequest} from '../load/ask-builds.js'
import type {WalkSettings} from '../load/load-project.js'
import type {Build} from '../project.js'
import type {CacheLimits} from './check-cache-budgets.js'

/** What a person asks of the cache. Without a change the everyday ones are looked at. */
export interface CacheRequest extends BuildRequest, WalkSettings {
  /** Paths that change, relative to the working directory. */
  changed?: readonly string[]
  /** A commit: what has changed since. */
  since?: string
  /** How many of the last commits. */
  last?: number
  /** Build arguments that change, with their new values. */
  changedArgs?: Readonly<Record<string, string>>
  /** Why the last build ran what it ran, beside the one before it, as the engine's history tells. */
  explain?: boolean
  /** Only these of the everyday scenarios. */
  scenarios?: readonly EverydayScenario[]
  builder?: CacheBuilder
  /** Where the engine keeps images. Default: classic for the local builder, else containerd, as BuildKit in a container has it. */
  imageStore?: 'classic' | 'containerd'
  limits?: CacheLimits
  /** Gives another text for the Dockerfile of a build, with which the same changes are predicted; null: there is none. */
  rewrite?: (build: Build) => RewrittenText | null
  /** Where the times of past builds are kept; null: they are not asked for. Default: null. */
  timesDir?: string | null
  /** `.dockerbuild` files whose times count, too, relative to the working directory. */
  records?: readonly string[]
}

/** Another text of a Dockerfile, and what makes it. */
export interface RewrittenText {
  content: Uint8Array
  rewrites: CacheAfter['rewrites']
}

/** The everyday changes. */
export const EVERYDAY_SCENARIOS = ['source', 'lock', 'commit', 'no-change', 'clean-checkout'] as const

export type EverydayScenario = (typeof EVERYDAY_SCENARIOS)[number]

/** BuildKit in a container, as builders of CI are, links copies; so does the containerd store. */
export function chooseStore({builder = 'local', imageStore}: CacheRequest): 'classic' | 'containerd' {
  return imageStore ?? (builder === 'local' ? 'classic' : 'containerd')
}
