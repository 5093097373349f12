import {formatThings} from '../../languages/text/amounts.js'
import type {ContextReport, Finding, Suggestion} from '../../report/context-report.js'
import type {DockerfileReport, Rewrite} from '../../report/dockerfile-report.js'
import {savingOf} from '../../report/headline.js'
import type {ComposeReport} from '../../report/project/compose-report.js'
import type {OverviewAction, OverviewPartName} from '../../report/project/overview-report.js'

const MAX_ACTIONS = 10
const MAX_OF_PART = 4
const MAX_PATTERNS = 3

/** Less is no reason to do a thing first. */
const NOTABLE_BYTES = 100_000

/** A line that saves less beyond those above it is no thing to do first; in bytes. */
const LEAST_FURTHER_BYTES = 1_000

/** What each part found; null for one that could not be looked at. */
export interface OverviewInputs {
  /** DIR as given. */
  contextDir: string
  context: ContextReport
  dockerfile: DockerfileReport | null
  compose: ComposeReport | null
}

/** Lists what to do, the most valuable first: what fails, then by bytes and steps, then what is proved. */
export function listOverviewActions(inputs: OverviewInputs): OverviewAction[] {
  const all = [
    ...listErrors('context', inputs.context.findings, ['context', inputs.contextDir]),
    ...listLines(inputs),
    ...listRewrites(inputs),
    ...listServices(inputs),
  ]
  return all.sort(compareActions).slice(0, MAX_ACTIONS)
}

const KINDS = ['error', 'safe', 'review'] as const

function compareActions(one: OverviewAction, other: OverviewAction): number {
  const rank = ({kind, savedBytes, savedSteps}: OverviewAction) => [
    kind === 'error' ? 0 : 1,
    -((savedBytes ?? 0) >= NOTABLE_BYTES ? savedBytes! : 0),
    -(savedSteps ?? 0),
    KINDS.indexOf(kind),
    -(savedBytes ?? 0),
  ]
  const [left, right] = [rank(one), rank(other)]
  const at = left.findIndex((value, place) => value !== right[place])
  return at < 0 ? 0 : left[at]! - right[at]!
}

function listErrors(
  part: OverviewPartName,
  findings: readonly Finding[],
  command: readonly string[],
): OverviewAction[] {
  const errors = findings.filter(({severity}) => severity === 'error').slice(0, MAX_OF_PART)
  return errors.map(({message, file, line, fix}) => {
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `
    const title = fix === undefined ? `${place}${message}` : `${place}${fix}: ${message}`
    return {part, kind: 'error', title, savedBytes: null, savedSteps: null, command: [...command]}
  })
}

/** The lines of ignore files, those that are proved as one thing to do. */
function listLines({context, contextDir}: OverviewInputs): OverviewAction[] {
  // A line that lets something in again goes with the error that it mends.
  const suggestions = context.suggestions.filter(({pattern}) => !pattern.startsWith('!'))
  const safe = suggestions.filter(({confidence}) => confidence === 'safe')
  const open = suggestions.filter((one) => one.confidence === 'review' && !isCovered(one)).slice(0, 2)
  // As `context` shows each line; what a new ignore file itself adds is in the line of the part.
  const saved = safe.reduce((sum, one) => sum + savingOf(one), 0)
  const hasSeveralFiles = new Set(suggestions.map(({ignoreFile}) => ignoreFile)).size > 1
  return [
    ...(safe.length === 0
      ? []
      : [
          {
            part: 'context' as const,
            kind: 'safe' as const,
            title: `ignore ${namePatterns(safe)}`,
            savedBytes: saved,
            savedSteps: null,
            command: ['context', contextDir, '--write'],
          },
        ]),
    ...open.map((suggestion): OverviewAction => {
      const {pattern, ignoreFile} = suggestion
      const command = ['context', contextDir, '--all', '--diff']
      return {
        part: 'context',
        kind: 'review',
        title: hasSeveralFiles ? `${ignoreFile}: ignore ${pattern}` : `ignore ${pattern}`,
        savedBytes: savingOf(suggestion),
        savedSteps: null,
        command,
      }
    }),
  ]
}

/** Whether lines above a line keep out nearly all that it does. */
function isCovered({furtherSavedBytes}: Suggestion): boolean {
  return furtherSavedBytes !== undefined && furtherSavedBytes < LEAST_FURTHER_BYTES
}

function namePatterns(suggestions: readonly Suggestion[]): string {
  const sorted = suggestions.toSorted((one, other) => savingOf(other) - savingOf(one))
  const names = sorted.slice(0, MAX_PATTERNS).map(({pattern}) => pattern)
  const others = suggestions.length - names.length
  return others === 0 ? names.join(', ') : `${names.join(', ')} and ${formatThings(others, 'other')}`
}

function listRewrites({dockerfile, contextDir}: OverviewInputs): OverviewAction[] {
  const open = (dockerfile?.rewrites ?? []).filter(({confidence}) => confidence !== 'blocked')
  const sorted = open.toSorted(
    (one, other) => stepsSaved(other) - stepsSaved(one) || compareWeight(one, other),
  )
  return sorted.slice(0, MAX_OF_PART).map((rewrite): OverviewAction => {
    const {confidence, file, line, title, edits} = rewrite
    const steps = stepsSaved(rewrite)
    const flags = confidence === 'safe' ? ['--write'] : edits.length > 0 ? ['--all', '--diff'] : []
    return {
      part: 'dockerfile',
      kind: confidence === 'safe' ? 'safe' : 'review',
      title: `${file}:${line}: ${title}`,
      savedBytes: null,
      savedSteps: steps > 0 ? steps : null,
      command: ['dockerfile', contextDir, ...flags],
    }
  })
}

/** What helps on one machine, or by some megabytes, comes behind what changes the image. */
function compareWeight(one: Rewrite, other: Rewrite): number {
  const isLight = ({rule}: Rewrite) => Number(rule === 'cache-mount')
  return isLight(one) - isLight(other)
}

function stepsSaved({cache}: Rewrite): number {
  return cache.reduce((sum, {before, after}) => sum + before.rerunCount - after.rerunCount, 0)
}

function listServices({compose, contextDir}: OverviewInputs): OverviewAction[] {
  if (compose === null) return []
  const errors = listErrors('compose', compose.findings, ['compose', contextDir])
  const warnings = compose.findings.filter(({severity}) => severity === 'warning').slice(0, MAX_OF_PART)
  return [
    ...errors,
    ...warnings.map(({rule, message, fix, file, line}): OverviewAction => {
      const own = compose.rewrites.find((rewrite) => rewrite.rule === rule && rewrite.file === file)
      const flags = own === undefined ? [] : own.confidence === 'safe' ? ['--write'] : ['--all', '--diff']
      return {
        part: 'compose',
        kind: own?.confidence === 'safe' ? 'safe' : 'review',
        title: `${file}:${line}: ${lowerFirst(fix ?? message)}`,
        savedBytes: rule === 'compose-repeated-build' ? repeatedBytes(compose) : null,
        savedSteps: null,
        command: ['compose', contextDir, ...flags],
      }
    }),
  ]
}

function repeatedBytes({services}: ComposeReport): number | null {
  const again = services.filter(({build}) => build !== null && build.sameAs !== null)
  return again.some(({sizeBytes}) => sizeBytes === null)
    ? null
    : again.reduce((sum, {sizeBytes}) => sum + sizeBytes!, 0)
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
