import type {SmokeResult} from '../../report/measure/measure-report.js'

/** A check as a configuration has it, and what came of trying it. */
export interface TriedCheck {
  entry: Readonly<Record<string, unknown>>
  result: SmokeResult
}

/**
 * Renders smoke checks as the part of a configuration, in YAML: those that hold, and the others as comments with the reason.
 */
export function renderSmokeConfig(builds: readonly {name: string; checks: readonly TriedCheck[]}[]): string {
  const head = ['# Smoke checks, which docker-slim-check measure runs in the image. See docs/measure.md.']
  const [first] = builds
  if (builds.length === 1) return `${[...head, ...renderList('smoke:', first!.checks, '')].join('\n')}\n`
  const lists = builds.flatMap(({name, checks}) => [
    `  ${quoteKey(name)}:`,
    ...renderList('smoke:', checks, '    '),
  ])
  return `${[...head, 'builds:', ...lists].join('\n')}\n`
}

function renderList(title: string, checks: readonly TriedCheck[], indent: string): string[] {
  const holding = checks.filter(({result}) => result.status === 'passed')
  const others = checks.filter(({result}) => result.status !== 'passed')
  const none = holding.length === 0 ? ' []' : ''
  return [
    `${indent}${title}${none}`,
    ...holding.map(({entry}) => `${indent}  - ${writeEntry(entry)}`),
    ...others.map(({entry, result}) => {
      return `${indent}  # ${result.status} (${oneLine(result.detail)}): ${writeEntry(entry)}`
    }),
  ]
}

/** A mapping on one line: JSON is YAML. */
function writeEntry(entry: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(entry).map(([key, value]) => `${key}: ${oneLine(JSON.stringify(value))}`)
  return pairs.length === 1 ? pairs[0]! : `{${pairs.join(', ')}}`
}

function quoteKey(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : oneLine(JSON.stringify(name))
}

/** Without what ends a line or moves a terminal's cursor. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}
