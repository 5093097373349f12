import type {Screen} from '../../render/terminal/style.js'
import type {OverviewReport} from '../../report/project/overview-report.js'
import {addJobSummary} from '../../services/context/save-report.js'
import {deliver} from '../deliver.js'
import {chooseFormat, type WantedFormat} from '../formats.js'

/** The forms that an overview takes: it has no places to annotate. */
export const OVERVIEW_FORMATS = ['text', 'json', 'markdown', 'html', 'github'] as const

/** How the overview is wanted. */
export interface OverviewLook extends WantedFormat {
  isExact: boolean
  version: string
  /** How the user calls the program. */
  spelling: string
  screen: Screen
}

/** Writes the overview to standard output, or to a file; for GitHub to the summary of the job. */
export async function writeOverview(report: OverviewReport, look: OverviewLook): Promise<void> {
  const format = chooseFormat(look)
  const {spelling, version} = look
  if (format === 'github') {
    const {renderOverviewMarkdown} = await import('../../render/markdown/render-overview-markdown.js')
    addJobSummary(renderOverviewMarkdown(report, spelling), process.env)
  }
  deliver(await renderWith(format, report, {...look, spelling, version}), look.output, report.context)
}

async function renderWith(format: string, report: OverviewReport, look: OverviewLook): Promise<string> {
  const {spelling, version, isExact, output} = look
  switch (format) {
    case 'json':
      return (await import('../../render/json/render-json.js')).renderJson(report)
    case 'markdown': {
      const {renderOverviewMarkdown} = await import('../../render/markdown/render-overview-markdown.js')
      return renderOverviewMarkdown(report, spelling)
    }
    case 'html': {
      const {renderOverviewHtml} = await import('../../render/html/render-overview-html.js')
      return renderOverviewHtml(report, {version, spelling, date: new Date().toISOString().slice(0, 10)})
    }
    default: {
      const {renderOverviewText} = await import('../../render/text/render-overview.js')
      const screen = output === undefined ? look.screen : {...look.screen, hasColor: false}
      return renderOverviewText(report, {...screen, top: 10, isExact, spelling})
    }
  }
}
