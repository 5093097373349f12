import {formatBytes, formatFiles} from '../../languages/text/amounts.js'
import {mapLazily} from '../../measure/figures/map-lazily.js'
import type {
  BuildExplanation,
  Entry,
  ExplainedEntry,
  IgnoredEntry,
  PathExplanation,
  RequestedBy,
} from '../../report/entry.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createStyles, type Screen} from '../terminal/style.js'
import {type Cell, type Column, fitsWidth, measureColumns, renderRow, wrapText} from '../terminal/table.js'
import {MARKS} from './marks.js'

/** Paths as bytes, each ended by NUL: nothing is escaped, nothing is lost. */
export function renderNullSeparated(
  paths: Iterable<{path: string; pathBytes?: string}>,
): Iterable<string | Uint8Array> {
  return mapLazily(paths, ({path, pathBytes}) =>
    pathBytes === undefined
      ? `${path}\0`
      : Buffer.concat([Buffer.from(pathBytes, 'base64'), Buffer.from([0])]),
  )
}

/** One path a line; a directory ends in `/`. */
export function renderPaths(entries: Iterable<Entry>): Iterable<string> {
  return mapLazily(entries, ({path, type}) => `${escapeForTerminal(path)}${type === 'dir' ? '/' : ''}\n`)
}

/** Mode, size, path and the instruction that asks for it, one entry a line. Reads the entries twice. */
export function renderLongEntries(
  entries: Iterable<ExplainedEntry>,
  screen: Screen,
  isExact: boolean,
): Iterable<string> {
  const {dim, yellow} = createStyles(screen.hasColor)
  const arrow = screen.hasUnicode ? '→' : '->'
  /** Few instructions ask for all entries. */
  const reasons = new Map<RequestedBy, string>()
  const reasonOf = (request: RequestedBy): string => {
    const reason = reasons.get(request) ?? describeRequest(request)
    reasons.set(request, reason)
    return reason
  }
  const rows = mapLazily(entries, (entry): Cell[] => {
    const link = entry.linkName === undefined ? '' : ` ${arrow} ${escapeForTerminal(entry.linkName)}`
    const [request] = entry.requestedBy
    const why = request === undefined ? '' : reasonOf(request)
    const note: Cell = entry.arrivesEmpty ? {text: 'arrives empty', style: yellow} : {text: why, style: dim}
    return [
      {text: formatMode(entry)},
      {text: isExact ? String(entry.fileBytes) : formatBytes(entry.fileBytes)},
      {text: escapeForTerminal(entry.path) + (entry.type === 'dir' ? '/' : '') + link},
      note,
    ]
  })
  return layOutLines([{align: 'left'}, {align: 'right'}, {align: 'left'}, {align: 'left'}], rows)
}

/** The topmost ignored entries and the line that keeps each out. Reads the entries twice. */
export function renderIgnored(entries: Iterable<IgnoredEntry>, screen: Screen): Iterable<string> {
  const {dim} = createStyles(screen.hasColor)
  const rows = mapLazily(entries, ({path, type, file, line, pattern}): Cell[] => [
    {text: escapeForTerminal(path) + (type === 'dir' ? '/' : '')},
    {text: `${escapeForTerminal(file)}:${line} ${escapeForTerminal(pattern)}`, style: dim},
  ])
  return layOutLines([{align: 'left'}, {align: 'left'}], rows)
}

/** The answers of several builds, each under its name; of one build the answers alone. */
export function renderBuildExplanations(builds: readonly BuildExplanation[], screen: Screen): string {
  const [first] = builds
  if (builds.length === 1) return renderExplanations(first!.paths, screen)
  const {bold} = createStyles(screen.hasColor)
  return builds
    .map(
      ({name, paths}) =>
        `${bold(`Build ${escapeForTerminal(name)}`)}\n\n${renderExplanations(paths, screen)}`,
    )
    .join('\n')
}

