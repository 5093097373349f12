/** The line that holds an offset. */
export interface TextLine {
  /** 1-based. */
  line: number
  content: string
}

export function lineAt(text: string, offset: number): TextLine {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++
  return {line, content: text.slice(start, end < 0 ? undefined : end)}
}

/** Every match of a pattern with its line, in one pass. @param pattern with the flag `g` */
export function matchLines(text: string, pattern: RegExp): (TextLine & {match: RegExpMatchArray})[] {
  const found: (TextLine & {match: RegExpMatchArray})[] = []
  let line = 1
  let start = 0
  let end = findLineEnd(text, 0)
  for (const match of text.matchAll(pattern)) {
    for (; end < match.index; end = findLineEnd(text, start)) {
      line++
      start = end + 1
    }
    found.push({match, line, content: text.slice(start, end)})
  }
  return found
}

function findLineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

/** Lines around one in which the end of a `try` may stand. */
const AROUND = 8

/** Tells whether a line stands in something that catches its failure. @param line 1-based */
export function isCaught(text: string, line: number): boolean {
  const lines = text.split('\n')
  const before = lines.slice(Math.max(0, line - AROUND), line).join('\n')
  const after = lines.slice(line - 1, line + AROUND).join('\n')
  return (
    (/\btry\b/.test(before) && /\b(?:catch|except|rescue)\b/.test(after)) ||
    /\|\|\s*(?:true|echo|printf|:)/.test(lines[line - 1] ?? '')
  )
}
