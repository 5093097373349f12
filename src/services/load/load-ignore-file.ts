import path from 'node:path'
import {IgnoreFileError, SlimCheckError} from '../../errors.js'
import {resolveInRoot} from '../../host/files/links.js'
import {readFileBounded} from '../../host/files/read-file.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../languages/ignore/parse-ignore-file.js'
import type {PlanIgnoreFile, WideEncoding} from '../../plan/build-plan.js'

/** The root ignore file's name. */
export const IGNORE_FILE = '.dockerignore'

const MAX_BYTES = 64 * 2 ** 20

/**
 * Loads the ignore file that applies to a context (docs/buildkit.md 1): the one beside the Dockerfile wins, even empty; else
 * the one at the root.
 * @param dockerfilePath absolute; null where no Dockerfile can have one of its own
 * @throws SlimCheckError when it cannot be read as Docker would
 */
export function loadIgnoreFile(contextDir: string, dockerfilePath: string | null): PlanIgnoreFile | null {
  if (dockerfilePath !== null) {
    const shown = toContextPath(contextDir, `${dockerfilePath}${IGNORE_FILE}`)
    const name = `${path.basename(dockerfilePath)}${IGNORE_FILE}`
    const own = readIgnoreFile(path.dirname(dockerfilePath), name, shown)
    if (own !== null) return {...own, ...findReplaced(contextDir)}
  }
  return readIgnoreFile(contextDir, IGNORE_FILE, IGNORE_FILE)
}

/** A path relative to the context, `/`-separated. */
export function toContextPath(contextDir: string, hostPath: string): string {
  return path.relative(contextDir, hostPath).split(path.sep).join('/')
}

/** The root's file, which is not in force; nothing where there is none, or where it is broken: it does no harm. */
function findReplaced(contextDir: string): Pick<PlanIgnoreFile, 'replaced'> {
  try {
    const root = readIgnoreFile(contextDir, IGNORE_FILE, IGNORE_FILE)
    return root === null ? {} : {replaced: {path: root.path, rules: root.rules}}
  } catch (error) {
    if (error instanceof SlimCheckError) return {}
    throw error
  }
}

/** Reads an ignore file; null where Docker finds none. One that cannot be read counts as empty. */
function readIgnoreFile(root: string, name: string, shown: string): PlanIgnoreFile | null {
  const hostPath = resolveInRoot(root, name)
  if (hostPath === null) return null
  const read = readFileBounded(hostPath, MAX_BYTES)
  switch (read.status) {
    case 'read':
      return readIgnoreText(read.content, shown)
    case 'too-large':
      throw new SlimCheckError('file-too-large', {file: shown, maxBytes: MAX_BYTES})
    case 'unreadable':
      return {path: shown, content: new Uint8Array(), rules: new IgnoreRules([]), isUnreadable: true}
    default:
      return null
  }
}

/** Reads an ignore file's text. @param shown relative to the context @throws SlimCheckError where it is broken */
export function readIgnoreText(content: Uint8Array, shown: string): PlanIgnoreFile {
  const encoding = findWideEncoding(content)
  if (encoding !== null) return {path: shown, content, rules: new IgnoreRules([]), encoding}
  return {path: shown, content, rules: parse(content, shown)}
}

function parse(content: Uint8Array, file: string): IgnoreRules {
  if (isBinary(content)) throw new SlimCheckError('ignore-file-binary', {file})
  try {
    return new IgnoreRules(parseIgnoreFile(content).patterns)
  } catch (error) {
    if (!(error instanceof IgnoreFileError)) throw error
    throw new SlimCheckError('ignore-file-invalid', {file, problems: error.problems})
  }
}

/**
 * Text of 16 or 32 bits with its mark at the beginning: every line holds NUL, which no name does, so no pattern matches
 * anything; and the mark is not ASCII, so they are sent all the same (seen on Engine 28.5).
 */
function findWideEncoding([first, second, third, fourth]: Uint8Array): WideEncoding | null {
  const start = [first, second, third, fourth].join()
  if (start === '255,254,0,0' || start === '0,0,254,255') return 'UTF-32'
  const isMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return isMark ? 'UTF-16' : null
}

/** Text that holds both NUL and bytes that are not UTF-8 is no text: how Docker reads it is chance. */
function isBinary(content: Uint8Array): boolean {
  if (!content.includes(0)) return false
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(content)
    return false
  } catch {
    return true
  }
}
