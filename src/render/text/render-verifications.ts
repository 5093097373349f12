import {formatBytes, formatCount, formatFiles, formatSeconds} from '../../languages/text/amounts.js'
import type {DockerfileReport, Verification, VerifiedResult} from '../../report/dockerfile-report.js'
import {describeDifference} from '../dockerfile/describe-difference.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createStyles, type Screen} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'

const MAX_DIFFERENCES = 20

/** What building the old and the new Dockerfile came to, a block for each build; empty where nothing was built. */
export function renderVerifications({verifications, rewrites}: DockerfileReport, screen: Screen): string {
  if (verifications === undefined) return ''
  const {bold, dim} = createStyles(screen.hasColor)
  if (verifications.length === 0) {
    const isOpen = rewrites.some(({confidence, edits}) => confidence === 'review' && edits.length > 0)
    const more = isOpen ? '; --all builds the ? ones, too' : ''
    return `${wrap(`Nothing to verify: no change is proved safe${more}`, 0, screen).map(dim).join('\n')}\n`
  }
  const lines = verifications.flatMap((one) => renderOne(one, screen))
  const note =
    'Nothing was tagged, and no cached step was replaced; the builder keeps the steps of these builds in its cache until it frees space'
  return [bold('Verified by building'), ...lines, ...wrap(note, 2, screen).map(dim), '', ''].join('\n')
}

function renderOne(verification: Verification, screen: Screen): string[] {
  const {build, status, reason = '', differences, differenceCount} = verification
  const {green, red, dim} = createStyles(screen.hasColor)
  const mark = status === 'equal' ? green('equal') : red(status)
  const hidden = differenceCount - MAX_DIFFERENCES
  return [
    ...wrap(`${build}: ${describeStatus(verification)}${reason === '' ? '' : `: ${reason}`}`, 2, screen).map(
      (line, at) => (at === 0 ? line.replace(/^ {2}/, `  ${mark}  `) : `         ${line}`),
    ),
    ...differences.slice(0, MAX_DIFFERENCES).flatMap(({path, kind, before, after}) => {
      return wrap(`/${path}: ${describeDifference(kind, before, after)}`, 9, screen).map(red)
    }),
    ...(hidden > 0 ? [dim(`         and ${formatCount(hidden)} more: --json lists the first 100`)] : []),
    ...describeFigures(verification).flatMap((text) => wrap(text, 9, screen)),
  ]
}

function describeStatus({status, comparedCount, differenceCount, noiseCount}: Verification): string {
  if (status === 'failed') return 'could not be built'
  const noise =
    noiseCount === 0
      ? 'two builds of the old Dockerfile are the same'
      : `${formatCount(noiseCount)} also differ between two builds of the old Dockerfile, and are not counted`
  const found =
    status === 'equal'
      ? 'all the same'
      : `${formatCount(differenceCount)} ${differenceCount === 1 ? 'difference' : 'differences'}`
  return `${formatCount(comparedCount)} paths compared, ${found}; ${noise}`
}

function describeFigures({before, after}: Verification): string[] {
  if (before === undefined || after === undefined) return []
  return [`before ${describeResult(before)}`, `after ${describeResult(after)}`]
}

function describeResult({fileCount, fileBytes, seconds}: VerifiedResult): string {
  const times = seconds.map((one) => formatSeconds(one)).join(' and ')
  return `${formatFiles(fileCount)}, ${formatBytes(fileBytes)}; built in ${times}, every RUN run`
}

function wrap(text: string, indent: number, screen: Screen): string[] {
  return wrapText(escapeForTerminal(text), Math.min(screen.width, 110) - indent).map(
    (line) => ' '.repeat(indent) + line,
  )
}
