/**
 * Puts accepted lines into an ignore file, in a marked block that the next edit finds again. Everything outside
 * the blocks stays as it is, byte for byte; only a last line without a newline gets one before a block.
 */
import {SlimCheckError} from '../../../errors.js'
import type {IgnorePattern} from '../parse-ignore-file.js'
import {type Block, END_MARK, findBlocks, START_MARK} from './blocks.js'
import {
  createLine,
  type FileLine,
  findDominantEnding,
  isComment,
  joinFile,
  type LineEnding,
  splitFile,
} from './ignore-file-lines.js'

/** A line for the block. */
interface BlockLine {
  /** One pattern as it is to stand in the file; a literal path goes through `escapePattern` first. */
  pattern: string
  /** Written on a line of its own above the pattern: an ignore file knows no comment beside one. */
  comment?: string
}

/**
 * Where new lines go. Docker takes the patterns in order and the last match wins, so:
 * - `before-negations`: above the user's first `!` line, where every negation still wins; the end if there is none;
 * - `end`: below every negation, for a path that the user's `!src` brings back (`*`, `!src`, then `src/dist`).
 */
export type Placement = 'before-negations' | 'end'

export interface IgnoreFileEdit {
  /** Lines to have in a block, in this order; those that would change nothing are left out. */
  add: readonly BlockLine[]
  /** Patterns to take out of the blocks, with the comment right above each. Other lines are never taken out. */
  remove?: readonly string[]
  /** Default: `before-negations`. */
  placement?: Placement
}

/**
 * Applies an edit; the same edit again changes nothing. A block that suits the placement is updated where it stands
 * (a line of the user's inside it stays too), else a new one is made, so a file may have one block above the
 * negations and one at the end. A block left without patterns goes, marks and all.
 *
 * @param content null where there is no file yet
 * @returns the new content; `content` itself when nothing changes, and nothing for nothing added to no file
 * @throws SlimCheckError `internal` for an `add` that is not one pattern
 */
export function editIgnoreFile(content: Uint8Array | null, edit: IgnoreFileEdit): Uint8Array {
  const {add, remove = [], placement = 'before-negations'} = edit
  const {byteOrderMark, lines: before} = splitFile(content ?? new Uint8Array())
  const ending = findDominantEnding(before)

  const kept = removeFromBlocks(before, remove)
  const lines = dropEmptyBlocks(addToBlock(kept, add, placement, ending))

  const isSame = lines.length === before.length && lines.every((line, index) => line === before[index])
  return isSame && content !== null ? content : joinFile({byteOrderMark, lines})
}

function removeFromBlocks(lines: readonly FileLine[], remove: readonly string[]): FileLine[] {
  const unwanted = new Set(remove.map((text) => createLine(text, '\n').pattern?.text))
  const dropped = new Set<number>()
  for (const {start, end} of findBlocks(lines)) {
    for (let index = start + 1; index < end; index++) {
      const {pattern} = lines[index]!
      if (pattern === null || !unwanted.has(pattern.text)) continue
      dropped.add(index)
      if (index - 1 > start && isComment(lines[index - 1])) dropped.add(index - 1)
    }
  }
  return lines.filter((_, index) => !dropped.has(index))
}

function addToBlock(
  lines: readonly FileLine[],
  add: readonly BlockLine[],
  placement: Placement,
  ending: LineEnding,
): FileLine[] {
  const block = findSuitableBlock(lines, placement)
  const at = block === null ? findPlace(lines, placement) : findPlaceInBlock(lines, block, placement)
  const {start, end} = block ?? {start: at, end: at}
  const present = new Set(lines.slice(start, end).map(({pattern}) => pattern?.text))
  const added: FileLine[] = []
  for (const {pattern: text, comment} of add) {
    const line = createPatternLine(text, ending)
    const isKnown =
      present.has(line.pattern.text) || isSettled(line.pattern, lines.slice(0, start), lines.slice(end))
    if (isKnown) continue
    present.add(line.pattern.text)
    if (comment !== undefined) added.push(createLine(`# ${flatten(comment)}`, ending))
    added.push(line)
  }
  if (added.length === 0) return [...lines]
  if (block === null) {
    added.unshift(createLine(START_MARK, ending))
    added.push(createLine(END_MARK, ending))
  }
  const above = lines.slice(0, at)
  const last = above.at(-1)
  if (last?.ending === '') above.splice(-1, 1, {...last, ending})
  return [...above, ...added, ...lines.slice(at)]
}

/** The block that new lines may join: no negation stands on its wrong side. */
function findSuitableBlock(lines: readonly FileLine[], placement: Placement): Block | null {
  const blocks = findBlocks(lines)
  const block = placement === 'end' ? blocks.at(-1) : blocks[0]
  if (block === undefined) return null
  const wrongSide = placement === 'end' ? lines.slice(block.end) : lines.slice(0, block.start)
  return wrongSide.some(isNegation) ? null : block
}

function findPlace(lines: readonly FileLine[], placement: Placement): number {
  const first = lines.findIndex(isNegation)
  return placement === 'end' || first === -1 ? lines.length : aboveComments(lines, first)
}

/** At the end of the block, or above a negation that the user wrote into it. */
function findPlaceInBlock(lines: readonly FileLine[], {start, end}: Block, placement: Placement): number {
  const first = lines.slice(start, end).findIndex(isNegation)
  if (placement === 'end' || first === -1) return end
  return Math.max(start + 1, aboveComments(lines, start + first))
}

/** Climbs over the comments right above a line: they explain it and stay with it. A whole block is no comment. */
function aboveComments(lines: readonly FileLine[], index: number): number {
  const lastBlockEnd = findBlocks(lines.slice(0, index)).at(-1)?.end ?? -1
  let at = index
  while (at - 1 > lastBlockEnd && isComment(lines[at - 1])) at--
  return at
}

/**
 * Tells whether a pattern would change nothing in a block, because an equal line outside decides already: one below,
 * or one above with no line of the other sign between. After `dist` and `!src`, another `dist` is no duplicate.
 * What stands in the block does not count, or the second run of an edit could differ from the first.
 */
function isSettled(
  {text, negated}: IgnorePattern,
  above: readonly FileLine[],
  below: readonly FileLine[],
): boolean {
  if (below.some(({pattern}) => pattern?.text === text)) return true
  const last = above.findLast(
    ({pattern}) => pattern !== null && (pattern.text === text || pattern.negated !== negated),
  )
  return last?.pattern?.text === text
}

/** Removes our blocks that hold no pattern. A comment that the user wrote in one stays. */
function dropEmptyBlocks(lines: readonly FileLine[]): FileLine[] {
  const dropped = new Set<number>()
  for (const {start, end} of findBlocks(lines)) {
    const inside = lines.slice(start + 1, end)
    if (inside.every(({pattern}) => pattern === null)) dropped.add(start).add(end)
  }
  if (dropped.size === 0) return [...lines]
  // Two stray marks around an empty block become a pair once it no longer exists.
  return dropEmptyBlocks(lines.filter((_, index) => !dropped.has(index)))
}

function createPatternLine(text: string, ending: LineEnding): FileLine & {pattern: IgnorePattern} {
  const line = createLine(text, ending)
  const {pattern} = line
  if (pattern === null || text.includes('\n')) {
    throw new SlimCheckError('internal', {reason: `not one ignore pattern: ${JSON.stringify(text)}`})
  }
  return {...line, pattern}
}

/** A comment holds names of files, and those may hold newlines. */
function flatten(comment: string): string {
  return comment.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}

function isNegation(line: FileLine): boolean {
  return line.pattern?.negated ?? false
}