/** A few lines for each path: the verdict, the deciding line, the instruction that asks. */
function renderExplanations(explanations: readonly PathExplanation[], screen: Screen): string {
  const {bold, green, yellow} = createStyles(screen.hasColor)
  const blocks = explanations.map((explanation) => {
    const style = explanation.verdict === 'sent' ? green : yellow
    const {path, exists} = explanation
    const name = escapeForTerminal(path)
    const note = exists ? ':' : ' (does not exist):'
    const verdict = describeVerdict(explanation)
    const between = fitsWidth([`${name}${note} ${verdict}`], screen.width) ? ' ' : '\n  '
    const reasons = describeReasons(explanation).flatMap((line) => wrapBelow(line, screen.width))
    return [`${bold(name)}${note}${between}${style(verdict)}`, ...reasons].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

/** What does not fit goes on below, two columns further in. */
function wrapBelow(line: string, width: number): string[] {
  const [, indent = ''] = /^( *)/.exec(line)!
  const [first = '', ...others] = wrapText(line.slice(indent.length), width - indent.length)
  if (others.length === 0) return [line]
  const below = wrapText(line.slice(indent.length + first.length).trimStart(), width - indent.length - 2)
  return [`${indent}${first}`, ...below.map((part) => `${indent}  ${part}`)]
}

function describeVerdict({verdict, exists, transferBytes, tree}: PathExplanation): string {
  const would = exists ? 'is' : 'would be'
  switch (verdict) {
    case 'sent':
      if (!exists) return 'would be sent'
      if (tree === undefined) return `is sent, ${formatBytes(transferBytes)} on the wire`
      return `is sent, ${formatBytes(tree.transferBytes)} on the wire with ${formatFiles(tree.fileCount)} below it`
    case 'arrives-empty':
      return 'arrives empty: its name is sent, its content is not'
    case 'ignored':
      return `${would} ignored`
    case 'outside':
      return 'is not in the build context'
    case 'not-requested':
      return `${exists ? 'is' : 'would'} not ${exists ? 'sent' : 'be sent'}: no instruction needs it`
  }
}

function describeReasons(explanation: PathExplanation): string[] {
  const {ignoredBy, matchedPath, requestedBy, verdict, exists, ignoreFile, dockerfile} = explanation
  if (verdict === 'outside') return []
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
    const what = negated ? 'lets it in' : 'ignores it'
    lines.push(`  ${escapeForTerminal(file)}:${line} ${escapeForTerminal(pattern)} ${what}${through}`)
    if (!negated && exists && verdict === 'sent')
      lines.push('  sent all the same, because something in it is not ignored')
  }
  const verb = verdict === 'sent' ? 'requested by' : 'would be requested by'
  for (const request of requestedBy) lines.push(`  ${verb} ${describeRequest(request)}`)
  if (dockerfile === null)
    lines.push(
      '  there is no Dockerfile here, so everything that is not ignored is sent. Name one with --file',
    )
  const {suggestion, unsuggested} = explanation
  if (suggestion !== undefined) {
    const {pattern, confidence, reason} = suggestion
    lines.push(
      `  suggested: ${MARKS[confidence]} ${escapeForTerminal(pattern)}  ${escapeForTerminal(reason)}`,
    )
  }
  if (unsuggested !== undefined) lines.push(`  no line is suggested: ${escapeForTerminal(unsuggested)}`)
  return lines
}

function describeRequest({file, line, text}: RequestedBy): string {
  return escapeForTerminal(`${file}:${line} ${text}`)
}

const TYPE_LETTERS = {dir: 'd', symlink: 'l', file: '-', hardlink: 'h', other: 'p'} as const
const PERMISSIONS = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx']
const SPECIAL_BITS = [
  {mask: 2 ** 23, at: 2, letter: 's'},
  {mask: 2 ** 22, at: 5, letter: 's'},
  {mask: 2 ** 20, at: 8, letter: 't'},
]

/** `drwxr-xr-x`, as `ls -l` writes it. */
function formatMode({type, mode}: Entry): string {
  let bits = [6, 3, 0].map((shift) => PERMISSIONS[(mode >> shift) & 7]).join('')
  for (const {mask, at, letter} of SPECIAL_BITS) {
    if (!(mode & mask)) continue
    bits = bits.slice(0, at) + (bits[at] === 'x' ? letter : letter.toUpperCase()) + bits.slice(at + 1)
  }
  return TYPE_LETTERS[type] + bits
}

/** Renders a table line by line. Reads the rows twice: first for their widths, then for their texts. */
function layOutLines(columns: readonly Column[], rows: Iterable<readonly Cell[]>): Iterable<string> {
  const widths = measureColumns(rows)
  return mapLazily(rows, (row) => `${renderRow(columns, widths, row)}\n`)
}
