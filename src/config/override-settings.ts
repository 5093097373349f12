import {SlimCheckError} from '../errors.js'
import {parseSize} from '../languages/text/parse-size.js'
import {BUDGET_NAMES, type BudgetName} from '../report/budget-name.js'
import type {BudgetLimits, Settings} from './settings.js'
import type {ConfigFailOn, ConfigFormat} from './slim-check-config.js'

/** The flags of the command line by name; a flag that was not given is absent. */
export interface SettingFlags extends Partial<Record<BudgetName, string | undefined>> {
  'fail-on'?: ConfigFailOn | undefined
  format?: ConfigFormat | undefined
  top?: number | undefined
  depth?: number | undefined
  bandwidth?: string | undefined
}

/**
 * Lets flags win: a budget on the command line holds for every build, also where the configuration has another.
 * @throws SlimCheckError `bad-flag` for a budget that cannot be read
 */
export function overrideSettings(settings: Settings, flags: SettingFlags): Settings {
  const given = readLimits(flags)
  const {'fail-on': failOn, format, top, depth, bandwidth} = flags
  return {
    ...settings,
    budgets: {...settings.budgets, ...given},
    builds: settings.builds.map((build) => ({...build, budgets: {...build.budgets, ...given}})),
    ...(failOn !== undefined && {failOn}),
    ...(format !== undefined && {format}),
    ...(top !== undefined && {top}),
    ...(depth !== undefined && {depth}),
    ...(bandwidth !== undefined && {bandwidth}),
  }
}

function readLimits(flags: SettingFlags): BudgetLimits {
  const limits: Partial<Record<BudgetName, number>> = {}
  for (const name of BUDGET_NAMES) {
    const text = flags[name]
    if (text !== undefined) limits[name] = readLimit(name, text)
  }
  return limits
}

function readLimit(name: BudgetName, text: string): number {
  const isCount = name === 'max-files'
  const limit = isCount && !/^\d+$/.test(text) ? null : parseSize(text)
  if (limit !== null) return limit
  throw new SlimCheckError('bad-flag', {
    message: `--${name}: ${JSON.stringify(text)} is not a ${isCount ? 'whole number' : 'size'}`,
    nextStep: isCount ? 'Write it as 2000' : 'Write it as 50MB (10^6 bytes) or 50MiB (2^20 bytes)',
  })
}
