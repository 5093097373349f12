import type {ReportingDescriptor} from 'sarif'
import type {Severity} from '../../report/context-report.js'
import type {RuleDescription} from '../../report/rule-description.js'
import {PROJECT_URL} from '../../report/rule-description.js'

/** What a rule's descriptor says. */
interface Description {
  severity: Severity
  summary: string
  reason: string
  remedy: string
  document: string
  tags: string[]
}

const DOCUMENTS = `${PROJECT_URL}/blob/main/docs`
const LEVELS = {error: 'error', warning: 'warning', info: 'note'} as const
const PROBLEM_SEVERITIES = {error: 'error', warning: 'warning', info: 'recommendation'} as const

const BUDGETS: Record<string, string> = {
  'max-transfer': 'Transfer no more bytes than the budget allows',
  'max-files': 'Transfer no more files than the budget allows',
  'max-rebuild': 'Transfer no more bytes on a rebuild than the budget allows',
  'max-entry': 'Transfer no entry larger than the budget allows',
  'baseline-transfer': 'Do not let the transfer grow beyond its baseline',
  'baseline-rebuild': 'Do not let the transfer of a rebuild grow beyond its baseline',
}

/** Describes a rule of a result: `dead-pattern`, `budget/max-transfer`, `suggestion/node-modules`. */
export function describeRule(id: string, rules: readonly RuleDescription[]): ReportingDescriptor {
  const {severity, summary, reason, remedy, document, tags} = findDescription(id, rules)
  const helpUri = `${DOCUMENTS}/${document}`
  return {
    id,
    name: toPascalCase(id),
    shortDescription: {text: summary},
    fullDescription: {text: `${summary}. ${reason}`},
    help: {
      text: `${reason}\nWhat to do: ${remedy}\n${helpUri}`,
      markdown: `${escapeMarkdown(reason)}\n\n**What to do:** ${escapeMarkdown(remedy)}\n\n[Documentation](${helpUri})`,
    },
    helpUri,
    defaultConfiguration: {level: LEVELS[severity]},
    properties: {
      tags: ['docker', ...tags],
      'problem.severity': PROBLEM_SEVERITIES[severity],
      precision: 'very-high',
    },
  }
}

function findDescription(id: string, rules: readonly RuleDescription[]): Description {
  const [source, name = ''] = id.split('/')
  if (source === 'budget') return describeBudget(name)
  if (source === 'suggestion') return describeSuggestion(name)
  const rule = rules.find((candidate) => candidate.id === id)
  if (rule === undefined) return describeUnknown(id)
  return {
    ...rule,
    document: rule.page ?? `rules/${id}.md`,
    tags: /^(image-)?secret/.test(id) ? ['security'] : ['correctness'],
  }
}

function describeBudget(name: string): Description {
  return {
    severity: 'error',
    summary: BUDGETS[name] ?? `Keep within the budget ${name}`,
    reason: 'What a build transfers costs time on every machine, on the first build and on every rebuild.',
    remedy: 'Ignore what the build does not need, copy less, or raise the limit.',
    document: 'configuration.md',
    tags: ['performance'],
  }
}

function describeSuggestion(name: string): Description {
  return {
    severity: 'info',
    summary: `Ignore what the build does not need: ${name}`,
    reason:
      'It is transferred on every first build, and nothing in the Dockerfile needs it: the line is proved not to break the build.',
    remedy: 'Add the line to the ignore file, or let docker slimcheck context --write do it.',
    document: 'kinds.md',
    tags: ['performance'],
  }
}

function describeUnknown(id: string): Description {
  return {
    severity: 'warning',
    summary: id,
    reason: 'See the message.',
    remedy: 'See the documentation.',
    document: 'rules/README.md',
    tags: [],
  }
}

function toPascalCase(id: string): string {
  return id
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** Patterns in the texts of rules hold stars and underscores. */
function escapeMarkdown(text: string): string {
  return text.replace(/[*_`<>[\]\\]/g, '\\$&')
}
