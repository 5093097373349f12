import {formatBytes, formatSeconds} from '../../languages/text/amounts.js'
import {type FigureValue, listFigures} from '../../measure/build/list-figures.js'
import type {
  MeasureChange,
  MeasuredBuild,
  MeasuredImage,
  MeasuredScenario,
  MeasureReport,
} from '../../report/measure/measure-report.js'
import {
  describeEnvironment,
  listWarnings,
  nameBuild,
  nameFigure,
  writeLimit,
  writeReason,
  writeTime,
  writeVerdict,
} from '../measure/describe-measure.js'
import {toCode, toHtmlCode, toProse} from './escape-markdown.js'
import {fitSections} from './fit-sections.js'
import {createTable, fold, type Section} from './section.js'

/** GitHub cuts comments and job summaries beyond this; UTF-16 units. */
const MAX_CHARACTERS = 60_000
const MAX_ROWS = 50

/** Renders measured builds as Markdown: for a file in the repository, a job summary, a comment on a pull request. */
export function renderMeasureMarkdown(report: MeasureReport): string {
  const title = report.against === null ? 'Baseline' : 'Results'
  const head = [`# ${title} of the image builds`, '', ...renderMethod(report), ...renderWarnings(report)]
  const sections = [...listThresholds(report), ...report.builds.flatMap(listSections)]
  return fitSections(`${head.join('\n')}\n`, sections, MAX_CHARACTERS)
}

function renderMethod({date, environment, method, against}: MeasureReport): string[] {
  const {memoryBytes, buildx, buildkit} = environment
  const machine = [
    describeEnvironment(environment),
    ...(memoryBytes === null ? [] : [`${formatBytes(memoryBytes)} of memory`]),
    ...(buildx === null ? [] : [`buildx ${buildx}`]),
    ...(buildkit === null ? [] : [`BuildKit ${buildkit}`]),
  ].join(', ')
  const compared =
    against === null ? [] : [`Compared with ${toCode(against.file)} of ${against.date.slice(0, 10)}.`, '']
  return [
    `Measured by slim-check on ${date.slice(0, 10)} with ${toProse(machine)}.`,
    `${method.runs} run${method.runs === 1 ? '' : 's'} of each, in turn; the middle one counts, with half the way from the fastest to the slowest behind ±.`,
    '',
    ...compared,
  ]
}

function renderWarnings(report: MeasureReport): string[] {
  const warnings = listWarnings(report)
  return warnings.length === 0 ? [] : [...warnings.map((one) => `- **Note:** ${toProse(one)}`), '']
}

function listSections(build: MeasuredBuild): Section[] {
  const title = `## ${toProse(nameBuild(build))}`
  if (build.problem !== null)
    return [{name: build.name, head: [title, ''], rows: [toProse(build.problem)], foot: []}]
  const figures = build.changes.length === 0 ? listValues(build) : listChanges(build)
  return [
    {...figures, head: [title, '', ...figures.head]},
    ...listReasons(build),
    ...listSmoke(build),
    ...listLayers(build.image),
    ...build.scenarios.map(listSteps),
    ...listCommands(build),
  ]
}

function listValues(build: MeasuredBuild): Section {
  const rows = listFigures(build).map((figure) => [
    nameFigure(figure.figure, build),
    writeValue(figure),
    remark(figure, build),
  ])
  return createTable('figures', ['', '>measured', ''], rows)
}

function writeValue({unit, value, runs, isEstimate}: FigureValue): string {
  if (unit === 'bytes') return `${isEstimate ? '≈ ' : ''}${formatBytes(value)}`
  const seconds = runs.map((run) => run.seconds)
  return writeTime(value, runs.length, Math.max(...seconds) - Math.min(...seconds))
}

