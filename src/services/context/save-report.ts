import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {appendFile} from '../../host/files/change-files.js'
import {findRepository} from '../../host/files/locations.js'
import {readFileBounded} from '../../host/files/read-file.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {loadIgnoreFile, toContextPath} from '../load/load-ignore-file.js'

const MAX_BYTES = 2 ** 30

/** How reports begin: what holds none of these is a file of somebody else. */
const OWN_MARKS = [
  /^\s*\{\s*"schemaVersion"/,
  /^(?:Context|Image|Cache|Dockerfile|Rewrites|Compose|Measured|Overview) /,
  /^::/,
  /slim-?check/i,
]

/** How far the marks are looked for, in bytes. */
const HEAD_BYTES = 4096

/**
 * Writes a report to a file in one step. A file that is there is replaced only if it is empty or a report.
 * @throws SlimCheckError `cannot-write`, `not-a-report`
 */
export function saveReport(file: string, text: string, workingDir = process.cwd()): void {
  const hostPath = path.resolve(workingDir, file)
  try {
    const before = readFileBounded(hostPath, MAX_BYTES)
    if (before.status === 'read' && !isReplaceable(before.content)) {
      throw new SlimCheckError('not-a-report', {path: file})
    }
    replaceFile(hostPath, Buffer.from(text), before.status === 'read' ? before.content : null)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    throw new SlimCheckError('cannot-write', {path: file, reason: error.reason})
  }
}

function isReplaceable(content: Uint8Array): boolean {
  const head = Buffer.from(content.subarray(0, HEAD_BYTES)).toString()
  return content.length === 0 || OWN_MARKS.some((mark) => mark.test(head))
}

/** The path of a file in a context whose ignore file does not keep it out; null where it is not sent. */
export function findInContext(file: string, contextDir: string, workingDir = process.cwd()): string | null {
  const root = path.resolve(workingDir, contextDir)
  const relative = toContextPath(root, path.resolve(workingDir, file))
  if (relative.startsWith('..') || path.isAbsolute(relative)) return null
  const rules = ifSound(() => loadIgnoreFile(root, null)?.rules.matchPath(relative))
  return rules?.matched ? null : relative
}

/** Adds Markdown to the summary of a GitHub job, where there is one. @throws SlimCheckError `file-not-written` */
export function addJobSummary(
  markdown: string,
  {GITHUB_STEP_SUMMARY: file}: Readonly<Record<string, string | undefined>>,
): void {
  if (file) appendFile(file, markdown)
}

/** Sets the outputs of a step of a GitHub job, where there is one. @throws SlimCheckError `file-not-written` */
export function addStepOutputs(
  outputs: Readonly<Record<string, number>>,
  {GITHUB_OUTPUT: file}: Readonly<Record<string, string | undefined>>,
): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`)
  if (file) appendFile(file, lines.join(''))
}

/** Where a context lies in its repository, `/`-separated; without one, relative to the working directory. */
export function locateInRepository(contextDir: string, workingDir = process.cwd()): string {
  if (contextDir === '-') return '.'
  const hostPath = path.resolve(workingDir, contextDir)
  const relative = path.relative(findRepository(hostPath) ?? workingDir, hostPath)
  return relative.split(path.sep).join('/') || '.'
}
