import {escapePattern} from '../languages/ignore/escape-pattern.js'
import {formatBytes} from '../languages/text/amounts.js'
import type {ContextReport, PlanReport} from '../report/context-report.js'
import {headlineOf} from '../report/headline.js'
import {addSizes} from '../report/sizes.js'

/** Room to grow before a budget fails. */
const HEADROOM = 1.25

const LEAST_BYTES = 1_000_000
const LEAST_FILES = 100

/** The first digits of a limit: people choose round numbers. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The budgets proposed for a build. */
interface Limits {
  transferBytes: number
  fileCount: number
  rebuildBytes: number
}

/**
 * Writes a first configuration, with comments: each budget is what the build transfers after the safe suggestions, a
 * quarter more, rounded up. With several builds the general budgets are those of the largest, and each has its own.
 */
export function renderInitialConfig(report: ContextReport): string {
  const plans = report.plans.map((plan) => ({name: plan.name, limits: limitsOf(plan)}))
  const largest: Limits = {
    transferBytes: Math.max(...plans.map(({limits}) => limits.transferBytes)),
    fileCount: Math.max(...plans.map(({limits}) => limits.fileCount)),
    rebuildBytes: Math.max(...plans.map(({limits}) => limits.rebuildBytes)),
  }
  const {before, after} = headlineOf(report)
  const now = `transferred now: ${formatBytes(before.transferBytes)}, after the safe suggestions: ${formatBytes(after.transferBytes)}`
  return [
    '# Configuration of docker slim-check. Keys: docs/configuration.md of docker-slim-check.',
    '# Sizes: 50MB is 50 * 10^6 bytes, 50MiB is 50 * 2^20. Flags on the command line win.',
    '',
    '# Budgets of every build: docker-slim-check exits with status 1 if one is exceeded.',
    `# ${now}`,
    'budgets:',
    `  max-transfer: ${writeSize(largest.transferBytes)}`,
    `  max-files: ${largest.fileCount}`,
    `  # max-rebuild: ${writeSize(largest.rebuildBytes)}  # what a rebuild sends when nothing has changed`,
    '  # max-entry: 20MB  # the largest single file',
    '',
    '# Budgets of an image (docker-slim-check image).',
    'image:',
    '  max-hidden: 10MB  # in a layer, but removed or replaced by a later one',
    '  # max-size: 500MB  # what the layers unpack to',
    '  # max-pull: 200MB  # what a first pull downloads',
    '  # max-deploy: 20MB  # what a host downloads that has the image before',
    '',
    '# Budgets of a build that runs (docker-slim-check measure).',
    '# measure:',
    '#   max-build-time: 5m  # of a cold build',
    '#   max-growth: 10%  # of each figure, against the baseline',
    '',
    ...renderBuilds(plans),
    '# Findings to fail on: error, warning, suggestion (a safe one exists) or never.',
    'fail-on: error',
    '',
    '# Paths that the context needs, as patterns of an ignore file: no line is suggested for them.',
    '# keep:',
    '#   - docs/openapi.yaml',
    '',
    '# Folders without builds, as patterns of an ignore file: no Dockerfile is searched there.',
    '# exclude-builds:',
    '#   - examples',
    '',
    '# Another severity for a rule (error, warning, info), or off.',
    '# rules:',
    '#   dead-pattern: off',
    '',
    '# A file with the sizes of earlier builds, which may not grow; --update-baseline writes it.',
    '# baseline:',
    '#   file: .slim-check-baseline.json',
    '#   tolerance: 5%',
    '#   floor: 1MB',
    '',
  ].join('\n')
}

function renderBuilds(plans: readonly {name: string; limits: Limits}[]): string[] {
  const named = plans.flatMap(({name, limits}) => {
    const key = escapePattern(name)
    return key === null ? [] : [{key, limits}]
  })
  if (plans.length === 1) {
    return [
      '# Settings of single builds, by name or pattern: budgets, target, platform, build-args.',
      '# builds:',
      `#   ${JSON.stringify(named[0]?.key ?? 'api')}:`,
      '#     budgets:',
      `#       max-transfer: ${writeSize(plans[0]!.limits.transferBytes)}`,
      '',
    ]
  }
  const lines = named.flatMap(({key, limits}) => [
    `  ${JSON.stringify(key)}:`,
    `    budgets: {max-transfer: ${writeSize(limits.transferBytes)}, max-files: ${limits.fileCount}}`,
  ])
  return [
    '# Settings of single builds, by name or pattern: budgets, target, platform, build-args.',
    'builds:',
    ...lines,
    '',
  ]
}

/** Others may take away what the builder keeps of a build: its rebuild then sends more. */
function limitsOf({after, namedContexts, oneBuilder}: PlanReport): Limits {
  const sizes = addSizes([after, ...namedContexts.map((named) => named.after)])
  return {
    transferBytes: roundUp(sizes.transferBytes, LEAST_BYTES),
    fileCount: roundUp(sizes.fileCount, LEAST_FILES),
    rebuildBytes: roundUp(
      Math.max(sizes.rebuildTransferBytes, oneBuilder?.after.rebuildTransferBytes ?? 0),
      LEAST_BYTES,
    ),
  }
}

/** Adds the headroom and rounds up to a step: 18,300,000 → 25,000,000. */
function roundUp(amount: number, least: number): number {
  const wanted = Math.max(amount * HEADROOM, least)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = STEPS.find((candidate) => Math.round(candidate * power) >= wanted) ?? 10
  return Math.round(step * power)
}

/** Writes a size in the largest unit with one decimal at most, so that it reads back as the same number. */
function writeSize(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size && (bytes * 10) % size === 0) return `${bytes / size}${unit}`
  }
  return String(bytes)
}
