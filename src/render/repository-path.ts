import path from 'node:path'
import type {ContextReport} from '../report/context-report.js'

/**
 * Where the context lies in the repository, for formats that point into it: as it was given, if that is relative.
 * @returns `/`-separated, `.` for the root; null where it cannot be told from the report alone
 */
export function guessContextPath({context}: ContextReport): string | null {
  if (context === '-' || path.posix.isAbsolute(context) || path.win32.isAbsolute(context)) return null
  const normal = path.posix.normalize(context).replace(/\/$/, '')
  return normal.startsWith('..') ? null : normal
}

/**
 * A file of the report as the repository knows it.
 * @param contextPath the context, relative to the repository; null: unknown
 * @returns null for a file outside the repository, and where it is unknown
 */
export function toRepositoryPath(file: string, contextPath: string | null): string | null {
  if (contextPath === null) return null
  const joined = path.posix.join(contextPath, file)
  return /^(\/|\.\.(\/|$))/.test(joined) ? null : joined
}
