import type {DockerfileReport} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import type {ReportForms} from './write-report.js'

/** The forms of rewrites. @param changes what `--write` would change */
export function dockerfileForms(report: DockerfileReport, changes: readonly FileChange[]): ReportForms {
  return {
    contextDir: report.context,
    text: async (view) =>
      (await import('../../render/text/render-dockerfile.js')).renderDockerfile(report, view),
    json: () => report,
    markdown: async () =>
      (await import('../../render/markdown/render-dockerfile-markdown.js')).renderDockerfileMarkdown(report),
    html: async (stamp) => {
      const {renderDockerfileHtml} = await import('../../render/html/render-dockerfile-html.js')
      return renderDockerfileHtml(report, {...stamp, changes})
    },
    findings: async () => {
      const {toRewriteFindings} = await import('../../render/dockerfile/to-findings-report.js')
      const {REWRITE_DESCRIPTIONS} = await import('../../advice/rewrite-descriptions.js')
      const {DESCRIPTIONS} = await import('../../advice/descriptions.js')
      const rules = [...REWRITE_DESCRIPTIONS, ...DESCRIPTIONS]
      return {report: toRewriteFindings(report), rules, category: 'dockerfile'}
    },
  }
}
