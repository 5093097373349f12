import type {SlimCheckError} from '../../errors.js'

const ABSENT: ReadonlySet<string> = new Set(['context-not-found', 'dockerfile-not-found'])

/** The context or the Dockerfile that is not there, as the error tells it; null for another error. */
export function absentPathOf({code, data}: SlimCheckError): string | null {
  return ABSENT.has(code) ? (data as {path: string}).path : null
}
