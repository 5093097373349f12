import {createHash} from 'node:crypto'
import {ImageFault} from '../image-fault.js'

const FORM = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/

export type DigestAlgorithm = 'sha256' | 'sha512'

/** Takes a value for a digest. @param what it is the digest of, for the error @throws ImageFault for anything else */
export function asDigest(value: unknown, what: string): string {
  if (typeof value === 'string' && FORM.test(value)) return value
  throw new ImageFault(`${what} has an invalid digest: ${shorten(value)}`)
}

export function algorithmOf(digest: string): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256'
}

/** Where an OCI layout keeps the blob. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`
}

/** The digest that a path of an OCI layout stands for; null for any other path. */
export function digestOfPath(path: string): string | null {
  const digest = /^blobs\/([^/]+)\/([^/]+)$/.exec(path)
  const text = digest === null ? '' : `${digest[1]}:${digest[2]}`
  return FORM.test(text) ? text : null
}

export function digestOf(content: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`
}

const MAX_SHOWN = 80

/** A foreign value as JSON, shortened if long. */
export function shorten(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? '{…}' : (JSON.stringify(value) ?? 'nothing')
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
