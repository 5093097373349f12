import {SlimCheckError} from '../../../errors.js'
import {explainErrorCode} from '../../../host/files/read-file.js'
import {ABSENT} from '../../../host/process/run-docker.js'
import {ImageFault} from '../../../tree/image/image-fault.js'

/** Turns what docker said of an image into the error that the user reads. */
export function explainRefusal(source: string, reason: string): SlimCheckError {
  if (reason === ABSENT) return new SlimCheckError('docker-not-found', {source})
  if (UNKNOWN.test(reason)) return new SlimCheckError('image-unknown', {source})
  const code = UNREACHABLE.test(reason) ? 'engine-not-running' : 'image-not-saved'
  return new SlimCheckError(code, {source, reason})
}

const UNKNOWN = /no such image|reference does not exist|image not known|unable to find image/i
const UNREACHABLE =
  /cannot connect|daemon running|connection refused|no such host|permission denied.*(?:socket|sock)|dial (?:unix|tcp)|connect: |context .* (?:not found|does not exist)/i

/** Turns what went wrong with an image into the error that the user reads. */
export function explainImageError(error: unknown, source: string): unknown {
  if (error instanceof ImageFault) return new SlimCheckError('image-invalid', {source, reason: error.message})
  const {code} = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SlimCheckError('image-not-found', {source})
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new SlimCheckError('image-unreadable', {source, reason: explainErrorCode(code)})
  return error
}
