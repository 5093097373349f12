import type {Screen} from '../../render/terminal/style.js'
import type {DockerfileReport} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {addJobSummary, locateInRepository} from '../../services/context/save-report.js'
import {deliver} from '../deliver.js'
import {chooseFormat, type Format, type WantedFormat} from '../formats.js'

/** How the report is wanted. */
export interface DockerfileLook extends WantedFormat {
  version: string
  screen: Screen
  /** What `--write` would change. */
  changes: readonly FileChange[]
}

/** Writes rewrites to standard output, or to a file. */
export async function writeDockerfileReport(report: DockerfileReport, look: DockerfileLook): Promise<void> {
  const format = chooseFormat(look)
  const text = await renderWith(format, report, look)
  deliver(text, look.output, report.context)
  if (format !== 'github') return
  const {renderDockerfileMarkdown} = await import('../../render/markdown/render-dockerfile-markdown.js')
  addJobSummary(renderDockerfileMarkdown(report), process.env)
}

async function renderWith(format: Format, report: DockerfileReport, look: DockerfileLook): Promise<string> {
  switch (format) {
    case 'text':
      return renderTextWith(report, look)
    case 'json':
      return (await import('../../render/json/render-json.js')).renderJson(report)
    case 'markdown':
      return (await import('../../render/markdown/render-dockerfile-markdown.js')).renderDockerfileMarkdown(
        report,
      )
    case 'sarif':
      return renderSarifWith(report, look)
    case 'github': {
      const {toRewriteFindings} = await import('../../render/dockerfile/to-findings-report.js')
      const {renderAnnotations} = await import('../../render/github/render-annotations.js')
      return renderAnnotations(toRewriteFindings(report), {contextPath: locateInRepository(report.context)})
    }
    case 'html': {
      const {renderDockerfileHtml} = await import('../../render/html/render-dockerfile-html.js')
      const date = new Date().toISOString().slice(0, 10)
      return renderDockerfileHtml(report, {version: look.version, date, changes: look.changes})
    }
  }
}

async function renderTextWith(report: DockerfileReport, look: DockerfileLook): Promise<string> {
  const {renderDockerfile} = await import('../../render/text/render-dockerfile.js')
  return renderDockerfile(report, look.output === undefined ? look.screen : {...look.screen, hasColor: false})
}

async function renderSarifWith(report: DockerfileReport, look: DockerfileLook): Promise<string> {
  const {toRewriteFindings} = await import('../../render/dockerfile/to-findings-report.js')
  const {renderSarif} = await import('../../render/sarif/render-sarif.js')
  const {REWRITE_DESCRIPTIONS} = await import('../../advice/rewrite-descriptions.js')
  const {DESCRIPTIONS} = await import('../../advice/descriptions.js')
  const rules = [...REWRITE_DESCRIPTIONS, ...DESCRIPTIONS]
  const options = {toolVersion: look.version, rules, contextPath: locateInRepository(report.context)}
  return renderSarif(toRewriteFindings(report), options)
}
