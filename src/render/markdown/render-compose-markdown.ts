import type {Finding} from '../../report/context-report.js'
import type {ComposeReport, ComposeRewrite} from '../../report/project/compose-report.js'
import {
  describeService,
  explainServices,
  SERVICE_COLUMNS,
  sumUpServices,
} from '../compose/describe-service.js'
import {writeMessage} from '../write-message.js'
import {toCode, toProse} from './escape-markdown.js'
import {fitSections} from './fit-sections.js'
import {markReport} from './mark-report.js'
import type {Section} from './section.js'

/** GitHub cuts comments and job summaries beyond this; UTF-16 units. */
const MAX_CHARACTERS = 60_000

/** Renders the report about a Compose project as Markdown, for a comment on a pull request. */
export function renderComposeMarkdown(report: ComposeReport): string {
  const {files, development} = report
  const head = [
    markReport('compose'),
    '',
    `### Compose ${files.map((file) => toCode(file)).join(', ')}: ${sumUpServices(report)}`,
    ...(development === null ? [] : ['', toProse(`Treated as a project for development: ${development}`)]),
  ]
  const sections = [listServices(report), ...listFindings(report), ...listRewrites(report)]
  return fitSections(`${head.join('\n')}\n`, sections, MAX_CHARACTERS)
}

function listServices({services}: ComposeReport): Section {
  const rows = services.map((service) => {
    const {name, image, size, build, limits, health, stop, command} = describeService(service)
    const cells = [toCode(name), toCode(image), size, build, limits, health, stop, toCode(command, 80)]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  const head = [`| ${SERVICE_COLUMNS.join(' | ')} |`, `|${' --- |'.repeat(SERVICE_COLUMNS.length)}`]
  const legend = explainServices(services.map((service) => describeService(service)))
  return {name: 'services', head, rows, foot: legend === '' ? [] : ['', toProse(legend)]}
}

function listFindings({findings}: ComposeReport): Section[] {
  if (findings.length === 0) return []
  return [{name: 'problems', head: ['#### Problems', ''], rows: findings.flatMap(listFinding), foot: []}]
}

function listFinding(finding: Finding): string[] {
  const {severity, rule, file, line, fix} = finding
  const place = file === undefined ? '' : ` ${toCode(`${file}${line === undefined ? '' : `:${line}`}`)}`
  return [
    `- **${severity}**${place} ${toProse(writeMessage(finding))} (${toCode(rule)})`,
    ...(fix === undefined ? [] : [`  - ${toProse(fix)}`]),
  ]
}

function listRewrites({rewrites}: ComposeReport): Section[] {
  if (rewrites.length === 0) return []
  return [{name: 'changes', head: ['#### Changes', ''], rows: rewrites.flatMap(listRewrite), foot: []}]
}

function listRewrite({file, line, title, confidence, proof, questions = []}: ComposeRewrite): string[] {
  const label = confidence === 'safe' ? 'proved' : 'to review'
  return [
    `- ${toCode(`${file}:${line}`)} **${toProse(title)}** (${label})`,
    ...proof.map(({claim, evidence}) => `  - ${toProse(`${claim}: ${evidence}`)}`),
    ...questions.map((question) => `  - open: ${toProse(question)}`),
  ]
}
