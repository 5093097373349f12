import {SlimCheckError} from '../../../errors.js'
import {ImageFault} from '../../../tree/image/image-fault.js'

/** Turns what went wrong with an image into the error that the user reads. */
export function explainImageError(error: unknown, source: string): unknown {
  if (error instanceof ImageFault) return new SlimCheckError('image-invalid', {source, reason: error.message})
  const {code, message} = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SlimCheckError('image-not-found', {source})
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new SlimCheckError('image-unreadable', {source, reason: message})
  return error
}
