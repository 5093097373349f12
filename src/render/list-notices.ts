import {formatBytes} from '../languages/text/amounts.js'
import type {Budget, ContextReport, Finding, Severity, Suggestion} from '../report/context-report.js'
import {explainBudget} from './explain-budget.js'
import {describeSaving, writeAmount} from './saving-words.js'
import {writeMessage} from './write-message.js'

/** A finding, exceeded budget or suggestion at a place, for formats that annotate files. */
export interface Notice {
  level: Severity
  /** The id of the finding's rule, the budget's name (`max-transfer` …), or the suggestion's rule. */
  rule: string
  source: 'finding' | 'budget' | 'suggestion'
  /** A few words without names. */
  title: string
  message: string
  /** Relative to the context; the file that one would change. */
  file: string
  /** 1-based; absent where no line is meant. */
  line?: number
  /** Of the file's text, what mends it. */
  edits?: Finding['edits'] & object
  /** Texts that identify the notice from run to run: without lines and sizes. */
  identity: string[]
}

const DEFAULT_IGNORE_FILE = '.dockerignore'

/** Everything to annotate: exceeded budgets first, then findings, then safe suggestions. */
export function listNotices(report: ContextReport): Notice[] {
  return [
    ...report.budgets.filter(({ok}) => !ok).map((budget) => noticeBudget(report, budget)),
    ...report.findings.map((finding) => noticeFinding(report, finding)),
    ...report.suggestions.filter(({confidence}) => confidence === 'safe').map(noticeSuggestion),
  ]
}

function noticeBudget(report: ContextReport, budget: Budget): Notice {
  const {name, plan} = budget
  const {actual, limit, excess, growth, relief, relievedBy, nextStep} = explainBudget(report, budget)
  const paths = relievedBy.map(({path, amount}) => `${path} (${amount})`)
  const says = [
    `${actual} of ${limit}, ${excess}`,
    ...(growth === '' ? [] : [growth]),
    ...(paths.length > 0 ? [`${relief} ${paths.join(', ')}`] : []),
    nextStep,
  ]
  return {
    level: 'error',
    rule: name,
    source: 'budget',
    title: `${name} is exceeded`,
    message: `${plan} exceeds ${name}: ${says.join('; ')}`,
    file: findFile(report, plan),
    identity: [name, plan],
  }
}

function noticeFinding(report: ContextReport, finding: Finding): Notice {
  const {severity, rule, message, file, line, plan, fix, edits} = finding
  const whose = report.plans.length > 1 && plan !== undefined ? `${plan}: ` : ''
  return {
    level: severity,
    rule,
    source: 'finding',
    title: rule,
    message: `${whose}${writeMessage(finding)}${fix === undefined ? '' : `. Fix: ${fix}`}`,
    file: file ?? findFile(report, plan),
    ...(line !== undefined && {line}),
    ...(edits !== undefined && {edits}),
    identity: [rule, file ?? '', plan ?? '', dropNumbers(message)],
  }
}

function noticeSuggestion(suggestion: Suggestion): Notice {
  const {pattern, rule, reason, ignoreFile} = suggestion
  const words = describeSaving(suggestion)
  const saving = words === null ? '' : `${words.verb} ${writeAmount(words, formatBytes)}`
  return {
    level: 'info',
    rule,
    source: 'suggestion',
    title: 'a line for the ignore file',
    message: `Add "${pattern}" to ${ignoreFile}: ${saving}; ${reason}`,
    file: ignoreFile,
    identity: [rule, ignoreFile, pattern],
  }
}

/** The file that represents a whole build: its Dockerfile, or else its ignore file. */
function findFile({plans}: ContextReport, name: string | undefined): string {
  const plan = plans.find((candidate) => candidate.name === name) ?? plans[0]
  return plan?.dockerfile ?? plan?.ignoreFile ?? DEFAULT_IGNORE_FILE
}

/** Removes counts and line numbers, which change while the problem stays the same. Quoted parts stay. */
function dropNumbers(message: string): string {
  return message
    .split(/("[^"]*")/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/\d[\d,.]*/g, '#')))
    .join('')
}
