import {createLine, findDominantEnding, joinFile, splitFile} from './ignore-file-lines.js'

/** Copies an ignore file byte for byte, with comment lines in front. */
export function copyIgnoreFile(content: Uint8Array, comments: readonly string[]): Uint8Array {
  const {byteOrderMark, lines} = splitFile(content)
  const ending = findDominantEnding(lines)
  // A name with a line break must not end its comment.
  const added = comments.map((comment) =>
    createLine(`# ${comment.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}`, ending),
  )
  return joinFile({byteOrderMark, lines: [...added, ...lines]})
}
