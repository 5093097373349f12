/** Writes `buildkit.status.v0` and the `.dockerbuild` files that hold it. */
import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {gzipSync} from 'node:zlib'
import {tarEntry, tarOf} from './image-archive.js'

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}

export function bytes(number: number, content: number[] | string): number[] {
  const inner = typeof content === 'string' ? [...Buffer.from(content)] : content
  return [...varint(number * 8 + 2), ...varint(inner.length), ...inner]
}

export function timestamp(seconds: number, nanoseconds: number): number[] {
  return [8, ...varint(seconds), 16, ...varint(nanoseconds)]
}

export function framed(message: number[]): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(message.length)
  return Buffer.concat([head, Buffer.from(message)])
}

/** A step with its time; without one it was cached. */
export type RecordedStep = [name: string, start: number, seconds: number] | [name: string]

/** Writes a record of a build, which began at 1,700,000,000 s. */
export function writeBuildRecord(hostPath: string, steps: readonly RecordedStep[]): void {
  const status = Buffer.concat(steps.map((step, at) => framed(bytes(1, vertexOf(step, at)))))
  const layer = {
    mediaType: 'application/vnd.buildkit.status.v0',
    digest: digestOf(status),
    size: status.length,
  }
  const manifest = Buffer.from(JSON.stringify({schemaVersion: 2, layers: [layer]}))
  const index = {schemaVersion: 2, manifests: [{digest: digestOf(manifest), size: manifest.length}]}
  const entries = [
    tarEntry('index.json', Buffer.from(JSON.stringify(index))),
    ...[manifest, status].map((blob) => tarEntry(`blobs/sha256/${digestOf(blob).slice(7)}`, blob)),
  ]
  writeFileSync(hostPath, gzipSync(tarOf(...entries)))
}

function vertexOf([name, start, seconds]: RecordedStep, at: number): number[] {
  const digest = `sha256:${String(at).padStart(64, '0')}`
  const begun = 1_700_000_000 + (start ?? 0)
  const ended = begun + (seconds ?? 0)
  const times = [...bytes(5, timestamp(begun, 0)), ...bytes(6, timestamp(ended, 0))]
  return [...bytes(1, digest), ...bytes(3, name), ...(start === undefined ? [4 * 8, 1] : []), ...times]
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
