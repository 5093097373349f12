import type {ContextReport, SplitReport} from '../../report/context-report.js'
import {explainSplit} from '../explain-split.js'
import {wrapText} from '../terminal/table.js'
import {MARKS} from './marks.js'
import type {Page} from './page.js'

const INDENT = ' '.repeat(5)

/** The ignore files of their own that would help, and how to get them. */
export function renderSplits({splits = [], oneBuilder}: ContextReport, page: Page): string[] {
  if (splits.length === 0) return []
  const {styles, show, bytes, width} = page
  // On one builder, the build that needs the paths sends them for all; the others take them away from its copy.
  const where = oneBuilder === undefined ? '' : ' where each build has a fresh builder'
  const cost = oneBuilder === undefined ? '' : '. On one builder, the paths are sent again on every rebuild'
  const lines = splits.flatMap((split) => {
    const {confidence, ownFiles, savedBytes} = split
    const files = ownFiles.map(({ignoreFile}) => ignoreFile).join(', ')
    const style = confidence === 'safe' ? styles.green : styles.yellow
    const reason = wrapText(show(explainSplit(split) + cost), width - INDENT.length)
    return [
      `  ${style(`${MARKS[confidence]}  ${show(files)}`)}  saves ${bytes(savedBytes)}${where}`,
      ...reason.map((part) => `${INDENT}${styles.dim(part)}`),
    ]
  })
  const consent = wrapText(explainConsent(splits), width - INDENT.length)
  return [
    styles.bold('An ignore file of its own would help'),
    ...lines,
    ...consent.map((part) => `${INDENT}${part}`),
  ]
}

/** How one gets the files. */
function explainConsent(splits: readonly SplitReport[]): string {
  const isSafe = splits.some(({confidence}) => confidence === 'safe')
  return isSafe
    ? '--write asks before it makes such a file; --yes agrees. --diff shows it.'
    : '--all --write asks before it makes such a file; --yes agrees. --all --diff shows it.'
}
