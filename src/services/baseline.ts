import type {Baseline} from '../budget/baseline.js'
import {parseBaseline} from '../budget/parse-baseline.js'
import {writeBaseline} from '../budget/write-baseline.js'
import {BaselineError, SlimCheckError} from '../errors.js'
import {ReplaceFileError, replaceFile} from '../system/atomic-write.js'
import {readFileBounded} from '../system/read-file.js'

/** 200 paths for each of some thousand builds. */
const MAX_BYTES = 64 * 2 ** 20

/**
 * Loads a baseline.
 * @param shown how messages call it
 * @throws SlimCheckError `baseline-not-found`, `baseline-unreadable`, `baseline-invalid`
 */
export function loadBaseline(hostPath: string, shown: string): Baseline {
  const content = readBaseline(hostPath, shown)
  if (content === null) throw new SlimCheckError('baseline-not-found', {path: shown})
  try {
    return parseBaseline(new TextDecoder().decode(content))
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error
    throw new SlimCheckError('baseline-invalid', {file: shown, reason: error.message})
  }
}

/**
 * Writes a baseline in one step, over whatever version of one stands there.
 * @returns whether anything changed
 * @throws SlimCheckError `cannot-write`, `baseline-unreadable`; `baseline-invalid` for a file that is something else
 */
export function updateBaseline(hostPath: string, shown: string, baseline: Baseline): boolean {
  const before = readBaseline(hostPath, shown)
  if (before !== null) checkIsBaseline(before, shown)
  const after = Buffer.from(writeBaseline(baseline))
  if (before !== null && after.equals(before)) return false
  try {
    replaceFile(hostPath, after, before)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-write', {path: shown, reason: error.reason})
  }
  return true
}

function readBaseline(hostPath: string, shown: string): Uint8Array | null {
  const read = readFileBounded(hostPath, MAX_BYTES)
  switch (read.status) {
    case 'read':
      return read.content
    case 'missing':
      return null
    case 'directory':
      throw new SlimCheckError('baseline-unreadable', {path: shown, reason: 'it is a directory'})
    case 'special':
      throw new SlimCheckError('baseline-unreadable', {path: shown, reason: 'it is not a regular file'})
    case 'too-large':
      throw new SlimCheckError('file-too-large', {file: shown, maxBytes: MAX_BYTES})
    case 'unreadable':
      throw new SlimCheckError('baseline-unreadable', {path: shown, reason: read.reason})
  }
}

/** A slip of the hand (`--baseline package.json`) must not cost a file: only a baseline, or nothing, is replaced. */
function checkIsBaseline(content: Uint8Array, shown: string): void {
  const text = new TextDecoder().decode(content)
  const isOurs = text.trim() === '' || (text.includes('"version"') && text.includes('"builds"'))
  if (!isOurs) throw new SlimCheckError('baseline-invalid', {file: shown, reason: 'it holds something else'})
}
