import {escapeForTerminal} from '../../render/terminal/escape.js'
import {findInContext, saveReport} from '../../services/context/save-report.js'
import {say} from '../quiet.js'

/**
 * Writes a report to a file, or to standard output: without a file, or with `-`.
 * @param contextDir the build context; null where there is none
 * @throws SlimCheckError
 */
export function deliver(text: string, output: string | undefined, contextDir: string | null): void {
  if (output === undefined || output === '-') {
    say(text)
    return
  }
  saveReport(output, text)
  process.stderr.write(`Wrote ${escapeForTerminal(output)}\n`)
  noteInContext(output, contextDir)
}

/** Says of a file that was just written that the next build sends it. */
export function noteInContext(file: string, contextDir: string | null): void {
  const inContext = contextDir === null || contextDir === '-' ? null : findInContext(file, contextDir)
  if (inContext === null) return
  const name = escapeForTerminal(inContext)
  process.stderr.write(
    `Note: ${name} is now part of the build context; a line "${name}" in .dockerignore keeps it out\n`,
  )
}
