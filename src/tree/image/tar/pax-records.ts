import {ImageFault} from '../image-fault.js'

const MAX_DIGITS = 19
const SPACE = 0x20
const NEWLINE = 0x0a
const EQUALS = 0x3d

/**
 * Reads the records of a pax header, `LENGTH KEY=VALUE\n` each, in order.
 * @throws ImageFault where a length lies or a record has no key
 */
export function* readPaxRecords(data: Uint8Array): Generator<[key: string, value: Buffer]> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at)
    const length = space === -1 || space - at > MAX_DIGITS ? Number.NaN : decimal(bytes, at, space)
    const end = at + length
    if (!(end <= bytes.length) || end <= space + 1 || bytes[end - 1] !== NEWLINE)
      throw new ImageFault('a pax record has a wrong length')
    const equals = bytes.indexOf(EQUALS, space + 1)
    if (equals <= space + 1 || equals >= end - 1) throw new ImageFault('a pax record has no key')
    const key = bytes.toString('latin1', space + 1, equals)
    yield [key, bytes.subarray(equals + 1, end - 1)]
    at = end
  }
}

/** A decimal number without a sign; NaN for anything else. */
export function decimal(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (start === end) return Number.NaN
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
