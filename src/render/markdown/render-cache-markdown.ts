import {formatBytes} from '../../languages/text/amounts.js'
import type {CacheBuildReport, CacheHistory, CacheReport, CacheScenario} from '../../report/cache-report.js'
import {listAfter, nameRewrites} from '../cache/explain-after.js'
import {explainCauses, listCosts, NO_SCENARIO, STATE_WORDS, sumUpScenario} from '../cache/explain-cause.js'
import {explainRemark} from '../cache/explain-remark.js'
import {writeMessage} from '../write-message.js'
import {toCode, toHtmlCode, toProse} from './escape-markdown.js'
import {fitSections} from './fit-sections.js'
import {markReport} from './mark-report.js'
import {createTable, fold, type Section} from './section.js'

/** GitHub cuts comments and job summaries beyond this; UTF-16 units. */
const MAX_CHARACTERS = 60_000
const MAX_ROWS = 100

/** Renders what the cache holds as Markdown, for a comment on a pull request. */
export function renderCacheMarkdown(report: CacheReport): string {
  const head = report.builds.flatMap((build) => renderHead(build, report.builds.length > 1)).join('\n')
  const sections = [...listBudgets(report), ...report.builds.flatMap(listSections)]
  return fitSections(
    `${markReport('cache')}\n\n### Steps that a change runs again\n\n${head}\n`,
    sections,
    MAX_CHARACTERS,
  )
}

/** The sentence that people quote, one for each scenario. */
function renderHead(build: CacheBuildReport, isOfSeveral: boolean): string[] {
  const {name, scenarios, history, problem, leftOut} = build
  const whose = isOfSeveral ? `${toCode(name)}: ` : ''
  if (problem !== null) return [`- ${whose}${toProse(problem)}`]
  const lines = scenarios.flatMap((scenario) => [
    `- ${whose}**${nameScenario(scenario)}: ${sumUpScenario(scenario)}**${renderCost(scenario)}`,
    ...scenario.remarks.map((remark) => `  - ${toProse(explainRemark(remark, (text) => text))}.`),
    ...listAfter(build)
      .filter(({title}) => title === scenario.title)
      .map(({after}) => `  - ${toProse(`${nameRewrites(build.after!)}: ${after}`)}.`),
  ])
  if (history !== null) lines.push(`- ${whose}${sumUpHistory(history)}`)
  if (lines.length === 0) lines.push(`- ${whose}${NO_SCENARIO}`)
  return [...lines, ...leftOut.map((one) => `- ${whose}${toProse(one)}.`)]
}

function nameScenario({name, title}: CacheScenario): string {
  return name === 'since' ? 'This change' : toProse(title.slice(0, 1).toUpperCase() + title.slice(1))
}

function renderCost(scenario: CacheScenario): string {
  return listCosts(scenario, formatBytes)
    .map((cost) => `, ${cost}`)
    .join('')
}

function sumUpHistory({commits, classes}: CacheHistory): string {
  const [first] = classes
  if (first === undefined) return 'No commit could be read.'
  const what = first.steps.length === 0 ? 'ran nothing again' : `ran ${first.steps.length} steps again`
  return `Of the last ${commits.length} commits ${first.commitCount} ${what}.`
}

function listSections(build: CacheBuildReport): Section[] {
  const {scenarios, history, findings} = build
  return [
    ...scenarios.map(listSteps),
    ...listFindings(findings),
    ...(history === null ? [] : [listHistory(history)]),
  ]
}

function listSteps(scenario: CacheScenario): Section {
  const rows = scenario.steps.map((step) => [
    `${step.line}`,
    step.state === 'cached' ? STATE_WORDS.cached : `**${STATE_WORDS[step.state]}**`,
    toCode(step.text, 120),
    explainCauses(step, (text) => `"${text}"`)
      .slice(0, 2)
      .map(toProse)
      .join('; '),
  ])
  const table = createTable('steps', ['>line', 'state', 'step', 'why'], rows.slice(0, MAX_ROWS))
  const isOpen = scenario.rerunCount + scenario.dependsCount > 0
  return fold(table, `Steps: ${toHtmlCode(scenario.title)}`, isOpen && rows.length <= 20)
}

function listFindings(findings: CacheBuildReport['findings']): Section[] {
  if (findings.length === 0) return []
  const rows = findings.map((finding) => {
    const fix = finding.fix === undefined ? '' : ` ${toProse(finding.fix)}.`
    return `- ${toCode(`${finding.file}:${finding.line}`)} ${toProse(writeMessage(finding, formatBytes))}.${fix}`
  })
  return [{name: 'findings', head: ['#### What runs again without need', ''], rows, foot: []}]
}

function listHistory({classes}: CacheHistory): Section {
  const rows = classes.map(({steps, commitCount, example}) => [
    `${commitCount}`,
    steps.length === 0
      ? 'nothing ran again'
      : steps
          .slice(0, 3)
          .map((text) => toCode(text, 80))
          .join(', '),
    steps.length > 3 ? `${steps.length - 3} more` : '',
    toCode(example.slice(0, 8)),
  ])
  return fold(
    createTable('commits', ['>commits', 'ran again', '', 'as'], rows.slice(0, MAX_ROWS)),
    'Commits by what they ran',
  )
}

function listBudgets({budgets}: CacheReport): Section[] {
  if (budgets.length === 0) return []
  const rows = budgets.map(({name, build, scenario, limit, actual, ok}) => [
    ok ? 'PASS' : '**FAIL**',
    name,
    toCode(build),
    toProse(scenario),
    `${actual ?? 'not known'}`,
    `${limit}`,
  ])
  return [createTable('budgets', ['', 'budget', 'build', 'change', '>actual', '>limit'], rows)]
}
