import {createHash} from 'node:crypto'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** A header of a tar with its content, padded. @param type as in the header: 0 a file, 5 a directory, x a pax header */
export function tarEntry(
  name: string,
  content: string | Buffer = '',
  {type = '0', modified = 0, link = ''} = {},
): Buffer {
  const bytes = Buffer.from(content)
  const block = Buffer.alloc(512)
  block.write(name, 0, 100)
  block.write('0000644\0'.concat('0000000\0'.repeat(2)), 100)
  block.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  block.write(`${modified.toString(8).padStart(11, '0')}\0`, 136)
  block.write(`        ${type}`, 148)
  block.write(link, 157)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

/** A pax header with these values; it stands before its entry. */
export function paxHeader(values: Readonly<Record<string, string>>): Buffer {
  const records = Object.entries(values).map(([key, value]) => paxRecord(key, value))
  return tarEntry('pax', records.join(''), {type: 'x'})
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = rest.length
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return `${length}${rest}`
}

/** Entries as a whole tar. */
export function tarOf(...entries: Buffer[]): Buffer {
  return Buffer.concat([...entries, Buffer.alloc(1024)])
}

export interface LayoutLayer {
  tar: Buffer
  /** The blob; left out, the tar as it is. */
  blob?: Buffer
}

export interface LayoutOptions {
  history?: readonly object[]
  annotations?: Readonly<Record<string, string>>
  /** The platform of the config. */
  architecture?: string
  /** In-toto statements about the image. */
  statements?: readonly object[]
  /** Names every media type, which engines want of what a registry sends. */
  isTyped?: boolean
}

/** Writes an image as an OCI layout into a directory that need not be there, and returns the directory. */
export function writeLayout(
  directory: string,
  layers: readonly LayoutLayer[],
  {history, annotations, architecture = 'amd64', statements = [], isTyped = false}: LayoutOptions = {},
): string {
  const blobs = path.join(directory, 'blobs/sha256')
  mkdirSync(blobs, {recursive: true})
  const add = (content: Buffer | object) => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
    const hex = hexOf(bytes)
    writeFileSync(path.join(blobs, hex), bytes)
    return {digest: `sha256:${hex}`, size: bytes.length}
  }
  const diffIds = layers.map(({tar}) => `sha256:${hexOf(tar)}`)
  const config = {architecture, os: 'linux', rootfs: {type: 'layers', diff_ids: diffIds}, history}
  const typed = (type: string) => (isTyped ? {mediaType: `application/vnd.oci.image.${type}`} : {})
  const typeOf = (blob: Buffer) => `layer.v1.tar${FORMS[blob.toString('hex', 0, 2)] ?? ''}`
  const manifest = add({
    schemaVersion: 2,
    ...typed('manifest.v1+json'),
    config: {...typed('config.v1+json'), ...add(config)},
    layers: layers.map(({tar, blob = tar}) => ({...typed(typeOf(blob)), ...add(blob)})),
    ...(annotations && {annotations}),
  })
  const manifests =
    statements.length === 0 ? [manifest] : [manifest, attest(manifest.digest, statements, add)]
  writeFileSync(path.join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  writeFileSync(path.join(directory, 'index.json'), JSON.stringify({schemaVersion: 2, manifests}))
  return directory
}

/** By the first two bytes of a blob. */
const FORMS: Readonly<Record<string, string>> = {'1f8b': '+gzip', '28b5': '+zstd'}

/** What BuildKit adds to an index: a manifest whose layers are statements about another one. */
function attest(subject: string, statements: readonly object[], add: (content: object) => object): object {
  const layers = statements.map((statement) => ({
    mediaType: 'application/vnd.in-toto+json',
    ...add(statement),
  }))
  const type = {'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': subject}
  return {
    ...add({schemaVersion: 2, config: add({architecture: 'unknown', os: 'unknown'}), layers}),
    annotations: type,
    platform: {architecture: 'unknown', os: 'unknown'},
  }
}

function hexOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
