import {formatCount} from '../../languages/text/amounts.js'
import type {ContextReport, Severity} from '../../report/context-report.js'
import {listNotices, type Notice} from '../list-notices.js'
import {guessContextPath, toRepositoryPath} from '../repository-path.js'
import {escapeForTerminal} from '../terminal/escape.js'

export interface AnnotationOptions {
  /** The context, relative to the root of the repository; default: as it was given, if that is relative. */
  contextPath?: string
}

/** GitHub shows at most this many annotations of one level for one step. */
const MAX_OF_LEVEL = 10

const COMMANDS: readonly [level: Severity, command: string][] = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'notice'],
]

/**
 * Renders a report as annotations: one workflow command of GitHub a line, errors first, at most ten of each level. Empty
 * if there is nothing to report.
 */
export function renderAnnotations(report: ContextReport, options: AnnotationOptions = {}): string {
  const contextPath = options.contextPath ?? guessContextPath(report)
  const notices = listNotices(report)
  const lines = COMMANDS.flatMap(([level, command]) => {
    const own = notices.filter((notice) => notice.level === level)
    const shown = own.length <= MAX_OF_LEVEL ? own : own.slice(0, MAX_OF_LEVEL - 1)
    const hidden = own.length - shown.length
    return [
      ...shown.map((notice) => renderNotice(command, notice, contextPath)),
      ...(hidden > 0 ? [`::${command}::and ${formatCount(hidden)} more: see the summary of the job`] : []),
    ]
  })
  return lines.map((line) => `${line}\n`).join('')
}

function renderNotice(command: string, notice: Notice, contextPath: string | null): string {
  const {file, line, title, message} = notice
  const found = toRepositoryPath(file, contextPath)
  // A name that would have to be escaped for the log is no name that GitHub could find.
  const known = found !== null && escapeForTerminal(found) === found ? found : null
  const properties = [
    ...(known === null ? [] : [`file=${escapeProperty(known)}`]),
    ...(known === null || line === undefined ? [] : [`line=${line}`]),
    `title=${escapeProperty(`slim-check: ${title}`)}`,
  ]
  const place = known === null ? `${file}${line === undefined ? '' : `:${line}`} ` : ''
  return `::${command} ${properties.join(',')}::${escapeData(escapeForTerminal(place + message))}`
}

/** As GitHub's own toolkit does. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
