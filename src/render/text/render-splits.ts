import type {ContextReport} from '../../report/context-report.js'
import {explainSplit} from '../explain-split.js'
import {wrapText} from '../terminal/table.js'
import type {Page} from './page.js'

const INDENT = ' '.repeat(5)

/** The ignore files of their own that would help, and how to get them. */
export function renderSplits({splits = []}: ContextReport, page: Page): string[] {
  if (splits.length === 0) return []
  const lines = splits.flatMap((split) => {
    const files = split.ownFiles.map(({ignoreFile}) => ignoreFile).join(', ')
    const reason = wrapText(page.show(explainSplit(split)), page.width - INDENT.length)
    return [
      `  ${page.styles.yellow('!')}  ${page.show(files)}  saves ${page.bytes(split.savedBytes)}`,
      ...reason.map((part) => `${INDENT}${page.styles.dim(part)}`),
    ]
  })
  const consent = wrapText('--write asks before it makes them; --yes agrees.', page.width - INDENT.length)
  return [
    page.styles.bold('An ignore file of its own would help'),
    ...lines,
    ...consent.map((part) => `${INDENT}${part}`),
  ]
}
