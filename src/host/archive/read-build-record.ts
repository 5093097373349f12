import {createReadStream} from 'node:fs'
import {SlimCheckError} from '../../errors.js'
import {explainErrorCode} from '../files/read-file.js'
import {readContextTar} from './read-context-tar.js'

const STATUS = 'application/vnd.buildkit.status.v0'

/**
 * Reads the events of a build from a `.dockerbuild` file: a gzipped OCI layout. It is gone through once for each of
 * three files in it, so that no more than one is held.
 * @param hostPath absolute
 * @param shown how messages call it
 * @returns `buildkit.status.v0`
 * @throws SlimCheckError `build-record-invalid`
 */
export async function readBuildRecord(hostPath: string, shown: string): Promise<Uint8Array> {
  const fail = (reason: string): never => {
    throw new SlimCheckError('build-record-invalid', {path: shown, reason})
  }
  const read = async (name: string): Promise<Uint8Array> => {
    try {
      const {contents} = await readContextTar(createReadStream(hostPath), (path) => path === name)
      return contents.get(name) ?? fail(`it has no "${name}"`)
    } catch (error) {
      if (error instanceof SlimCheckError && error.code === 'build-record-invalid') throw error
      if (error instanceof SlimCheckError) return fail('it is not a tar')
      const {code = 'EIO'} = error as NodeJS.ErrnoException
      return fail(code === 'ENOENT' ? 'there is no such file' : explainErrorCode(code))
    }
  }
  const index = parse(await read('index.json')) as {manifests?: Descriptor[]} | null
  const manifest = parse(await read(toPath(index?.manifests?.[0]) ?? fail('it lists nothing'))) as {
    layers?: Descriptor[]
  } | null
  const layers = Array.isArray(manifest?.layers) ? manifest.layers : []
  const status = layers.find((layer) => layer?.mediaType === STATUS)
  return read(toPath(status) ?? fail('it has no events'))
}

interface Descriptor {
  mediaType?: unknown
  digest?: unknown
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return null
  }
}

/** Null for what is no digest: it becomes part of a path. */
function toPath(descriptor: Descriptor | undefined): string | null {
  const {digest} = descriptor ?? {}
  const [, name] = typeof digest === 'string' ? (/^sha256:([0-9a-f]{64})$/.exec(digest) ?? []) : []
  return name === undefined ? null : `blobs/sha256/${name}`
}
