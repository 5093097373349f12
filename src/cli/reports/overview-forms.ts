import type {OverviewReport} from '../../report/project/overview-report.js'
import type {ReportForms} from './write-report.js'

/** The forms that an overview takes: it has no places to annotate. */
export const OVERVIEW_FORMATS = ['text', 'json', 'markdown', 'html', 'github'] as const

/** The forms of an overview. @param spelling how the user calls the program */
export function overviewForms(report: OverviewReport, spelling: string): ReportForms {
  return {
    contextDir: report.context,
    text: async (view) =>
      (await import('../../render/text/render-overview.js')).renderOverviewText(report, {...view, spelling}),
    json: () => report,
    markdown: async () =>
      (await import('../../render/markdown/render-overview-markdown.js')).renderOverviewMarkdown(
        report,
        spelling,
      ),
    html: async (stamp) =>
      (await import('../../render/html/render-overview-html.js')).renderOverviewHtml(report, {
        ...stamp,
        spelling,
      }),
    findings: null,
  }
}
