import type {ContextReport, SplitReport} from '../report/context-report.js'
import {formatBytes} from './bytes.js'
import {escapeForTerminal} from './escape.js'
import type {Styles} from './style.js'
import {wrapText} from './table.js'

/** The ignore files of their own that would help, and how to get them. */
export function renderSplits(
  splits: readonly SplitReport[],
  styles: Styles,
  {width, isExact}: {width: number; isExact: boolean},
): string[] {
  if (splits.length === 0) return []
  const lines = splits.flatMap((split) => {
    const files = split.ownFiles.map(({ignoreFile}) => ignoreFile).join(', ')
    const title = `${styles.yellow('!')} ${escapeForTerminal(files)}  saves ${formatBytes(split.savedBytes, isExact)}`
    return [
      `  ${title}`,
      ...wrapText(escapeForTerminal(explainSplit(split)), width - 5).map(
        (part) => `     ${styles.dim(part)}`,
      ),
    ]
  })
  return [
    styles.bold('An ignore file of its own would help'),
    ...lines,
    '',
    '  --write asks before it makes these files; --yes agrees.',
  ]
}

function explainSplit({ignoreFile, patterns, ownFiles}: SplitReport): string {
  const builds = [...new Set(ownFiles.flatMap(({plans}) => plans))].join(', ')
  const lines = patterns.join(', ')
  return `${builds} needs ${lines}, the others do not: with a file of its own, which replaces ${ignoreFile} entirely and so repeats its lines, ${ignoreFile} can take ${lines}`
}

/** What `--write` asks before it makes files of their own. */
export function renderSplitQuestion({splits = []}: ContextReport): string {
  const files = splits.flatMap(({ownFiles}) => ownFiles.map(({ignoreFile}) => ignoreFile))
  return `${splits.map((split) => `${escapeForTerminal(explainSplit(split))}.\n`).join('')}Create ${escapeForTerminal(files.join(', '))}?`
}
