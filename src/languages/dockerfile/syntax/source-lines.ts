import {DockerfileError} from '../../../errors.js'

/** The engine hands the file over in one message of at most this size. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/** BuildKit reads lines through a buffer of this size; a line and its line feed must fit. */
const MAX_LINE_BYTES = 64 * 1024

export const BYTE_ORDER_MARK = '\ufeff'

/** Reads a Dockerfile's bytes as UTF-8, bad ones replaced, without its byte-order mark. */
export function decodeDockerfile(content: string | Uint8Array): string {
  if (content.length > MAX_FILE_BYTES) {
    throw new DockerfileError('the Dockerfile is larger than 16 MiB: the builder cannot load it', 1)
  }
  if (content.length === 0) throw new DockerfileError('the Dockerfile is empty', 1)
  return decodeText(content)
}

/** Decodes without a look at the size. A second byte-order mark stays: BuildKit drops one. */
export function decodeText(content: string | Uint8Array): string {
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true})
  const text = typeof content === 'string' ? content : decoder.decode(content)
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Yields the lines in order, line endings kept, one at a time: a file of line feeds must not become an array. */
export function* sourceLines(text: string): Generator<string, undefined> {
  let number = 1
  for (let start = 0; start < text.length; number++) {
    const lineFeed = text.indexOf('\n', start)
    const end = lineFeed < 0 ? text.length : lineFeed + 1
    const line = text.slice(start, end)
    if (isTooLong(line)) throw new DockerfileError('the line is longer than 65,535 bytes', number)
    yield line
    start = end
  }
}

/** Drops the line feed and the carriage returns before it. */
export function trimLineEnd(line: string): string {
  let end = line.length
  while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--
  return line.slice(0, end)
}

function isTooLong(line: string): boolean {
  // UTF-8 takes at most three bytes for each UTF-16 unit: most lines need no counting.
  if (line.length * 3 <= MAX_LINE_BYTES - 1) return false
  const byteCount = new TextEncoder().encode(line).length
  return line.endsWith('\n') ? byteCount > MAX_LINE_BYTES : byteCount >= MAX_LINE_BYTES
}
