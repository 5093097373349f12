import type {SourceMap, SourceNode, SourcePair} from '../../../languages/documents/source-node.js'
import type {Range} from '../../../languages/text/range.js'
import type {ComposeText} from './compose-facts.js'

/** An edit of a compose file's text. */
export interface ComposeEdit {
  range: Range
  text: string
}

/** A value in its mapping, as a file has them. */
export interface WrittenPair {
  map: SourceMap
  pair: SourcePair & {key: SourceNode; value: SourceNode}
}

/** Finds the pair whose value stands at a range, wherever in the file: an anchor's counts, too. */
export function findPair({documents}: ComposeText, value: SourceNode | undefined): WrittenPair | null {
  if (value === undefined) return null
  const open = documents.flatMap(({root}) => root ?? [])
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'list') open.push(...node.items.filter((item) => item !== null))
    if (node.kind !== 'map') continue
    for (const pair of node.pairs) {
      if (pair.value === null || pair.key === null) continue
      if (isSame(pair.value, value)) return {map: node, pair: {key: pair.key, value: pair.value}}
      open.push(pair.value)
    }
  }
  return null
}

function isSame(one: SourceNode, other: SourceNode): boolean {
  return one.range.start === other.range.start && one.range.end === other.range.end && one.kind === other.kind
}

/** Tells whether a pair is a line, or lines, of its own: not in braces, and not behind a dash. */
export function isBlock({text}: ComposeText, {key}: {key: SourceNode}): boolean {
  return /^[ ]*$/.test(beforeKey(text, key))
}

/** The spaces before a key that stands on a line of its own. */
function indentOf({text}: ComposeText, key: SourceNode): string {
  return /^[ ]*/.exec(beforeKey(text, key))![0]
}

function beforeKey(text: string, key: SourceNode): string {
  return text.slice(text.lastIndexOf('\n', key.range.start - 1) + 1, key.range.start)
}

function lineEndOf({text}: ComposeText): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Puts lines in the place of a block pair; comments behind it stay. */
export function replacePair(file: ComposeText, {pair}: WrittenPair, lines: readonly string[]): ComposeEdit {
  const {key, value} = pair
  const text = lines.join(lineEndOf(file) + indentOf(file, key))
  return {range: {start: key.range.start, end: endOf(file, value)}, text}
}

/** Takes the lines of a block pair, or of the item of a list, out. */
export function removeLines(file: ComposeText, start: number, value: SourceNode): ComposeEdit {
  const {text} = file
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', endOf(file, value))
  return {range: {start: from, end: next < 0 ? text.length : next + 1}, text: ''}
}

/** Puts lines behind the last pair of a block mapping, as deep as its pairs. */
export function appendPair(file: ComposeText, map: SourceMap, lines: readonly string[]): ComposeEdit | null {
  const last = map.pairs.findLast(({key}) => key !== null)
  if (last?.key == null || !isBlock(file, {key: last.key})) return null
  const newLine = lineEndOf(file) + indentOf(file, last.key)
  const at = endOfLine(file, endOf(file, last.value ?? last.key))
  return {range: {start: at, end: at}, text: lines.map((line) => newLine + line).join('')}
}

/** Where a value ends: the text of a block scalar ends with its line break, which stays. */
function endOf({text}: ComposeText, {range}: SourceNode): number {
  let end = range.end
  while (end > range.start && /[\r\n ]/.test(text[end - 1]!)) end--
  return end
}

/** Behind a comment that follows on the line. */
function endOfLine({text}: ComposeText, at: number): number {
  const next = text.indexOf('\n', at)
  const end = next < 0 ? text.length : next
  return text[end - 1] === '\r' ? end - 1 : end
}

/** The lines of a pair as they stand, the first ones' indentation taken off. */
export function copyPair(file: ComposeText, {pair}: WrittenPair): string[] {
  const {key, value} = pair
  const own = indentOf(file, key)
  const [first = '', ...others] = file.text.slice(key.range.start, endOf(file, value)).split(/\r?\n/)
  return [first, ...others.map((line) => (line.startsWith(own) ? line.slice(own.length) : line))]
}
