import type {Location} from '../../../languages/text/range.js'
import type {CiBuild, CiCache} from '../../../plan/ci/ci-plan.js'
import type {RuleDescription} from '../../../report/rule-description.js'

/** What rules about CI look at. */
export interface CiFacts {
  /** The builds of the Dockerfiles that are asked for. */
  builds: readonly JudgedBuild[]
  /** All builds of the repository. */
  allBuilds: readonly CiBuild[]
  caches: readonly CiCache[]
  /** Whether a file of the repository matches a pattern; null where that is not known. */
  hasFile(pattern: string): boolean | null
}

export interface JudgedBuild extends CiBuild {
  /** Its Dockerfile has a RUN. */
  hasRun: boolean
}

/** What a rule finds. */
export interface CiProblem {
  place: Location
  /** Names in double quotes; no period. */
  message: string
  /** Imperative, no period. */
  fix: string
  /** Lines to paste, without a line feed at the end. */
  snippet?: string
}

/** A CI file that shows a rule at work. */
export interface CiExample {
  title: string
  /** `.github/workflows/ci.yml`, unless it begins with a job of GitLab. */
  system: 'github' | 'gitlab'
  text: string
  /** Default: one with a RUN. */
  dockerfile?: string
  tracked?: readonly string[]
  /** Of the message; null: nothing is found. */
  expected: RegExp | null
}

/** A rule about the instructions of CI. */
export interface CiRule extends RuleDescription {
  /** Run by the tests; the first that is found is shown in the documentation. */
  examples: readonly CiExample[]
  find(facts: CiFacts): CiProblem[]
}

/**
 * The type of a cache: `gha` of `type=gha,mode=max`, also within an expression; an image alone is one in a registry.
 * `unknown` where only GitHub knows it.
 */
export function typeOf(cache: string): string {
  return /\btype=([\w-]+)/.exec(cache)?.[1] ?? (cache.includes('${{') ? UNKNOWN_TYPE : 'registry')
}

export const UNKNOWN_TYPE = 'unknown'

/** What a build on a new machine says to take and to leave a cache. */
export function proposeCache({system}: Pick<CiBuild, 'system'>): string {
  return system === 'github' ? GITHUB : GITLAB
}

const GITHUB = `- uses: docker/setup-buildx-action@v3
- uses: docker/build-push-action@v6
  with:
    context: .
    cache-from: type=gha
    cache-to: type=gha,mode=max`

const GITLAB = `- docker context create ci
- docker buildx create --use --driver docker-container ci
- docker buildx build
    --cache-from type=registry,ref=$CI_REGISTRY_IMAGE/cache
    --cache-to type=registry,ref=$CI_REGISTRY_IMAGE/cache,mode=max
    --push --tag $CI_REGISTRY_IMAGE:$CI_COMMIT_SHA .`
