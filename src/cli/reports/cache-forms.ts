import type {CacheReport} from '../../report/cache-report.js'
import type {ReportForms} from './write-report.js'

/** The forms of what a change runs again. */
export function cacheForms(report: CacheReport): ReportForms {
  return {
    contextDir: report.context,
    text: async (view) => (await import('../../render/text/render-cache.js')).renderCacheText(report, view),
    json: () => report,
    markdown: async () =>
      (await import('../../render/markdown/render-cache-markdown.js')).renderCacheMarkdown(report),
    html: async (stamp) =>
      (await import('../../render/html/render-cache-html.js')).renderCacheHtml(report, stamp),
    findings: async () => {
      const {CACHE_BUDGET, toCacheFindings} = await import('../../render/cache/to-findings-report.js')
      const {CACHE_RULES} = await import('../../advice/rules/cache/all-cache-rules.js')
      return {report: toCacheFindings(report), rules: [...CACHE_RULES, CACHE_BUDGET], category: 'cache'}
    },
  }
}
