import type {Screen} from '../../render/terminal/style.js'
import type {FileChange} from '../../report/file-change.js'
import type {ComposeReport} from '../../report/project/compose-report.js'
import {addJobSummary, locateInRepository} from '../../services/context/save-report.js'
import {deliver} from '../deliver.js'
import {chooseFormat, type Format, type WantedFormat} from '../formats.js'

/** How the report is wanted. */
export interface ComposeLook extends WantedFormat {
  top: number
  isExact: boolean
  version: string
  screen: Screen
  /** What `--write` would change. */
  changes: readonly FileChange[]
}

/** Writes the report about a Compose project to standard output, or to a file. */
export async function writeComposeReport(report: ComposeReport, look: ComposeLook): Promise<void> {
  const format = chooseFormat(look)
  deliver(await renderWith(format, report, look), look.output, report.context)
  if (format !== 'github') return
  const {renderComposeMarkdown} = await import('../../render/markdown/render-compose-markdown.js')
  addJobSummary(renderComposeMarkdown(report), process.env)
}

async function renderWith(format: Format, report: ComposeReport, look: ComposeLook): Promise<string> {
  switch (format) {
    case 'text':
      return renderTextWith(report, look)
    case 'json':
      return (await import('../../render/json/render-json.js')).renderJson(report)
    case 'markdown':
      return (await import('../../render/markdown/render-compose-markdown.js')).renderComposeMarkdown(report)
    case 'sarif':
      return renderSarifWith(report, look)
    case 'github': {
      const {toComposeFindings} = await import('../../render/compose/to-findings-report.js')
      const {renderAnnotations} = await import('../../render/github/render-annotations.js')
      return renderAnnotations(toComposeFindings(report), {contextPath: locateInRepository(report.context)})
    }
    case 'html': {
      const {renderComposeHtml} = await import('../../render/html/render-compose-html.js')
      const date = new Date().toISOString().slice(0, 10)
      return renderComposeHtml(report, {version: look.version, date, changes: look.changes})
    }
  }
}

async function renderTextWith(report: ComposeReport, look: ComposeLook): Promise<string> {
  const {renderComposeText} = await import('../../render/text/render-compose.js')
  const {top, isExact} = look
  const screen = look.output === undefined ? look.screen : {...look.screen, hasColor: false}
  return renderComposeText(report, {...screen, top, isExact})
}

async function renderSarifWith(report: ComposeReport, look: ComposeLook): Promise<string> {
  const {toComposeFindings} = await import('../../render/compose/to-findings-report.js')
  const {renderSarif} = await import('../../render/sarif/render-sarif.js')
  const {DESCRIPTIONS} = await import('../../advice/descriptions.js')
  const {COMPOSE_RULES} = await import('../../advice/rules/compose/all-compose-rules.js')
  return renderSarif(toComposeFindings(report), {
    toolVersion: look.version,
    rules: [...COMPOSE_RULES, ...DESCRIPTIONS],
    contextPath: locateInRepository(report.context),
    category: 'compose',
  })
}
