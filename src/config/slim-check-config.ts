/**
 * A configuration as people write it: `.slim-check.yaml`, `.slim-check.json`, or `"slim-check"` in package.json.
 * docs/configuration.md explains the keys; `CONFIG_SCHEMA` is the same for validation.
 */
export interface SlimCheckConfig {
  $schema?: string
  /** Limits for every build. */
  budgets?: ConfigBudgets | null
  /** Limits for every build that is measured. */
  measure?: ConfigMeasure | null
  /** Smoke checks of every image that is measured. */
  smoke?: ConfigSmoke[] | null
  /** Limits for every image. */
  image?: ConfigImage | null
  /** By the name of a build (a service, a bake target, the path of a Dockerfile), or a pattern of names. */
  builds?: Record<string, ConfigBuild | null> | null
  /** By rule id. */
  rules?: Record<string, ConfigRuleLevel> | null
  /** Patterns of an ignore file: what they match is never suggested for ignoring. */
  keep?: string[] | null
  /** Patterns of an ignore file: Dockerfiles, compose files and bake files there are not looked for. */
  'exclude-builds'?: string[] | null
  'fail-on'?: ConfigFailOn
  format?: ConfigFormat
  /** How many of the largest paths to show. */
  top?: number
  /** How many levels deep the largest paths are rolled up. */
  depth?: number
  /** Like `50Mbit`. */
  bandwidth?: string
  baseline?: ConfigBaseline | null
}

/** A size is text such as `50MB` or `1.5GiB`, or a number of bytes. */
export interface ConfigBudgets {
  'max-transfer'?: string | number
  'max-files'?: number
  'max-rebuild'?: string | number
  'max-entry'?: string | number
}

/** Sizes as in budgets, durations such as `5m` or a number of seconds, shares such as `10%`. */
export interface ConfigMeasure {
  'max-build-time'?: string | number
  'max-size'?: string | number
  'max-pull'?: string | number
  'max-deploy'?: string | number
  'max-growth'?: string
  'min-saving'?: string
  'min-speedup'?: string
}

/** Smoke checks of one image; at least one of `run`, `files`, `absent`, `user`, `ports`, `health` and `stop`. */
export interface ConfigSmoke {
  name?: string
  run?: string | string[]
  status?: number
  output?: string
  files?: string[]
  absent?: string[]
  user?: string
  ports?: number[]
  health?: boolean | string | string[]
  stop?: string | number
  within?: string | number
  network?: string
  env?: Record<string, string | number | boolean> | null
  'read-only'?: boolean
}

/** Sizes as in budgets. */
export interface ConfigImage {
  'max-size'?: string | number
  'max-pull'?: string | number
  'max-hidden'?: string | number
  'max-deploy'?: string | number
}

export interface ConfigBuild {
  budgets?: ConfigBudgets | null
  measure?: ConfigMeasure | null
  /** In addition to the general ones. */
  smoke?: ConfigSmoke[] | null
  target?: string
  platform?: string
  'build-args'?: Record<string, string | number | boolean> | null
}

export interface ConfigBaseline {
  /** Relative to the configuration. */
  file: string
  /** `5%` or `2MB`. */
  tolerance?: string | number
  floor?: string | number
}

export type ConfigRuleLevel = 'off' | 'error' | 'warning' | 'info'

export type ConfigFailOn = 'error' | 'warning' | 'suggestion' | 'never'

export type ConfigFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'github' | 'html'
