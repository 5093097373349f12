/**
 * A marked block in a text file of the user's. Taking it out gives the file back byte for byte: what adding it
 * changed besides (a line break, the file itself) is written into the block's first line. Text is latin1 inside, so
 * that bytes which are no UTF-8 stay as they are.
 */
const START = '# >>> docker slim-check'
const END = '# <<< docker slim-check'
const NEW_FILE = ' (new file)'
const ADDED_BREAK = ' (after an unfinished line)'

/** The first line of a script that is all ours. */
const SHEBANG = '#!/bin/sh\n'

/** Where a new block goes: to the end, or below the first line of a script (a new one gets that line). */
export type BlockPlace = 'end' | 'script'

/** Adds a block, or brings the one that is there up to date where it stands. @param content null for no file */
export function addBlock(
  content: Uint8Array | null,
  lines: readonly string[],
  place: BlockPlace = 'end',
): Uint8Array {
  const text = content === null ? (place === 'script' ? SHEBANG : '') : decode(content)
  const found = findBlock(text)
  if (found !== null) {
    const start = text.slice(found.start, text.indexOf('\n', found.start))
    return encode(text.slice(0, found.start) + compose(start, lines) + text.slice(found.end))
  }
  const at = place === 'end' ? text.length : findEndOfShebang(text)
  const above = text.slice(0, at)
  const needsBreak = above !== '' && !above.endsWith('\n')
  const start = `${START}${content === null ? NEW_FILE : ''}${needsBreak ? ADDED_BREAK : ''}`
  return encode(`${above}${needsBreak ? '\n' : ''}${compose(start, lines)}${text.slice(at)}`)
}

/** Takes the block out. @returns null where the file was of our making and nothing else is in it now */
export function removeBlock(content: Uint8Array): Uint8Array | null {
  const text = decode(content)
  const found = findBlock(text)
  if (found === null) return content
  const start = text.slice(found.start, text.indexOf('\n', found.start))
  const from = start.includes(ADDED_BREAK) && text[found.start - 1] === '\n' ? found.start - 1 : found.start
  const rest = text.slice(0, from) + text.slice(found.end)
  const isEmpty = rest === '' || rest === SHEBANG
  return isEmpty && start.includes(NEW_FILE) ? null : encode(rest)
}

/** Tells whether a block stands in a file. */
export function hasBlock(content: Uint8Array | null): boolean {
  return readBlock(content) !== null
}

/** The block with its marks; null for none. */
export function readBlock(content: Uint8Array | null): Uint8Array | null {
  if (content === null) return null
  const text = decode(content)
  const found = findBlock(text)
  return found && encode(text.slice(found.start, found.end))
}

function findEndOfShebang(text: string): number {
  if (!text.startsWith('#!')) return 0
  return text.includes('\n') ? text.indexOf('\n') + 1 : text.length
}

function compose(start: string, lines: readonly string[]): string {
  const body = lines.map((line) => Buffer.from(line).toString('latin1'))
  return [start, ...body, END, ''].join('\n')
}

function findBlock(text: string): {start: number; end: number} | null {
  const lines = text.split('\n')
  let offset = 0
  let start: number | null = null
  for (const line of lines) {
    if (line.startsWith(START)) start = offset
    else if (line.startsWith(END) && start !== null)
      return {start, end: Math.min(offset + line.length + 1, text.length)}
    offset += line.length + 1
  }
  return null
}

function decode(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1')
}

function encode(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
