import type {VertexEvent} from './step-times.js'

/** Wire types of protobuf. */
const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/** Field numbers of BuildKit's `StatusResponse`, `Vertex` and of a timestamp. */
const VERTEXES = 1
const VERTEX = {digest: 1, name: 3, cached: 4, started: 5, completed: 6}
const TIMESTAMP = {seconds: 1, nanoseconds: 2}

interface Field {
  number: number
  /** Of a varint. */
  value: number
  /** Of everything else that is kept. */
  bytes: Uint8Array
}

/**
 * Reads `buildkit.status.v0`, as `.dockerbuild` files have it: messages of protobuf, each behind its length in four
 * bytes, the lowest first. What is cut off or broken ends it.
 */
export function* readStatus(content: Uint8Array): Generator<VertexEvent> {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  for (let at = 0; at + 4 <= content.length; ) {
    const length = view.getUint32(at, true)
    const message = content.subarray(at + 4, at + 4 + length)
    at += 4 + length
    for (const {number, bytes} of readFields(message)) {
      const event = number === VERTEXES ? readVertex(bytes) : null
      if (event !== null) yield event
    }
  }
}

function readVertex(content: Uint8Array): VertexEvent | null {
  const event: VertexEvent = {digest: '', name: ''}
  for (const {number, value, bytes} of readFields(content)) {
    if (number === VERTEX.digest) event.digest = toText(bytes)
    else if (number === VERTEX.name) event.name = toText(bytes)
    else if (number === VERTEX.cached) event.cached = value !== 0
    else if (number === VERTEX.started) event.started = readTimestamp(bytes)
    else if (number === VERTEX.completed) event.completed = readTimestamp(bytes)
  }
  return event.digest === '' ? null : event
}

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** ISO 8601; the first day where the number is none that a date can have. */
function readTimestamp(content: Uint8Array): string {
  let milliseconds = 0
  for (const {number, value} of readFields(content)) {
    if (number === TIMESTAMP.seconds) milliseconds += value * 1000
    if (number === TIMESTAMP.nanoseconds) milliseconds += value / 1e6
  }
  return new Date(Math.abs(milliseconds) < 8.64e15 ? milliseconds : 0).toISOString()
}

const NOTHING = new Uint8Array()

function* readFields(content: Uint8Array): Generator<Field> {
  const cursor = {at: 0}
  while (cursor.at < content.length) {
    const tag = readVarint(content, cursor)
    const number = Math.floor(tag / 8)
    switch (tag % 8) {
      case VARINT:
        yield {number, value: readVarint(content, cursor), bytes: NOTHING}
        break
      case BYTES: {
        const length = readVarint(content, cursor)
        yield {number, value: 0, bytes: content.subarray(cursor.at, cursor.at + length)}
        cursor.at += length
        break
      }
      case FIXED_64:
        cursor.at += 8
        break
      case FIXED_32:
        cursor.at += 4
        break
      default:
        return
    }
  }
}

/** Seven bits a byte, the lowest first. Exact up to 2^53, which is all that is read here. */
function readVarint(content: Uint8Array, cursor: {at: number}): number {
  let value = 0
  for (let factor = 1; cursor.at < content.length; factor *= 128) {
    const byte = content[cursor.at++]!
    value += (byte & 0x7f) * factor
    if (byte < 0x80) break
  }
  return value
}
