import path from 'node:path'
import {BaselineError, SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {readFileBounded} from '../../host/files/read-file.js'
import type {Baseline} from '../../measure/budget/baseline.js'
import {parseBaseline, writeBaseline} from '../../measure/budget/baseline-text.js'
import type {LoadedConfig} from './load-config.js'

/** 200 paths for each of some thousand builds. */
const MAX_BYTES = 64 * 2 ** 20

/** Where a baseline is. */
export interface BaselinePlace {
  hostPath: string
  /** How messages call it. */
  shown: string
}

/**
 * Finds the baseline that is asked for: by `--baseline`, relative to the working directory, else by the configuration,
 * relative to itself; null for none.
 */
export function findBaseline(
  flag: string | undefined,
  {settings, directory}: LoadedConfig,
  workingDir: string = process.cwd(),
): BaselinePlace | null {
  if (flag !== undefined) return {hostPath: path.resolve(workingDir, flag), shown: flag}
  if (settings.baseline === undefined) return null
  const hostPath = path.resolve(directory, settings.baseline.file)
  return {hostPath, shown: path.relative(workingDir, hostPath).split(path.sep).join('/')}
}

/**
 * Loads a baseline.
 * @throws SlimCheckError `baseline-not-found`, `baseline-unreadable`, `baseline-invalid`
 */
export function loadBaseline({hostPath, shown}: BaselinePlace): Baseline {
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
 * Writes a baseline in one step, over any version of one that is there.
 * @returns whether anything changed
 * @throws SlimCheckError `cannot-write`, `baseline-unreadable`; `baseline-invalid` for a file that is something else
 */
export function updateBaseline({hostPath, shown}: BaselinePlace, baseline: Baseline): boolean {
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
  if (!isOurs) throw new SlimCheckError('baseline-invalid', {file: shown, reason: 'it has other content'})
}

/** The baseline that `--update-baseline` writes. @throws SlimCheckError `bad-flag` where none is named */
export function requireBaseline(place: BaselinePlace | null): BaselinePlace {
  if (place !== null) return place
  throw new SlimCheckError('bad-flag', {
    message: '--update-baseline needs to know the file',
    nextStep: 'Name it with --baseline FILE or in the configuration',
  })
}
