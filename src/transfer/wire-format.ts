/** Sizes of the protobuf packets that a transfer consists of (BUILDKIT.md 6; test/conformance/transfer.jsonl). */
import {varintBytes} from '../context/entry-columns.js'

/** BuildKit sends a file in pieces of at most this many bytes. */
export const CHUNK_BYTES = 32_768

/** The packet that ends a transfer. */
export const CLOSING_PACKET_BYTES = 2

/** What a stat packet is made of. */
export interface StatFields {
  /** Bytes of UTF-8. */
  pathBytes: number
  /** Go's file mode. */
  mode: number
  /** Bytes; 0 for a directory. */
  size: number
  /** Bytes of the modification time as a varint, 0 if it is not sent. */
  modifiedBytes: number
  /** Bytes of the link's target, or of the path of the first hard link; 0 if there is none. */
  linkBytes: number
  device: {major: number; minor: number} | undefined
  xattrBytes: number
}

/** Bytes of the packet that announces an entry. */
export function statPacketBytes(fields: StatFields): number {
  const device = fields.device ? numberField(fields.device.major) + numberField(fields.device.minor) : 0
  const modified = fields.modifiedBytes === 0 ? 0 : 1 + fields.modifiedBytes
  const stat =
    textField(fields.pathBytes) +
    numberField(fields.mode) +
    numberField(fields.size) +
    modified +
    device +
    (fields.linkBytes === 0 ? 0 : textField(fields.linkBytes)) +
    fields.xattrBytes
  return 1 + varintBytes(stat) + stat
}

/**
 * Bytes of the packets that carry a file's content, the closing one included.
 * @param number the entry's place in the transfer, from 0
 */
export function dataPacketBytes(number: number, size: number): number {
  const id = number === 0 ? 0 : 1 + varintBytes(number)
  const fullChunks = Math.floor(size / CHUNK_BYTES)
  const rest = size % CHUNK_BYTES
  const full = fullChunks * (2 + id + 1 + varintBytes(CHUNK_BYTES) + CHUNK_BYTES)
  const last = rest === 0 ? 0 : 2 + id + 1 + varintBytes(rest) + rest
  return full + last + 2 + id
}

function textField(bytes: number): number {
  return 1 + varintBytes(bytes) + bytes
}

function numberField(value: number): number {
  return value === 0 ? 0 : 1 + varintBytes(value)
}
