import {ImageFault} from '../image-fault.js'

export const BLOCK = 512

/** Entry types of a tar, as its header names them. */
export const TYPE = {
  file: 0x30,
  hardLink: 0x31,
  symlink: 0x32,
  charDevice: 0x33,
  blockDevice: 0x34,
  directory: 0x35,
  fifo: 0x36,
  pax: 0x78,
  paxGlobal: 0x67,
  longName: 0x4c,
  longLink: 0x4b,
} as const

/** One header block. */
export interface TarHeader {
  /** 0 in the old form, for files and directories alike. */
  type: number
  /** A view of the block, as the other name: it changes when the next block is read into the same memory. */
  name: Buffer
  linkName: Buffer
  mode: number
  uid: number
  gid: number
  size: number
  /** Seconds since 1970. */
  modified: number
  /** Overlay file systems take a character device 0/0 for a removed name. */
  isOverlayWhiteout: boolean
}

/** Tells whether a block is all zeros: two of them end a tar. */
export function isZeroBlock(block: Buffer, at: number): boolean {
  for (let offset = at; offset < at + BLOCK; offset++) if (block[offset] !== 0) return false
  return true
}

/**
 * Reads a header block as Go's archive/tar does, which both stores use: POSIX and GNU forms, octal with spaces, base
 * 256, either kind of checksum.
 * @param at where it begins
 * @throws ImageFault for a checksum or a number that is none
 */
export function readTarHeader(block: Buffer, at: number): TarHeader {
  if (!hasRightChecksum(block, at))
    throw new ImageFault('it is not a tar, or one of its headers has a wrong checksum')
  const type = block[at + 156]!
  const name = readName(block, at)
  const size = number(block, at + 124, 12)
  if (size < 0) throw new ImageFault('an entry has a negative size')
  return {
    type,
    name,
    linkName: block[at + 157] === 0 ? NOTHING : text(block, at + 157, 100),
    mode: number(block, at + 100, 8),
    uid: number(block, at + 108, 8),
    gid: number(block, at + 116, 8),
    size,
    modified: number(block, at + 136, 12),
    isOverlayWhiteout:
      type === TYPE.charDevice && number(block, at + 329, 8) === 0 && number(block, at + 337, 8) === 0,
  }
}

const SPACE = 0x20
const NOTHING = Buffer.alloc(0)
const CHECKSUM = 148

/** The checksum's own bytes count as spaces. */
function hasRightChecksum(block: Buffer, at: number): boolean {
  const wanted = octal(block, at + CHECKSUM, 8)
  let own = 0
  for (let offset = at + CHECKSUM; offset < at + CHECKSUM + 8; offset++) own += block[offset]!
  const unsigned = sumBytes(block, at, BLOCK) - own + 8 * SPACE
  return wanted === unsigned || wanted === unsigned - 256 * countHigh(block, at)
}

/** Four at a time, without a view of them: a header is summed up for each file. @param length a multiple of 4 */
function sumBytes(block: Buffer, at: number, length: number): number {
  let sum = 0
  for (let offset = at; offset < at + length; offset += 4)
    sum += block[offset]! + block[offset + 1]! + block[offset + 2]! + block[offset + 3]!
  return sum
}

/** Old programs add up signed bytes. */
function countHigh(block: Buffer, at: number): number {
  let high = 0
  for (let offset = at; offset < at + BLOCK; offset++) {
    const isOwn = offset >= at + CHECKSUM && offset < at + CHECKSUM + 8
    if (!isOwn && block[offset]! > 127) high++
  }
  return high
}

function readName(block: Buffer, at: number): Buffer {
  const name = text(block, at, 100)
  if (block[at + 345] === 0 || !hasText(block, at + 257, USTAR)) return name
  const isStar = hasText(block, at + 508, STAR)
  return Buffer.concat([text(block, at + 345, isStar ? 131 : 155), Buffer.from('/'), name])
}

/** Only POSIX's form has a prefix; the NUL tells it from GNU's. */
const USTAR = Buffer.from('ustar\0')
const STAR = Buffer.from('tar\0')

function hasText(block: Buffer, at: number, wanted: Buffer): boolean {
  return block.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0
}

/** The bytes before the first NUL. */
function text(block: Buffer, start: number, length: number): Buffer {
  let end = start
  while (end < start + length && block[end] !== 0) end++
  return block.subarray(start, end)
}

function number(block: Buffer, start: number, length: number): number {
  const value = block[start]! & 0x80 ? base256(block, start, length) : octal(block, start, length)
  if (!Number.isSafeInteger(value)) throw new ImageFault('a header has an invalid number')
  return value
}

/** Two's complement with the first bit as a mark, so that 0x40 is the sign. */
function base256(block: Buffer, start: number, length: number): number {
  const isNegative = (block[start]! & 0x40) !== 0
  const flip = isNegative ? 0xff : 0
  let value = (block[start]! ^ flip) & 0x7f
  for (let at = start + 1; at < start + length; at++) value = value * 256 + (block[at]! ^ flip)
  return isNegative ? -value - 1 : value
}

/** Octal digits up to a NUL, spaces and NULs around them; no digit at all is 0; NaN for anything else. */
function octal(block: Buffer, start: number, length: number): number {
  const end = start + length
  let at = start
  while (at < end && isPadding(block[at]!)) at++
  let value = 0
  for (; at < end; at++) {
    const digit = block[at]! - 0x30
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  // Behind the digits spaces may come, and behind a NUL anything.
  while (at < end && block[at] === SPACE) at++
  return at === end || block[at] === 0 ? value : Number.NaN
}

function isPadding(byte: number): boolean {
  return byte === 0 || byte === SPACE
}
