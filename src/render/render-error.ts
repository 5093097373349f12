import type {SlimCheckError} from '../errors.js'
import {renderJson} from './json/render-json.js'
import {escapeForTerminal} from './terminal/escape.js'
import {createStyles} from './terminal/style.js'

/** Renders an error for standard error: what is wrong, then the next step. */
export function renderError(error: SlimCheckError, hasColor: boolean): string {
  const {red, bold} = createStyles(hasColor)
  const message = error.message.split('\n').map(escapeForTerminal)
  const lines = message.map((line, at) => (at === 0 ? `${red(bold('Error:'))} ${line}` : `       ${line}`))
  const [first, ...others] = error.nextSteps
  if (first !== undefined) lines.push(`Try this: ${escapeForTerminal(first)}`)
  for (const step of others) lines.push(`          ${escapeForTerminal(step)}`)
  return `${lines.join('\n')}\n`
}

/** Renders an error for `--json`: the place beside the message where there is one. */
export function renderErrorJson({code, message, data, nextSteps}: SlimCheckError): string {
  const {file, line, problems} = data as {file?: string; line?: number; problems?: readonly {line: number}[]}
  const place = {
    ...(file !== undefined && {file}),
    ...((line ?? problems?.[0]?.line) !== undefined && {line: line ?? problems?.[0]?.line}),
  }
  const steps = nextSteps.length > 0 && {nextSteps: [...nextSteps]}
  return renderJson({schemaVersion: 1, error: {code, message, ...place, ...steps}})
}
