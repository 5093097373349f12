import {formatSeconds, formatThings} from '../../languages/text/amounts.js'
import {capitalize} from '../../languages/text/sentence.js'
import type {
  CacheBuildReport,
  CacheHistory,
  CacheReport,
  CacheReportStep,
  CacheScenario,
  CacheStep,
} from '../../report/cache-report.js'
import {listAfter, nameRewrites} from '../cache/explain-after.js'
import {
  describeBuilder,
  explainCauses,
  listCosts,
  NO_SCENARIO,
  STATE_WORDS,
  sumUpScenario,
} from '../cache/explain-cause.js'
import {explainRemark} from '../cache/explain-remark.js'
import {foldSteps} from '../cache/fold-steps.js'
import {type Cell, fitsWidth, renderTable, shorten, wrapText} from '../terminal/table.js'
import {writeMessage} from '../write-message.js'
import {createPage, type Page, type TextOptions} from './page.js'
import {renderStages} from './render-stages.js'

/** Columns that a step and its reason keep each, on a narrow screen. */
const MIN_STEP_WIDTH = 30

/** As Docker counts steps. */
const NUMBERED = /^\[[^\]]*\d+\/\d+\]/
const NUMBERS = '[n/m] is the number that docker build shows: it counts FROM, too.'

/** A longer instruction is cut in the middle, in a pipe too. */
const MAX_STEP_WIDTH = 90

/** Renders what the cache holds as text, one block for each scenario of each build. */
export function renderCacheText(report: CacheReport, options: TextOptions): string {
  const page = createPage(options)
  const {builds, builder} = report
  const told = new Set<string>()
  const blocks = builds.flatMap((build) => {
    const leftOut = build.leftOut.filter((one) => !told.has(one))
    for (const one of leftOut) told.add(one)
    return renderBuild({...build, leftOut}, builder, page)
  })
  const lines = [...blocks, ...renderBudgets(report, page)]
  return `${lines.join('\n')}\n`
}

function renderBuild(build: CacheBuildReport, builder: CacheReport['builder'], page: Page): string[] {
  const {show, styles, arrow} = page
  const target = build.target === null ? '' : ` ${arrow} ${show(build.target)}`
  const whose = describeBuilder(builder)
  const subject = `${styles.bold('Cache')} ${show(build.dockerfile)}${target}`
  const fits = fitsWidth([`${subject}   ${whose}`], page.width)
  const heading = fits ? [`${subject}   ${whose}`] : [subject, `  ${whose}`]
  if (build.problem !== null)
    return [...heading, ...wrapText(show(build.problem), page.width - 2).map((line) => `  ${line}`), '']
  const isAlone = build.scenarios.length === 1
  const scenarios = build.scenarios.flatMap((scenario, at) => [
    '',
    ...renderScenario(scenario, {isAlone, earlier: build.scenarios.slice(0, at)}, page),
  ])
  const history = build.history === null ? [] : ['', ...renderHistory(build.history, page)]
  const isNumbered = build.scenarios.some(({steps}) => steps.some(({text}) => NUMBERED.test(text)))
  const numbers = isNumbered ? ['', ...pointTo(NUMBERS, page)] : []
  const nothing = scenarios.length + history.length === 0 ? ['', `  ${NO_SCENARIO}`] : []
  return [
    ...heading,
    ...scenarios,
    ...numbers,
    ...history,
    ...nothing,
    ...build.leftOut.flatMap((one) => ['', ...pointTo(`${show(one)}.`, page)]),
    ...renderAfter(build, page),
    '',
    ...renderFindings(build, page),
  ]
}

/** What the rewrites of `dockerfile` would change, a line for each change. */
function renderAfter(build: CacheBuildReport, page: Page): string[] {
  const {after} = build
  if (after === null) return []
  const {styles, width, show} = page
  const lines = listAfter(build).flatMap(({title, before, after: then, isBetter}) => {
    const text = `${capitalize(show(title))}: ${then}; now ${before}`
    return wrapText(text, width - 2).map((line) => (isBetter ? styles.green(`  ${line}`) : `  ${line}`))
  })
  const head = wrapText(`The same ${nameRewrites(after)}`, width).map((line) => styles.bold(line))
  return ['', ...head, ...lines, ...pointTo('The command "dockerfile" shows these changes.', page)]
}

