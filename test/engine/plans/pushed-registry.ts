import {createHash, randomUUID} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** A registry on the loopback address that keeps what is pushed to it, and a log of it. */
export interface PushedRegistry {
  /** `127.0.0.1:PORT`: Docker needs no certificate there. */
  host: string
  /** Bytes of the blobs that came since the last call: what a host downloads that has the images from before. */
  takeBytes(): number
  close(): void
}

/** Starts it on a free port. */
export async function startPushedRegistry(): Promise<PushedRegistry> {
  const store = new Store()
  const server = createServer((request, response) => {
    store.answer(request, response).catch((error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    host: `127.0.0.1:${portOf(server)}`,
    takeBytes: () => store.takeBytes(),
    close: () => server.close(),
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** As much of the distribution protocol as `docker push` speaks. */
class Store {
  /** Sizes by digest. */
  readonly #blobs = new Map<string, number>()
  readonly #manifests = new Map<string, {type: string; content: Buffer}>()
  readonly #uploads = new Map<string, {hash: ReturnType<typeof createHash>; size: number}>()
  #pushed = 0

  takeBytes(): number {
    const bytes = this.#pushed
    this.#pushed = 0
    return bytes
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://registry')
    const [, name = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(blobs\/uploads|blobs|manifests)\/(.*)$/.exec(url.pathname) ?? []
    if (kind === 'blobs/uploads') return this.#upload(request, response, {name, id: reference, url})
    if (kind === 'manifests') return this.#manifest(request, response, reference)
    if (kind === 'blobs') return this.#blob(response, reference)
    response.writeHead(200, {'docker-distribution-api-version': 'registry/2.0'})
    response.end('{}')
  }

  #blob(response: ServerResponse, digest: string): void {
    const size = this.#blobs.get(digest)
    response.writeHead(size === undefined ? 404 : 200, {
      'content-length': size ?? 0,
      'docker-content-digest': digest,
    })
    response.end()
  }

  async #upload(
    request: IncomingMessage,
    response: ServerResponse,
    {name, id, url}: {name: string; id: string; url: URL},
  ): Promise<void> {
    const known = id === '' ? randomUUID() : id
    const upload = this.#uploads.get(known) ?? {hash: createHash('sha256'), size: 0}
    this.#uploads.set(known, upload)
    for await (const piece of request) {
      upload.hash.update(piece as Buffer)
      upload.size += (piece as Buffer).length
    }
    const location = `/v2/${name}/blobs/uploads/${known}`
    const range = `0-${Math.max(upload.size - 1, 0)}`
    const wanted = url.searchParams.get('digest')
    if (request.method !== 'PUT' || wanted === null) {
      response.writeHead(202, {location, range, 'docker-upload-uuid': known, 'content-length': 0})
      response.end()
      return
    }
    if (`sha256:${upload.hash.digest('hex')}` !== wanted) throw new Error(`not what was said: ${wanted}`)
    this.#blobs.set(wanted, upload.size)
    this.#pushed += upload.size
    response.writeHead(201, {location: `/v2/${name}/blobs/${wanted}`, 'docker-content-digest': wanted})
    response.end()
  }

  async #manifest(request: IncomingMessage, response: ServerResponse, reference: string): Promise<void> {
    if (request.method === 'PUT') {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      const content = Buffer.concat(pieces)
      const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
      const manifest = {type: request.headers['content-type'] ?? '', content}
      for (const key of [reference, digest]) this.#manifests.set(key, manifest)
      response.writeHead(201, {'docker-content-digest': digest})
      response.end()
      return
    }
    const known = this.#manifests.get(reference)
    response.writeHead(known === undefined ? 404 : 200, {'content-type': known?.type ?? 'application/json'})
    response.end(request.method === 'HEAD' ? undefined : known?.content)
  }
}
