import {existsSync, readFileSync} from 'node:fs'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import path from 'node:path'

/** A registry that serves OCI layouts for pulls, on the loopback address, and writes down which blobs it sent. */
export interface BlobRegistry {
  /** `127.0.0.1:PORT`. */
  host: string
  /** Digests of blobs that were sent since it was last emptied, with their bytes. */
  sent: Map<string, number>
  close(): void
}

/** @param layouts by the name of the image: a directory with one manifest; its only tag is `1` */
export async function startBlobRegistry(layouts: Readonly<Record<string, string>>): Promise<BlobRegistry> {
  const sent = new Map<string, number>()
  const server = createServer((request, response) => {
    const url = /^\/v2\/([^/]+)\/(manifests|blobs)\/([^/]+)$/.exec(request.url ?? '')
    if (url === null) return answer(response, request.url === '/v2/' ? '{}' : null)
    const [, name = '', kind, reference = ''] = url
    const layout = layouts[name]
    const digest = reference === '1' && layout !== undefined ? digestIn(layout) : reference
    const content = layout === undefined ? null : readBlob(layout, digest)
    if (kind === 'blobs' && request.method === 'GET' && content !== null) sent.set(digest, content.length)
    answer(response, content, kind === 'manifests' ? digest : undefined)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return {host: `127.0.0.1:${portOf(server)}`, sent, close}
}

/** The digest of the manifest that a layout holds. */
function digestIn(layout: string): string {
  return JSON.parse(readFileSync(path.join(layout, 'index.json'), 'utf8')).manifests[0].digest
}

function readBlob(layout: string, digest: string): Buffer | null {
  const file = path.join(layout, 'blobs', digest.replace(':', '/'))
  return existsSync(file) ? readFileSync(file) : null
}

/** @param digest of a manifest; undefined for a blob */
function answer(response: ServerResponse, content: Buffer | string | null, digest?: string): void {
  const type = digest === undefined ? 'octet-stream' : 'vnd.oci.image.manifest.v1+json'
  response.writeHead(content === null ? 404 : 200, {
    'content-type': `application/${type}`,
    'content-length': Buffer.byteLength(content ?? ''),
    ...(digest !== undefined && {'docker-content-digest': digest}),
  })
  response.end(content ?? '')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
