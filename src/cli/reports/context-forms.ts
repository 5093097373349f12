import {SlimCheckError} from '../../errors.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Analysis} from '../../services/analysis/analysis.js'
import type {PageStamp, ReportForms, TextView} from './write-report.js'

/** What the forms of a context want besides. */
export interface ContextExtras {
  /** The largest paths as a tree. */
  tree?: boolean
  /** Small suggestions, too. */
  all?: boolean
}

/** The forms of a build context. @param analysis what stands behind the report; null where there is only the report */
export function contextForms(
  report: ContextReport,
  analysis: Analysis | null,
  {tree = false, all = false}: ContextExtras,
): ReportForms {
  return {
    contextDir: report.context,
    text: (view) => renderTextWith(report, tree ? analysis : null, {...view, all}),
    json: () => report,
    markdown: async () => (await import('../../render/markdown/render-markdown.js')).renderMarkdown(report),
    summary: async () => (await import('../../render/github/render-job-summary.js')).renderJobSummary(report),
    html: (stamp) => renderHtmlWith(report, analysis, {...stamp, all}),
    findings: async () => {
      const {DESCRIPTIONS} = await import('../../advice/descriptions.js')
      return {report, rules: DESCRIPTIONS}
    },
  }
}

/** @param analysis null: the largest paths are a list */
async function renderTextWith(
  report: ContextReport,
  analysis: Analysis | null,
  view: TextView & {all: boolean},
): Promise<string> {
  const {renderText} = await import('../../render/text/render-text.js')
  if (analysis === null) return renderText(report, view)
  const {reportSizeTree} = await import('../../services/analysis/report-size-tree.js')
  const {renderTree} = await import('../../render/text/render-tree.js')
  return renderText(report, {...view, tree: renderTree(reportSizeTree(analysis), view)})
}

async function renderHtmlWith(
  report: ContextReport,
  analysis: Analysis | null,
  options: PageStamp & {all: boolean},
): Promise<string> {
  if (analysis === null) {
    throw new SlimCheckError('bad-flag', {
      message: '--format html needs a directory, and the context is a tar',
      nextStep: 'Pass the directory, or choose another format',
    })
  }
  const {renderHtml} = await import('../../render/html/render-html.js')
  const {reportSizeTree} = await import('../../services/analysis/report-size-tree.js')
  const rates = report.rates && {rates: report.rates}
  return renderHtml(report, reportSizeTree(analysis), {...options, ...rates})
}
