import type {FileChange} from '../../report/file-change.js'
import type {ComposeReport} from '../../report/project/compose-report.js'
import type {ReportForms} from './write-report.js'

/** The forms of a Compose project. @param changes what `--write` would change */
export function composeForms(report: ComposeReport, changes: readonly FileChange[]): ReportForms {
  return {
    contextDir: report.context,
    text: async (view) =>
      (await import('../../render/text/render-compose.js')).renderComposeText(report, view),
    json: () => report,
    markdown: async () =>
      (await import('../../render/markdown/render-compose-markdown.js')).renderComposeMarkdown(report),
    html: async (stamp) => {
      const {renderComposeHtml} = await import('../../render/html/render-compose-html.js')
      return renderComposeHtml(report, {...stamp, changes})
    },
    findings: async () => {
      const {toComposeFindings} = await import('../../render/compose/to-findings-report.js')
      const {COMPOSE_RULES} = await import('../../advice/rules/compose/all-compose-rules.js')
      const {DESCRIPTIONS} = await import('../../advice/descriptions.js')
      const rules = [...COMPOSE_RULES, ...DESCRIPTIONS]
      return {report: toComposeFindings(report), rules, category: 'compose'}
    },
  }
}