function remark({figure}: FigureValue, {scenarios, transfer, deploy}: MeasuredBuild): string {
  const scenario = scenarios.find(({name}) => name === figure)
  if (scenario !== undefined) {
    const {ranCount, stepCount, medianExportSeconds, changedPath} = scenario
    const path = changedPath === null ? '' : `, ${toCode(changedPath)}`
    return `${ranCount} of ${stepCount} steps ran, export ${formatSeconds(medianExportSeconds)}${path}`
  }
  if (figure === 'transfer' && transfer !== null) {
    const again = formatBytes(transfer.measuredRebuildBytes ?? transfer.predictedRebuildBytes)
    return `${again} when nothing has changed${transfer.agrees ? ', as predicted' : ''}`
  }
  return figure === 'deploy' && deploy !== null
    ? `${formatBytes(deploy.containerdBytes)} on a host with the containerd store`
    : ''
}

function listChanges(build: MeasuredBuild): Section {
  const rows = build.changes.map((change) => [
    nameFigure(change.figure),
    writeSide(change, 'before'),
    writeSide(change, 'after'),
    writeVerdict(change),
  ])
  return createTable('figures', ['', '>baseline', '>now', '>change'], rows)
}

function writeSide({unit, runs, ...change}: MeasureChange, side: 'before' | 'after'): string {
  if (unit === 'bytes') return formatBytes(change[side])
  return writeTime(change[side], runs?.[side] ?? 0, runs === null ? 0 : runs[`${side}Spread`])
}

function listReasons({reasons}: MeasuredBuild): Section[] {
  if (reasons.length === 0) return []
  const rows = reasons.map((reason, at) => `${at + 1}. ${toProse(writeReason(reason))}`)
  return [{name: 'reasons', head: ['What had the most effect:', ''], rows, foot: []}]
}

function listThresholds({thresholds}: MeasureReport): Section[] {
  if (thresholds.length === 0) return []
  const rows = thresholds.map((one) => [
    one.ok ? 'ok' : '**FAIL**',
    toProse(one.name),
    toCode(one.build),
    nameFigure(one.figure),
    one.actual === null ? '' : writeLimit(one, one.actual),
    writeLimit(one, one.limit),
    one.message === null ? '' : toProse(one.message),
  ])
  return [createTable('limits', ['', 'limit', 'build', 'of', '>actual', '>limit', ''], rows)]
}

function listSmoke({smoke}: MeasuredBuild): Section[] {
  if (smoke === null || smoke.checks.length === 0) return []
  const rows = smoke.checks.map(({name, status, before, detail}) => [
    status === 'failed' ? '**failed**' : status,
    before ?? '',
    toProse(name),
    toProse(detail),
  ])
  return [createTable('smoke checks', ['in the image', 'before', 'smoke check', ''], rows)]
}

function listLayers(image: MeasuredImage | null): Section[] {
  const layers = (image?.layers ?? []).filter(({fileBytes}) => fileBytes > 0)
  if (layers.length === 0) return []
  const rows = layers.map(({index, line, step, fileBytes, pullBytes, holds}) => [
    `${index + 1}`,
    line === null ? '' : `${line}`,
    formatBytes(fileBytes),
    formatBytes(pullBytes),
    step === null ? 'base image' : toCode(step, 120),
    holds === null ? '' : `${toProse(holds.title)}: ${formatBytes(holds.bytes)}`,
  ])
  const table = createTable(
    'layers',
    ['>layer', '>line', '>files', '>pull', 'made by', 'holds'],
    rows.slice(0, MAX_ROWS),
  )
  return [fold(table, 'Layers')]
}

function listSteps(scenario: MeasuredScenario): Section {
  const rows = (scenario.runs.at(-1)?.steps ?? []).map(({text, line, cached, seconds}) => [
    line === null ? '' : `${line}`,
    cached ? 'cached' : formatSeconds(seconds),
    toCode(text, 120),
  ])
  const times = scenario.runs.map((run) => `${run.seconds.toFixed(1)} s`).join(', ')
  const degree = scenario.coldDegree === null ? '' : ` (${scenario.coldDegree})`
  const table = createTable('steps', ['>line', '>last run', 'step'], rows.slice(0, MAX_ROWS))
  return fold(table, `Steps of ${toHtmlCode(scenario.title)}${degree}, runs: ${times}`)
}

function listCommands({commands}: MeasuredBuild): Section[] {
  if (commands.length === 0) return []
  const rows = commands.map((command) => `- ${toCode(command, 2000)}`)
  return [fold({name: 'commands', head: [], rows, foot: []}, 'Commands')]
}
