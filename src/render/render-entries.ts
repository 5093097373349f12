import type {Entry, IgnoredEntry, PathExplanation, RequestedBy} from '../report/entry.js'
import {formatBytes, formatFiles} from './bytes.js'
import {escapeForTerminal} from './escape.js'
import {createStyles, type Screen} from './style.js'
import {type Cell, renderTable} from './table.js'

/** An entry with the instructions that ask for it, for the long listing. */
export interface LongEntry extends Entry {
  requestedBy: readonly RequestedBy[]
}

/** Paths as bytes, each ended by NUL: nothing is escaped, nothing is lost. */
export function renderNullSeparated(paths: readonly {path: string; pathBytes?: string}[]): Uint8Array {
  const nul = Buffer.from([0])
  return Buffer.concat(
    paths.flatMap(({path, pathBytes}) => [
      pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64'),
      nul,
    ]),
  )
}

/** One path a line; a directory ends in `/`. */
export function renderPaths(entries: readonly Entry[]): string {
  return toLines(entries.map(({path, type}) => escapeForTerminal(path) + (type === 'dir' ? '/' : '')))
}

/** Mode, size, path and what asks for it, one entry a line. */
export function renderLongEntries(entries: readonly LongEntry[], screen: Screen, isExact: boolean): string {
  const {dim, yellow} = createStyles(screen.hasColor)
  const arrow = screen.hasUnicode ? '→' : '->'
  const rows = entries.map((entry): Cell[] => {
    const link = entry.linkName === undefined ? '' : ` ${arrow} ${escapeForTerminal(entry.linkName)}`
    const [request] = entry.requestedBy
    const why = request === undefined ? '' : describeRequest(request)
    const note: Cell = entry.arrivesEmpty ? {text: 'arrives empty', style: yellow} : {text: why, style: dim}
    return [
      {text: formatMode(entry)},
      {text: isExact ? String(entry.fileBytes) : formatBytes(entry.fileBytes)},
      {text: escapeForTerminal(entry.path) + (entry.type === 'dir' ? '/' : '') + link},
      note,
    ]
  })
  return toLines(
    renderTable([{align: 'left'}, {align: 'right'}, {align: 'left'}, {align: 'left'}], rows).map(dedent),
  )
}

/** The topmost ignored entries and the line that keeps each out. */
export function renderIgnored(entries: readonly IgnoredEntry[], screen: Screen): string {
  const {dim} = createStyles(screen.hasColor)
  const rows = entries.map(({path, type, file, line, pattern}): Cell[] => [
    {text: escapeForTerminal(path) + (type === 'dir' ? '/' : '')},
    {text: `${escapeForTerminal(file)}:${line} ${escapeForTerminal(pattern)}`, style: dim},
  ])
  return toLines(renderTable([{align: 'left'}, {align: 'left'}], rows).map(dedent))
}

/** A few lines for each path: the verdict, the deciding line, the instruction that asks. */
export function renderExplanations(explanations: readonly PathExplanation[], screen: Screen): string {
  const {bold, green, yellow} = createStyles(screen.hasColor)
  const blocks = explanations.map((explanation) => {
    const style = explanation.verdict === 'sent' ? green : yellow
    const {path, exists} = explanation
    const head = `${bold(escapeForTerminal(path))}${exists ? '' : ' (does not exist)'}: ${style(describeVerdict(explanation))}`
    return [head, ...describeReasons(explanation)].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function describeVerdict({verdict, exists, transferBytes, tree}: PathExplanation): string {
  const would = exists ? 'is' : 'would be'
  switch (verdict) {
    case 'sent':
      if (!exists) return 'would be sent'
      if (tree === undefined) return `is sent, ${formatBytes(transferBytes)} on the wire`
      return `is sent, ${formatBytes(tree.transferBytes)} on the wire with ${formatFiles(tree.fileCount)} below it`
    case 'arrives-empty':
      return 'arrives empty: its entry is sent, its content is not'
    case 'ignored':
      return `${would} ignored`
    case 'not-requested':
      return `${exists ? 'is' : 'would'} not ${exists ? 'sent' : 'be sent'}: no instruction asks for it`
  }
}

function describeReasons(explanation: PathExplanation): string[] {
  const {ignoredBy, matchedPath, requestedBy, verdict, exists, ignoreFile, dockerfile} = explanation
  const lines: string[] = []
  if (ignoredBy === undefined) {
    lines.push(
      ignoreFile === null
        ? '  there is no ignore file'
        : `  no line of ${escapeForTerminal(ignoreFile)} matches it`,
    )
  } else {
    const {file, line, pattern, negated} = ignoredBy
    const through = matchedPath === undefined ? '' : ` (through ${escapeForTerminal(matchedPath)})`
    const what = negated ? 'keeps it in' : 'takes it out'
    lines.push(`  ${escapeForTerminal(file)}:${line} ${escapeForTerminal(pattern)} ${what}${through}`)
    if (!negated && exists && verdict === 'sent')
      lines.push('  sent all the same, as the way to what is kept in below it')
  }
  for (const request of requestedBy) lines.push(`  asked for by ${describeRequest(request)}`)
  if (dockerfile === null) lines.push('  there is no Dockerfile: everything counts as asked for')
  return lines
}

function describeRequest({file, line, text}: RequestedBy): string {
  return escapeForTerminal(`${file}:${line} ${text}`)
}

const TYPE_LETTERS = {dir: 'd', symlink: 'l', file: '-', hardlink: 'h', other: 'p'} as const
const SPECIAL_BITS = [
  {mask: 2 ** 23, at: 2, letter: 's'},
  {mask: 2 ** 22, at: 5, letter: 's'},
  {mask: 2 ** 20, at: 8, letter: 't'},
]

/** `drwxr-xr-x`, as `ls -l` says it. */
function formatMode({type, mode}: Entry): string {
  const bits = [...'rwxrwxrwx'].map((letter, at) => (mode & (1 << (8 - at)) ? letter : '-'))
  for (const {mask, at, letter} of SPECIAL_BITS) {
    if (Math.floor(mode / mask) % 2 === 1) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase()
  }
  return TYPE_LETTERS[type] + bits.join('')
}

function dedent(line: string): string {
  return line.slice(2)
}

function toLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