function pointTo(text: string, {width, styles}: Page): string[] {
  return wrapText(text, width - 2).map((line) => styles.dim(`  ${line}`))
}

const MAX_FINDINGS = 10

function renderFindings({findings}: CacheBuildReport, page: Page): string[] {
  if (findings.length === 0) return []
  const {styles, show, width} = page
  const lines = findings.slice(0, MAX_FINDINGS).flatMap((finding) => {
    const style = finding.severity === 'info' ? styles.dim : styles.yellow
    const text = `${finding.file}:${finding.line} ${show(writeMessage(finding, page.bytes))}`
    const fix = finding.fix === undefined ? [] : [`fix: ${show(finding.fix)}`]
    const wrap = (line: string, indent: number) =>
      wrapText(line, width - indent).map((part) => ' '.repeat(indent) + part)
    const [first = '', ...rest] = wrap(text, 11)
    return [
      `  ${style(finding.severity.padEnd(7))}  ${first.trimStart()}`,
      ...rest,
      ...fix.flatMap((one) => wrap(one, 11).map(styles.dim)),
    ]
  })
  const hidden = findings.length - MAX_FINDINGS
  return [
    styles.bold('What runs again without need'),
    ...lines,
    ...(hidden > 0 ? [`  and ${hidden} more: --json lists all`] : []),
    ...(findings.some(({rule}) => rule === 'cache-install-below-copy')
      ? pointTo('The command "dockerfile" shows how to change the order of steps.', page)
      : []),
    '',
  ]
}

/** What stands beside a scenario. */
interface Neighbours {
  /** There is no other, so every step is of interest, and the stages are drawn. */
  isAlone: boolean
  earlier: readonly CacheScenario[]
}

function renderScenario(scenario: CacheScenario, {isAlone, earlier}: Neighbours, page: Page): string[] {
  const {show, styles} = page
  const title = `${capitalize(show(scenario.title))}: ${sumUpScenario(scenario)}`
  return [
    ...wrapText(title, page.width).map((line) => styles.bold(line)),
    ...scenario.remarks.flatMap((remark) =>
      wrapText(explainRemark(remark, show), page.width - 2).map((line) => styles.yellow(`  ${line}`)),
    ),
    ...(isAlone ? renderSteps(scenario.steps, page) : renderNewSteps(scenario, earlier, page)),
    ...renderCost(scenario, page),
    ...(isAlone ? renderStages(scenario.steps, page) : []),
  ]
}

/** No steps where all are cached, and none that an earlier scenario shows just so. */
function renderNewSteps({steps}: CacheScenario, earlier: readonly CacheScenario[], page: Page): string[] {
  if (steps.every(({state}) => state === 'cached')) return []
  const same = earlier.find((other) => hasSameStates(other.steps, steps))
  if (same === undefined) return renderSteps(steps, page)
  const known = new Set(same.steps.map((step) => describeStep(step, page)))
  const own = steps.filter((step) => !known.has(describeStep(step, page)))
  const others = steps.length - own.length
  const rest = `${own.length === 0 ? 'the same' : 'the other'} ${formatThings(others, 'step')} as above`
  return [...renderSteps(own, page), ...(others === 0 ? [] : [page.styles.dim(`  ${rest}`)])]
}

function hasSameStates(some: readonly CacheReportStep[], others: readonly CacheReportStep[]): boolean {
  return some.length === others.length && some.every(({state}, at) => state === others[at]!.state)
}

function describeStep(step: CacheReportStep, {show}: Page): string {
  return [step.line, step.state, step.text, ...explainCauses(step, show)].join('\0')
}

function renderSteps(steps: readonly CacheReportStep[], page: Page): string[] {
  const rows = foldSteps(steps).map((row) =>
    'hidden' in row ? layOutFold(row.hidden, page) : layOutStep(row, page),
  )
  const columns = [
    {align: 'right'},
    {align: 'left'},
    {align: 'left'},
    {align: 'right'},
    {align: 'left'},
  ] as const
  const lines = renderTable(columns, rows)
  return fitsWidth(lines, page.width) ? lines : renderNarrow(rows, page)
}

