import {createIgnoreMatcher, parseIgnoreFile} from '../../src/index.js'
import type {ContextReport, Finding, Suggestion} from '../../src/report/context-report.js'
import type {Label, PathVerdict, Statement} from './label.js'

/** What `--json` prints: a report, or the error that ended the run. */
export type Answer = Partial<ContextReport> & {
  error?: {code: string; message: string; file?: string; line?: number}
}

const LEVELS: readonly Finding['severity'][] = ['info', 'warning', 'error']

/** Says what an answer lacks, or holds wrongly, by a label; empty for a right one. */
export function checkAnswer(answer: Answer, label: Label, ignoreFile = ''): string[] {
  return [
    ...checkStatements(answer, label),
    ...checkSuggestions(answer, label),
    ...checkFigures(answer, label),
    ...checkLines(answer, ignoreFile),
  ]
}

/** The `+` lines of an answer, and those of them that take out what the label says is needed. */
export function countSafeLines(
  {suggestions = []}: Answer,
  {unsafe = []}: Label,
): {all: number; wrong: number} {
  const lines = suggestions.filter(isSafe)
  return {
    all: lines.length,
    wrong: lines.filter((line) => unsafe.some((path) => takesOut(line, path))).length,
  }
}

/** Tells whether an answer warns of a build that fails. */
export function warns(answer: Answer): boolean {
  return listStatements(answer).some(({level}) => level !== 'info')
}

function checkStatements(answer: Answer, {says = [], works, fails, calm, noRule = []}: Label): string[] {
  const statements = listStatements(answer)
  const missing = says.filter((wanted) => !statements.some((one) => holds(one, wanted)))
  const wrong = statements.filter(
    ({level, rule}) => (works && level === 'error') || (calm && level !== 'info') || noRule.includes(rule),
  )
  return [
    ...missing.map(({words, level}) => `no ${level ?? 'finding'} says: ${words.join(', ')}`),
    ...wrong.map(({rule, text}) => `${rule} is wrong: ${text}`),
    ...(fails && !warns(answer) ? ['it fails, and no error or warning says so'] : []),
  ]
}

interface Said {
  level: Finding['severity']
  rule: string
  text: string
}

function listStatements({findings = [], error}: Answer): Said[] {
  const said = findings.map((finding) => ({
    level: finding.severity,
    rule: finding.rule,
    text: `${placeOf(finding)}${finding.message} ${fixOf(finding)}`,
  }))
  if (error === undefined) return said
  return [...said, {level: 'error', rule: error.code, text: `${placeOf(error)}${error.message}`}]
}

function placeOf({file, line}: {file?: string | null; line?: number | null}): string {
  return file == null ? '' : `${file}${line == null ? '' : `:${line}`}: `
}

/** A fix is data: its words count as said. */
function fixOf(finding: Finding & {fix?: unknown}): string {
  return finding.fix === undefined ? '' : JSON.stringify(finding.fix).replaceAll('\\"', '"')
}

function holds({level, rule, text}: Said, wanted: Statement): boolean {
  if (wanted.rule !== undefined && wanted.rule !== rule) return false
  if (LEVELS.indexOf(level) < LEVELS.indexOf(wanted.level ?? 'info')) return false
  return wanted.words.every((word) => mentions(text, word))
}

function mentions(text: string, word: string): boolean {
  const lower = text.toLowerCase()
  return word.split('|').some((one) => lower.includes(one.toLowerCase()))
}

function checkSuggestions(
  {suggestions = []}: Answer,
  {unsafe = [], safe = [], adds = [], noPattern = [], verdicts = []}: Label,
): string[] {
  const lines = suggestions.filter(isSafe)
  const false_ = lines.flatMap((line) => {
    const path = unsafe.find((one) => takesOut(line, one))
    return path === undefined ? [] : [`false safe: + ${line.pattern} takes out ${path} (${line.reason})`]
  })
  const patterns = lines.map(({pattern}) => pattern)
  return [
    ...false_,
    ...safe.filter((path) => !lines.some((line) => takesOut(line, path))).map((path) => `not safe: ${path}`),
    ...adds.filter((pattern) => !patterns.includes(pattern)).map((pattern) => `no line + ${pattern}`),
    ...noPattern.filter((pattern) => patterns.includes(pattern)).map((pattern) => `a line + ${pattern}`),
    ...verdicts.flatMap((wanted) => checkVerdict(suggestions, wanted)),
  ]
}

function checkVerdict(
  suggestions: readonly Suggestion[],
  {path, confidence, words = []}: PathVerdict,
): string[] {
  const about = suggestions.filter((line) => takesOut(line, path))
  const isRight = about.some(
    (line) => confidence.includes(line.confidence) && words.every((word) => mentions(line.reason, word)),
  )
  if (isRight) return []
  const shown = about.map(({pattern, confidence: given, reason}) => `${given} ${pattern}: ${reason}`)
  return [
    `${path} is not ${confidence.join(' or ')} ${words.join(', ')}, but ${shown.join('; ') || 'nothing'}`,
  ]
}

function isSafe({confidence}: Suggestion): boolean {
  return confidence === 'safe'
}

/** By the paths that it is meant for, and by the pattern itself. */
function takesOut({pattern, paths}: Suggestion, path: string): boolean {
  if (pattern.startsWith('!')) return false
  const isMeant = paths.some(
    (one) => one === path || path.startsWith(`${one}/`) || one.startsWith(`${path}/`),
  )
  return isMeant || createIgnoreMatcher(parseIgnoreFile(`${pattern}\n`)).decide(path).ignored
}

function checkFigures(answer: Answer, {transferBytes, planBytes = {}, plans = []}: Label): string[] {
  const {before, after, plans: reported = [], suggestions = []} = answer
  const bytesOf = (name: string) => reported.find((plan) => plan.name === name)?.before.transferBytes
  const isWrong = transferBytes !== undefined && before?.transferBytes !== transferBytes
  // What a failing build needs costs what it weighs.
  const isGrown =
    before !== undefined &&
    after !== undefined &&
    after.transferBytes > before.transferBytes &&
    !suggestions.some((one) => isSafe(one) && one.pattern.startsWith('!'))
  return [
    ...(isWrong ? [`it transfers ${transferBytes} bytes, not ${before?.transferBytes}`] : []),
    ...(isGrown ? [`the suggestions make it larger: ${after.transferBytes} bytes`] : []),
    ...Object.entries(planBytes).flatMap(([name, bytes]) =>
      bytesOf(name) === bytes ? [] : [`${name} transfers ${bytes} bytes, not ${bytesOf(name)}`],
    ),
    ...plans.filter((name) => !reported.some((plan) => plan.name === name)).map((name) => `no build ${name}`),
  ]
}

/** A line that the ignore file holds already does nothing by standing there twice. */
function checkLines({suggestions = []}: Answer, ignoreFile: string): string[] {
  const own = ignoreFile.split('\n').map((line) => line.trim())
  return suggestions
    .filter(({confidence, pattern}) => confidence === 'safe' && own.includes(pattern))
    .map(({pattern}) => `+ ${pattern} stands in the ignore file already`)
}
