import {escapeForTerminal} from '../../render/terminal/escape.js'
import type {MeasureReport} from '../../report/measure/measure-report.js'
import {saveReport} from '../../services/context/save-report.js'

/** Saves a report that people read, and the same for a later comparison. @throws SlimCheckError */
export async function saveMeasureFiles(
  report: MeasureReport,
  {markdown, json}: {markdown: string; json: string},
): Promise<void> {
  const {renderMeasureMarkdown} = await import('../../render/markdown/render-measure-markdown.js')
  const {renderJson} = await import('../../render/json/render-json.js')
  saveReport(json, renderJson(report))
  saveReport(markdown, renderMeasureMarkdown(report))
  process.stderr.write(`Wrote ${[markdown, json].map(escapeForTerminal).join(', ')}\n`)
}

/** Writes commands, one a line, each build below a comment of a shell with its name. */
export function writeCommands(builds: readonly {build: string; commands: string[]}[]): void {
  for (const {build, commands} of builds) {
    process.stdout.write(`# ${escapeForTerminal(build)}\n`)
    for (const command of commands) process.stdout.write(`${escapeForTerminal(command)}\n`)
  }
}
