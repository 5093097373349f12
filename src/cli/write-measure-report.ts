import {escapeForTerminal} from '../render/terminal/escape.js'
import type {Screen} from '../render/terminal/style.js'
import type {MeasureReport} from '../report/measure/measure-report.js'
import {addJobSummary, locateInRepository, saveReport} from '../services/context/save-report.js'
import {chooseFormat, type Format} from './formats.js'

/** How the report is wanted. */
export interface MeasureLook {
  format?: string | undefined
  json?: boolean
  output?: string | undefined
  bytes?: boolean
  /** Where the report is saved besides; null: nowhere. */
  files: {markdown: string; json: string} | null
  version: string
  screen: Screen
}

const TOP = 10

/** Writes what was measured to standard output, or to a file. */
export async function writeMeasureReport(report: MeasureReport, look: MeasureLook): Promise<void> {
  const format = chooseFormat(look)
  writeText(await renderWith(format, report, look), look.output)
  if (look.files !== null) await saveFiles(report, look.files)
  if (format !== 'github') return
  const {renderMeasureMarkdown} = await import('../render/markdown/render-measure-markdown.js')
  addJobSummary(renderMeasureMarkdown(report), process.env)
}

/** Writes a text to standard output, or to a file. */
export function writeText(text: string, output: string | undefined): void {
  if (output === undefined) {
    process.stdout.write(text)
    return
  }
  saveReport(output, text)
  tellWritten([output])
}

/** A report that people read, and the same for a later comparison. */
async function saveFiles(
  report: MeasureReport,
  {markdown, json}: {markdown: string; json: string},
): Promise<void> {
  const {renderMeasureMarkdown} = await import('../render/markdown/render-measure-markdown.js')
  const {renderJson} = await import('../render/json/render-json.js')
  saveReport(json, renderJson(report))
  saveReport(markdown, renderMeasureMarkdown(report))
  tellWritten([markdown, json])
}

function tellWritten(files: readonly string[]): void {
  process.stderr.write(`Wrote ${files.map(escapeForTerminal).join(', ')}\n`)
}

async function renderWith(format: Format, report: MeasureReport, look: MeasureLook): Promise<string> {
  switch (format) {
    case 'text':
      return renderTextWith(report, look)
    case 'json':
      return (await import('../render/json/render-json.js')).renderJson(report)
    case 'markdown':
      return (await import('../render/markdown/render-measure-markdown.js')).renderMeasureMarkdown(report)
    case 'sarif': {
      const {MEASURE_RULES, toMeasureFindings} = await import('../render/measure/to-findings-report.js')
      const {renderSarif} = await import('../render/sarif/render-sarif.js')
      const contextPath = locateInRepository(report.context)
      const options = {toolVersion: look.version, rules: MEASURE_RULES, contextPath, category: 'measure'}
      return renderSarif(toMeasureFindings(report), options)
    }
    case 'github': {
      const {toMeasureFindings} = await import('../render/measure/to-findings-report.js')
      const {renderAnnotations} = await import('../render/github/render-annotations.js')
      return renderAnnotations(toMeasureFindings(report), {contextPath: locateInRepository(report.context)})
    }
    case 'html':
      return (await import('../render/html/render-measure-html.js')).renderMeasureHtml(report, look)
  }
}

async function renderTextWith(report: MeasureReport, look: MeasureLook): Promise<string> {
  const {renderMeasureText} = await import('../render/text/render-measure.js')
  const screen = look.output === undefined ? look.screen : {...look.screen, hasColor: false}
  return renderMeasureText(report, {...screen, top: TOP, isExact: look.bytes ?? false})
}

/** Writes commands, one a line, each build below a comment of a shell with its name. */
export function writeCommands(builds: readonly {build: string; commands: string[]}[]): void {
  for (const {build, commands} of builds) {
    process.stdout.write(`# ${escapeForTerminal(build)}\n`)
    for (const command of commands) process.stdout.write(`${escapeForTerminal(command)}\n`)
  }
}
