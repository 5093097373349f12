/** Sizes of the protobuf packets that a transfer consists of (docs/buildkit.md 6; test/conformance/transfer.jsonl). */
import {varintBytes} from '../../tree/model/entry-columns.js'

/** BuildKit sends a file in pieces of at most this many bytes. */
export const CHUNK_BYTES = 32_768

/** The packet that ends a transfer. */
export const CLOSING_PACKET_BYTES = 2

/**
 * Bytes of the packet that announces an entry.
 * @param pathBytes of UTF-8
 * @param mode Go's file mode
 * @param size bytes; 0 for a directory
 * @param otherBytes of the fields for the time and for what few entries have
 */
export function statPacketBytes(pathBytes: number, mode: number, size: number, otherBytes: number): number {
  const stat = textField(pathBytes) + numberField(mode) + numberField(size) + otherBytes
  return 1 + varintBytes(stat) + stat
}

/** Bytes of the stat packet's field for the modification time. @param modifiedBytes as a varint, 0 if it is not sent */
export function timeFieldBytes(modifiedBytes: number): number {
  return modifiedBytes === 0 ? 0 : 1 + modifiedBytes
}

/**
 * Bytes of the stat packet's fields for links and devices.
 * @param linkBytes of the link's target, or of the path of the first hard link; 0 if there is none
 */
export function rareStatBytes(linkBytes: number, device: {major: number; minor: number} | undefined): number {
  const link = linkBytes === 0 ? 0 : textField(linkBytes)
  return link + (device ? numberField(device.major) + numberField(device.minor) : 0)
}

/**
 * Bytes of the packets that carry a file's content, the closing one included.
 * @param number the entry's place in the transfer, from 0
 */
export function dataPacketBytes(number: number, size: number): number {
  const id = number === 0 ? 0 : 1 + varintBytes(number)
  if (size > 0 && size < CHUNK_BYTES) return 2 * (2 + id) + 1 + varintBytes(size) + size
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
