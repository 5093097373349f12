import type {MeasureReport} from '../../report/measure/measure-report.js'
import type {ReportForms} from './write-report.js'

/** The forms of builds that were measured. */
export function measureForms(report: MeasureReport): ReportForms {
  return {
    contextDir: report.context,
    text: async (view) =>
      (await import('../../render/text/render-measure.js')).renderMeasureText(report, view),
    json: () => report,
    markdown: async () =>
      (await import('../../render/markdown/render-measure-markdown.js')).renderMeasureMarkdown(report),
    html: async (stamp) =>
      (await import('../../render/html/render-measure-html.js')).renderMeasureHtml(report, stamp),
    findings: async () => {
      const {MEASURE_RULES, toMeasureFindings} = await import('../../render/measure/to-findings-report.js')
      return {report: toMeasureFindings(report), rules: MEASURE_RULES, category: 'measure'}
    },
  }
}
