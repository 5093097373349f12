import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {Screen} from '../../render/terminal/style.js'
import type {ContextReport} from '../../report/context-report.js'
import type {RuleDescription} from '../../report/rule-description.js'
import {addJobSummary, locateInRepository} from '../../services/context/save-report.js'
import {chooseFormat, type Format, type WantedFormat} from './choose-format.js'
import {deliver} from './deliver.js'

/** How a report is wanted. */
export interface Look extends WantedFormat {
  /** Rows of lists; default 10. */
  top?: number | undefined
  /** Bytes to the last digit. */
  bytes?: boolean
  /** Of this program. */
  version: string
  screen: Screen
}

/** What a text is laid out for. */
export interface TextView extends Screen {
  top: number
  isExact: boolean
}

/** What a page says of its making. */
export interface PageStamp {
  version: string
  /** Of today: ISO 8601, without time. */
  date: string
  /** The name of the context's directory; empty where there is none. */
  project: string
}

/** What is wrong, with the places. */
interface PlacedFindings {
  report: ContextReport
  rules: readonly RuleDescription[]
  /** Tells uploads of several commands apart. */
  category?: string
}

/** The forms of one kind of report. Each loads its code when it is asked for. */
export interface ReportForms {
  /** The build context, as given; null: there is none. */
  contextDir: string | null
  text(view: TextView): Promise<string>
  /** What JSON holds. */
  json(): object
  markdown(): Promise<string>
  /** What the job's page on GitHub shows, if that is not the Markdown. */
  summary?(): Promise<string>
  html(stamp: PageStamp): Promise<string>
  /** Null: the report has no places, so no SARIF, and GitHub's log shows the text. */
  findings: (() => Promise<PlacedFindings>) | null
}

const DEFAULT_TOP = 10

/** Writes a report to standard output, or to a file; for GitHub to the page of the job, too. @throws SlimCheckError */
export async function writeReport(forms: ReportForms, look: Look): Promise<void> {
  const format = chooseFormat(look)
  deliver(await renderReport(format, forms, look), look.output, forms.contextDir)
  if (format !== 'github') return
  addJobSummary(await (forms.summary ?? forms.markdown)(), process.env)
}

/** Renders a report in a form; only the code of that form is loaded. @throws SlimCheckError where the report has no such form */
export async function renderReport(format: Format, forms: ReportForms, look: Look): Promise<string> {
  switch (format) {
    case 'text':
      return renderText(forms, look)
    case 'json':
      return (await import('../../render/json/render-json.js')).renderJson(forms.json())
    case 'markdown':
      return forms.markdown()
    case 'sarif':
      return renderSarifOf(forms, look)
    case 'github':
      return forms.findings === null ? renderText(forms, look) : renderAnnotationsOf(forms, forms.findings)
    case 'html':
      return forms.html({
        version: look.version,
        date: new Date().toISOString().slice(0, 10),
        project: nameOf(forms.contextDir),
      })
  }
}

/** A file has no colours. */
function renderText(forms: ReportForms, {top = DEFAULT_TOP, bytes = false, screen, output}: Look) {
  const hasColor = screen.hasColor && output === undefined
  return forms.text({...screen, hasColor, top, isExact: bytes})
}

async function renderSarifOf({findings, contextDir}: ReportForms, {version}: Look): Promise<string> {
  if (findings === null) {
    throw new SlimCheckError('bad-flag', {
      message: '--format sarif: this report has no findings with a file and a line',
      nextStep: 'Choose another format, or run the command for one part',
    })
  }
  const {renderSarif} = await import('../../render/sarif/render-sarif.js')
  const {report, ...options} = await findings()
  return renderSarif(report, {...options, toolVersion: version, contextPath: placeOf(contextDir)})
}

async function renderAnnotationsOf(
  {contextDir}: ReportForms,
  findings: () => Promise<PlacedFindings>,
): Promise<string> {
  const {renderAnnotations} = await import('../../render/github/render-annotations.js')
  const {report} = await findings()
  return renderAnnotations(report, {contextPath: placeOf(contextDir)})
}

function nameOf(contextDir: string | null): string {
  return contextDir === null || contextDir === '-' ? '' : path.basename(path.resolve(contextDir))
}

function placeOf(contextDir: string | null): string {
  return contextDir === null ? '.' : locateInRepository(contextDir)
}
