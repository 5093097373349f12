import {findBlocks} from './blocks.js'
import {type FileLine, isComment, splitFile} from './ignore-file-lines.js'

/** One pattern inside a marked block. */
export interface BlockEntry {
  /** As Docker reads it, with its `!`. */
  pattern: string
  /** 1-based line of the file. */
  line: number
  /** The comment line right above it, without its `#`. */
  comment?: string
}

/** Lists the patterns that stand in the marked blocks of an ignore file, in order. */
export function readBlock(content: Uint8Array): BlockEntry[] {
  const {lines} = splitFile(content)
  const entries: BlockEntry[] = []
  for (const {start, end} of findBlocks(lines)) {
    for (let index = start + 1; index < end; index++) {
      const {pattern} = lines[index]!
      if (pattern === null) continue
      const above = lines[index - 1]!
      const hasComment = index - 1 > start && isComment(above)
      entries.push({pattern: pattern.text, line: index + 1, ...(hasComment && {comment: readComment(above)})})
    }
  }
  return entries
}

function readComment(line: FileLine): string {
  return Buffer.from(line.bytes, 'latin1').toString('utf8').slice(1).trim()
}
