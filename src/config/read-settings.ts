import {ConfigFileError} from '../errors.js'
import {parseSize} from '../languages/text/parse-size.js'
import {BUDGET_NAMES} from '../report/budget-name.js'
import {IMAGE_BUDGET_NAMES, type ImageLimits} from '../report/image-report.js'
import {type ConfigNode, toPlainValue} from './config-node.js'
import {pickMeasureLimits} from './measure-limits.js'
import {parseTolerance} from './parse-amounts.js'
import type {BaselineSettings, BudgetLimits, BuildSettings, Settings} from './settings.js'
import type {
  ConfigBaseline,
  ConfigBudgets,
  ConfigBuild,
  ConfigSmoke,
  SlimCheckConfig,
} from './slim-check-config.js'
import {readSmokeChecks, type SmokeCheck} from './smoke-check.js'
import {validateConfig} from './validate-config.js'

/** Reads a configuration. @throws ConfigFileError with every problem */
export function readSettings(root: ConfigNode): Settings {
  const problems = validateConfig(root)
  if (problems.length > 0) throw new ConfigFileError(problems)
  const config = (toPlainValue(root) ?? {}) as SlimCheckConfig
  const {'fail-on': failOn, format, top, depth, bandwidth, baseline} = config
  const excludeBuilds = config['exclude-builds'] ?? []
  return {
    budgets: readLimits(config.budgets),
    ...(config.measure && {measure: pickMeasureLimits({...config.measure})}),
    ...(config.smoke && {smoke: readSmoke(config.smoke)}),
    ...(config.image && {image: pickImageLimits({...config.image})}),
    builds: Object.entries(config.builds ?? {}).map(([name, build]) => readBuild(name, build ?? {})),
    rules: new Map(Object.entries(config.rules ?? {})),
    keep: config.keep ?? [],
    ...(excludeBuilds.length > 0 && {excludeBuilds}),
    ...(failOn !== undefined && {failOn}),
    ...(format !== undefined && {format}),
    ...(top !== undefined && {top}),
    ...(depth !== undefined && {depth}),
    ...(bandwidth !== undefined && {bandwidth}),
    ...(baseline && {baseline: readBaselineSettings(baseline)}),
  }
}

/** @throws ConfigFileError for an entry that says nothing to check */
function readSmoke(entries: readonly ConfigSmoke[]): SmokeCheck[] {
  return entries.flatMap((entry, at) => {
    const checks = readSmokeChecks(entry)
    if (checks.length > 0) return checks
    const message = `smoke[${at}]: has nothing to check: add run, files, absent, user, ports, health or stop`
    throw new ConfigFileError([{line: 1, message}])
  })
}

function pickImageLimits(given: Readonly<Record<string, unknown>>): ImageLimits {
  const names = IMAGE_BUDGET_NAMES.filter((name) => given[name] !== undefined && given[name] !== null)
  return Object.fromEntries(names.map((name) => [name, String(given[name])]))
}

function readLimits(budgets: ConfigBudgets | null | undefined): BudgetLimits {
  const limits: Partial<Record<(typeof BUDGET_NAMES)[number], number>> = {}
  for (const name of BUDGET_NAMES) {
    const given = budgets?.[name]
    if (given !== undefined) limits[name] = parseSize(String(given))!
  }
  return limits
}

function readBuild(
  name: string,
  {budgets, measure, smoke, target, platform, 'build-args': buildArgs}: ConfigBuild,
): BuildSettings {
  return {
    name,
    budgets: readLimits(budgets),
    ...(measure && {measure: pickMeasureLimits({...measure})}),
    ...(smoke && {smoke: readSmoke(smoke)}),
    ...(target !== undefined && {target}),
    ...(platform !== undefined && {platform}),
    buildArgs: Object.fromEntries(
      Object.entries(buildArgs ?? {}).map(([key, value]) => [key, String(value)]),
    ),
  }
}

function readBaselineSettings({file, tolerance, floor}: ConfigBaseline): BaselineSettings {
  return {
    file,
    ...(tolerance !== undefined && {tolerance: parseTolerance(tolerance)!}),
    ...(floor !== undefined && {floorBytes: parseSize(String(floor))!}),
  }
}
