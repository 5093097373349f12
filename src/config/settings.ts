import type {BudgetName} from '../report/budget-name.js'
import type {ImageLimits} from '../report/image-report.js'
import type {MeasureLimits} from '../report/measure/measure-report.js'
import type {Tolerance} from './parse-amounts.js'
import type {ConfigFailOn, ConfigFormat, ConfigRuleLevel} from './slim-check-config.js'
import type {SmokeCheck} from './smoke-check.js'

/** A configuration with sizes in bytes and patterns read. Commands add the defaults. */
export interface Settings {
  budgets: BudgetLimits
  /** Of measured builds. */
  measure?: MeasureLimits
  smoke?: readonly SmokeCheck[]
  /** Of images. */
  image?: ImageLimits
  /** In the order of the file. */
  builds: readonly BuildSettings[]
  rules: RuleLevels
  keep: readonly string[]
  /** Patterns of paths where no builds are looked for. */
  excludeBuilds?: readonly string[]
  failOn?: ConfigFailOn
  format?: ConfigFormat
  top?: number
  depth?: number
  bandwidth?: string
  baseline?: BaselineSettings
}

/** Upper limits in bytes, for `max-files` in files. An absent budget has no limit. */
export type BudgetLimits = Readonly<Partial<Record<BudgetName, number>>>

/** By rule id; a finding of a rule that is absent keeps its severity. */
export type RuleLevels = ReadonlyMap<string, ConfigRuleLevel>

/** The part of `builds` that one key holds. */
export interface BuildSettings {
  /** A name, or a pattern of names: `*` stops at `/`, `**` crosses it. */
  name: string
  budgets: BudgetLimits
  measure?: MeasureLimits
  smoke?: readonly SmokeCheck[]
  target?: string
  platform?: string
  buildArgs: Readonly<Record<string, string>>
}

export interface BaselineSettings {
  /** As written: relative to the configuration. */
  file: string
  tolerance?: Tolerance
  floorBytes?: number
}

/** The settings without a configuration. */
export const NO_SETTINGS: Settings = {budgets: {}, builds: [], rules: new Map(), keep: []}
