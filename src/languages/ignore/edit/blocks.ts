/**
 * The marked blocks of an ignore file. A block is a start mark and the next end mark after it; a mark without its
 * partner (the user deleted one) is an ordinary comment, and the lines beside it are the user's own: they are
 * neither moved nor taken out, and count when looking for duplicates.
 */
import type {FileLine} from './ignore-file-lines.js'

export const START_MARK = '# >>> docker slim-check: paths the build does not need'
export const END_MARK = '# <<< docker slim-check'

/** What a mark is known by, so that the words after it may change. */
const START_PREFIX = '# >>> docker slim-check'
const END_PREFIX = END_MARK

/** Where a block stands: the indexes of its two marks. */
export interface Block {
  readonly start: number
  readonly end: number
}

/** Finds every whole block, from the top. There may be two: one above the user's negations, one at the end. */
export function findBlocks(lines: readonly Pick<FileLine, 'bytes'>[]): Block[] {
  const blocks: Block[] = []
  let start: number | null = null
  for (const [index, {bytes}] of lines.entries()) {
    if (bytes.startsWith(START_PREFIX)) start = index
    else if (bytes.startsWith(END_PREFIX) && start !== null) {
      blocks.push({start, end: index})
      start = null
    }
  }
  return blocks
}

/** The lines of a file that stand between the marks of blocks, 1-based. @param texts without their ends */
export function findBlockLines(texts: readonly string[]): ReadonlySet<number> {
  const blocks = findBlocks(texts.map((bytes) => ({bytes})))
  return new Set(blocks.flatMap(({start, end}) => texts.slice(start, end).map((_, at) => start + at + 1)))
}
