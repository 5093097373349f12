/** A comment of a YAML file, and the lines of the block that it stands above, 1-based. */
export interface YamlComment {
  line: number
  text: string
  /** Both 0 where nothing follows. */
  first: number
  last: number
}

interface Line {
  /** Columns before the first character; null: nothing is on it. */
  indent: number | null
  text: string
}

const BLOCK_SCALAR = /(?:^|[\s:-])[|>][-+1-9]{0,2}\s*(?:#.*)?$/

/**
 * Lists the comments that have a line of their own. The block is the next line with all that is indented below it: a
 * service, a key, or one item of a list. Lines of a block scalar are content.
 */
export function listYamlComments(text: string): YamlComment[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(readLine)
  const ends = findBlockEnds(lines)
  const found: YamlComment[] = []
  let open: YamlComment[] = []
  let scalar: number | null = null
  for (const [at, {indent, text: content}] of lines.entries()) {
    if (indent === null || (scalar !== null && indent > scalar)) continue
    scalar = null
    if (content.startsWith('#')) {
      const comment = {line: at + 1, text: content, first: 0, last: 0}
      found.push(comment)
      open.push(comment)
      continue
    }
    for (const comment of open) Object.assign(comment, {first: at + 1, last: ends[at]! + 1})
    open = []
    if (BLOCK_SCALAR.test(content)) scalar = indent
  }
  return found
}

function readLine(line: string): Line {
  const text = line.trim()
  return {indent: text === '' ? null : line.length - line.trimStart().length, text}
}

/** The last line of the block that each line begins; in one pass, since a file may have many. */
function findBlockEnds(lines: readonly Line[]): number[] {
  const ends = lines.map((_, at) => at)
  const open: number[] = []
  let previous = 0
  const close = (): void => {
    ends[open.pop()!] = previous
  }
  for (const [at, line] of lines.entries()) {
    if (line.indent === null || line.text.startsWith('#')) continue
    while (open.length > 0 && !isBelow(line, lines[open.at(-1)!]!)) close()
    open.push(at)
    previous = at
  }
  while (open.length > 0) close()
  return ends
}

/** The items of a list may stand as far to the left as their key. */
function isBelow({indent, text}: Line, head: Line): boolean {
  const isItem = /^-(?:\s|$)/.test(text) && !/^-(?:\s|$)/.test(head.text)
  return indent! > head.indent! || (isItem && indent === head.indent)
}
