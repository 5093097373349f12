import type {Readable} from 'node:stream'
import {TYPE} from '../../tree/image/tar/tar-header.js'
import {type TarEntry, TarScanner} from '../../tree/image/tar/tar-scanner.js'
import type {BuildResult, ResultEntry} from '../../tree/results/compare-results.js'
import {ContentDigests} from './image/content-digests.js'

const TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'file'],
  [TYPE.file, 'file'],
  [TYPE.hardLink, 'file'],
  [TYPE.directory, 'directory'],
  [TYPE.symlink, 'symlink'],
  [TYPE.charDevice, 'char-device'],
  [TYPE.blockDevice, 'block-device'],
  [TYPE.fifo, 'fifo'],
])

/**
 * Reads what a build leaves from the tar that `--output type=tar` writes, as it comes: no content is kept, only its
 * digest.
 * @throws ImageFault for bytes that are no tar
 */
export async function readResultTar(stream: Readable): Promise<BuildResult> {
  const entries: [path: string, entry: ResultEntry][] = []
  const digests = new ContentDigests((file, digest) => {
    entries[file]![1].digest = Buffer.from(digest).toString('hex')
  })
  const scanner = new TarScanner({
    entry: (entry) => {
      const isFile = entry.type === TYPE.file || entry.type === 0
      entries.push([toPath(entry.name), describeEntry(entry)])
      digests.begin(isFile ? entries.length - 1 : -1, entry)
    },
    content: (chunk) => digests.update(chunk),
    contentEnd: () => digests.end(),
  })
  for await (const chunk of stream) scanner.push(chunk as Buffer)
  scanner.end()
  return resolveHardLinks(entries)
}

function toPath(name: Buffer): string {
  return name.toString('latin1').replace(/^(?:\.?\/)+|\/+$/g, '')
}

function describeEntry({type, mode, uid, gid, size, linkName, xattrs}: TarEntry): ResultEntry {
  const isLink = type === TYPE.symlink || type === TYPE.hardLink
  const isFile = TYPES.get(type) === 'file'
  return {
    type: TYPES.get(type) ?? `type ${type}`,
    mode: mode & 0o7777,
    uid,
    gid,
    link: isLink ? (type === TYPE.hardLink ? toPath(linkName) : linkName.toString('latin1')) : '',
    size: isFile ? size : 0,
    digest: '',
    xattrs: [...(xattrs ?? [])]
      .map(([name, value]) => `${name}=${value.toString('hex')}`)
      .sort()
      .join(' '),
  }
}

/** A hard link is the file that it names. */
function resolveHardLinks(entries: readonly [string, ResultEntry][]): BuildResult {
  const result = new Map<string, ResultEntry>()
  for (const [path, entry] of entries) {
    const target = entry.type === 'file' && entry.link !== '' ? result.get(entry.link) : undefined
    result.set(
      path,
      target === undefined ? entry : {...target, link: target.link === '' ? entry.link : target.link},
    )
  }
  return result
}