function layOutStep(step: CacheReportStep, page: Page): Cell[] {
  const [first = ''] = explainCauses(step, page.show)
  const time = step.lastSeconds === null ? '' : formatSeconds(step.lastSeconds)
  const style = styleOf(step, page)
  return [
    {text: `${step.line}`},
    {text: STATE_WORDS[step.state], style},
    {text: shorten(page.show(step.text), MAX_STEP_WIDTH, page.ellipsis), style},
    {text: time, style: page.styles.dim},
    {text: first, style: page.styles.dim},
  ]
}

/** @param steps of one state */
function layOutFold(steps: readonly CacheReportStep[], page: Page): Cell[] {
  const [first] = steps
  const style = styleOf(first!, page)
  const text = `${formatThings(steps.length, 'step')}, lines ${first!.line} to ${steps.at(-1)!.line}`
  return [
    {text: ''},
    {text: STATE_WORDS[first!.state], style},
    {text: text, style},
    {text: ''},
    {text: first!.state === 'cached' ? '' : '--json lists them', style: page.styles.dim},
  ]
}

/** Each step on a line, and why it runs on another one below it. */
function renderNarrow(rows: readonly Cell[][], page: Page): string[] {
  const room = Math.max(MIN_STEP_WIDTH, page.width - 18)
  return rows.flatMap(([line, state, text, time, why]) => {
    const seconds = time!.text === '' ? '' : `  ${time!.text}`
    const shown = shorten(text!.text, room - seconds.length, page.ellipsis)
    const style = text!.style ?? String
    const head = `  ${line!.text.padStart(2)}  ${style(state!.text.padEnd(7))}  ${style(shown)}${page.styles.dim(seconds)}`
    const reason = why!.text === '' ? [] : wrapText(why!.text, page.width - 15)
    return [head, ...reason.map((part) => page.styles.dim(`${' '.repeat(15)}${part}`))]
  })
}

function styleOf({state}: CacheStep, {styles}: Page) {
  if (state === 'cached') return styles.dim
  return state === 'runs' ? styles.yellow : styles.cyan
}

function renderCost(scenario: CacheScenario, page: Page): string[] {
  const costs = listCosts(scenario, page.bytes)
  return costs.length === 0 ? [] : [page.styles.dim(`  ${costs.join(', ')}`)]
}

const MAX_CLASSES = 5
const MAX_STEPS = 3

function renderHistory({commits, classes}: CacheHistory, page: Page): string[] {
  const {styles, show} = page
  const counted = commits.filter(({problem}) => problem === null).length
  const failed = commits.length - counted
  const head = styles.bold(
    commits.length === 0
      ? 'No commit has one before it to compare with'
      : `The last ${formatThings(counted, 'commit')}, one after another`,
  )
  const rows = classes.slice(0, MAX_CLASSES).map(({steps, commitCount, example}) => {
    const more = steps.length > MAX_STEPS ? ` and ${steps.length - MAX_STEPS} more` : ''
    const what =
      steps.length === 0 ? 'nothing ran again' : `${steps.slice(0, MAX_STEPS).map(show).join(', ')}${more}`
    return `  ${String(commitCount).padStart(4)}  ${what}  ${styles.dim(`(as ${example.slice(0, 8)})`)}`
  })
  const hidden = classes.length - MAX_CLASSES
  return [
    head,
    ...rows,
    ...(hidden > 0 ? [`        and ${formatThings(hidden, 'more kind')}: --json lists all`] : []),
    ...(failed > 0 ? [`  ${String(failed).padStart(4)}  could not be built`] : []),
  ]
}

function renderBudgets({budgets, builds}: CacheReport, page: Page): string[] {
  if (budgets.length === 0) return []
  const {styles, show} = page
  const lines = budgets.map(({name, build, scenario, limit, actual, ok}) => {
    const mark = ok ? styles.green('PASS') : styles.red('FAIL')
    const whose = builds.length > 1 ? ` ${show(build)}` : ''
    return `  ${mark}  ${name}${whose}  ${scenario}: ${actual ?? 'not known'} of ${limit}`
  })
  return [styles.bold('Budgets'), ...lines]
}
