import {escapeForTerminal} from '../render/terminal/escape.js'
import {saveReport} from '../services/context/save-report.js'

/** Writes a report to a file, or to standard output: without a file, or with `-`. @throws SlimCheckError */
export function deliver(text: string, output: string | undefined): void {
  if (output === undefined || output === '-') {
    process.stdout.write(text)
    return
  }
  saveReport(output, text)
  process.stderr.write(`Wrote ${escapeForTerminal(output)}\n`)
}
