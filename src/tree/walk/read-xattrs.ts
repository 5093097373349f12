import {createRequire} from 'node:module'
import {varintBytes} from '../model/entry-columns.js'
import type {HostPath, XattrReader} from './read-entry.js'

type XattrPackage = Pick<typeof import('@napi-rs/xattr'), 'getAttributeSync' | 'listAttributesSync'>

/** The package's part for most machines: to find out which part fits takes the package itself longer than the part. */
const USUAL_PART = `@napi-rs/xattr-linux-${process.arch}-gnu`

/**
 * Loads the reader of extended attributes; null where its optional package is missing: then a figure leaves them out.
 * Attributes are listed on the link itself, never on its target.
 */
export function loadXattrReader(): XattrReader | null {
  // It is CommonJS: importing it would parse it twice.
  const require = createRequire(import.meta.url)
  const loaded = loadPackage(require, USUAL_PART) ?? loadPackage(require, '@napi-rs/xattr')
  return loaded && ((path) => measureXattrs(path, loaded.listAttributesSync, loaded.getAttributeSync))
}

function loadPackage(require: NodeJS.Require, name: string): XattrPackage | null {
  try {
    return require(name) as XattrPackage
  } catch {
    return null
  }
}

function measureXattrs(
  path: HostPath,
  list: (path: string) => string[],
  get: (path: string, name: string) => Uint8Array | null,
): number {
  // The package takes text only; Docker refuses a name that is not valid UTF-8 anyway.
  if (typeof path !== 'string') return 0
  let total = 0
  try {
    for (const name of list(path)) {
      if (name.startsWith('com.apple.')) continue
      total += xattrPacketBytes(Buffer.byteLength(name), get(path, name)?.length ?? 0)
    }
  } catch {
    return 0
  }
  return total
}

/** What one attribute adds to a stat packet (docs/buildkit.md 6). */
function xattrPacketBytes(keyBytes: number, valueBytes: number): number {
  const entry = 1 + varintBytes(keyBytes) + keyBytes + 1 + varintBytes(valueBytes) + valueBytes
  return 1 + varintBytes(entry) + entry
}
