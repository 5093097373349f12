import type {TreeFile} from './parse-raw-diff.js'

/** A file of a commit. */
export interface ListedFile extends TreeFile {
  path: Buffer
  blob: string
  /** Bytes; 0 where Git does not tell, as for a submodule. */
  size: number
}

/** Reads the output of `git ls-tree -r -l -z`: `mode type blob size\tpath\0`. */
export function parseTreeListing(output: Buffer): ListedFile[] {
  const files: ListedFile[] = []
  for (let at = 0; at < output.length; ) {
    const tab = output.indexOf(TAB, at)
    const end = output.indexOf(0, tab)
    if (tab < 0 || end < 0) break
    const [mode = '', , blob = '', size = ''] = output.toString('latin1', at, tab).split(/ +/)
    const path = output.subarray(tab + 1, end)
    files.push({path, mode: Number.parseInt(mode, 8), blob, size: Number(size) || 0})
    at = end + 1
  }
  return files
}

const TAB = '\t'.charCodeAt(0)

/** A file of the index, and what Git knew of it on disk when it last looked. */
export interface IndexedFile extends TreeFile {
  path: Buffer
  blob: string
  /** Bytes, modulo 2^32. */
  size: number
  /** Milliseconds since 1970. */
  modified: number
}

const FACTS = /^ {2}ctime: .*\n {2}mtime: (\d+):(\d+)\n.*\n.*\n {2}size: (\d+)\tflags: .*\n/

/** Reads the output of `git ls-files -s --debug -z`; files in conflict are left out. */
export function parseIndexListing(output: Buffer): IndexedFile[] {
  const files: IndexedFile[] = []
  for (let at = 0; at < output.length; ) {
    const tab = output.indexOf(TAB, at)
    const end = output.indexOf(0, tab)
    if (tab < 0 || end < 0) break
    const [mode = '', blob = '', stage] = output.toString('latin1', at, tab).split(' ')
    const [text, seconds, nanoseconds, size] =
      FACTS.exec(output.toString('latin1', end + 1, end + 1 + MAX_FACTS)) ?? []
    if (text === undefined) break
    at = end + 1 + text.length
    if (stage !== '0') continue
    files.push({
      path: output.subarray(tab + 1, end),
      mode: Number.parseInt(mode, 8),
      blob,
      size: Number(size),
      modified: Number(seconds) * 1000 + Number(nanoseconds) / 1e6,
    })
  }
  return files
}

/** Letters of what `--debug` says of a file at most. */
const MAX_FACTS = 400

/** Reads the output of `git cat-file --batch`: `blob type size\n`, the content, a line feed; missing ones are left out. */
export function parseBlobs(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>()
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(LINE_FEED, at)
    if (end < 0) break
    const [blob = '', type = '', size = ''] = output.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    const length = Number(size)
    blobs.set(blob, output.subarray(at, at + length))
    at += length + 1
  }
  return blobs
}

/** Reads the output of `git cat-file --batch-check`: the bytes of each blob. */
export function parseBlobSizes(output: Buffer): Map<string, number> {
  const lines = output.toString('latin1').split('\n')
  const sizes = lines.flatMap((line): [string, number][] => {
    const [blob = '', type, size] = line.split(' ')
    return type === 'blob' ? [[blob, Number(size)]] : []
  })
  return new Map(sizes)
}

const LINE_FEED = '\n'.charCodeAt(0)
