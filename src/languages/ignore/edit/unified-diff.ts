import {createTwoFilesPatch, FILE_HEADERS_ONLY} from 'diff'

/**
 * Renders a change as a unified diff that `git apply` and `patch -p1` take: `/dev/null` for a new file, a CR before
 * a newline kept (a CRLF file is not shown as changed throughout), `\ No newline at end of file` where it applies.
 * Control characters of the file stand in it as they are; the renderer escapes them for a terminal.
 *
 * @param fileName as the header names it, relative; quoted as Git does where it must be
 * @param before null where there was no file
 * @param after null where there is none any more
 * @returns empty when nothing changes
 */
export function createUnifiedDiff(
  fileName: string,
  before: Uint8Array | null,
  after: Uint8Array | null,
): string {
  const oldText = decode(before ?? new Uint8Array())
  const newText = decode(after ?? new Uint8Array())
  if (oldText === newText) return ''
  const oldName = before === null ? '/dev/null' : `a/${fileName}`
  const newName = after === null ? '/dev/null' : `b/${fileName}`
  return createTwoFilesPatch(oldName, newName, oldText, newText, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
}

/** Keeps the byte-order mark; bytes that are not UTF-8 are shown as U+FFFD. */
function decode(content: Uint8Array): string {
  return new TextDecoder('utf-8', {ignoreBOM: true}).decode(content)
}
