import {ImageFault} from '../../../tree/image/image-fault.js'
import {namesOf} from '../../../tree/image/layers/entry-path.js'
import {TYPE} from '../../../tree/image/tar/tar-header.js'
import {type TarEntry, TarScanner} from '../../../tree/image/tar/tar-scanner.js'
import {type FileRange, scanSkipping} from './scan-file.js'

/** An image has hundreds of blobs. */
const MAX_MEMBERS = 100_000
const MAX_LINKS = 16

/** The files of an archive by path; of two with one name the later. @throws ImageFault for what is no tar */
export class Members<Content> {
  /** Whether the tar has no end. */
  isCutOff = false
  private readonly members = new Map<
    string,
    {kind: 'file'; content: Content} | {kind: 'link'; target: string}
  >()

  /** Adds what an entry says, a file with `content`, and returns its path. */
  add(entry: TarEntry, content: Content): string {
    if (this.members.size === MAX_MEMBERS) throw new ImageFault(`it has more than ${MAX_MEMBERS} files`)
    const path = cleanPath(entry.name)
    if (entry.type === TYPE.file) this.members.set(path, {kind: 'file', content})
    else if (entry.type === TYPE.symlink)
      this.members.set(path, {kind: 'link', target: resolve(path, entry.linkName)})
    else if (entry.type === TYPE.hardLink)
      this.members.set(path, {kind: 'link', target: cleanPath(entry.linkName)})
    return path
  }

  /** What stands at a path, links followed inside the archive; undefined for nothing. */
  find(path: string): Content | undefined {
    let member = this.members.get(cleanPath(Buffer.from(path)))
    for (let left = MAX_LINKS; member?.kind === 'link' && left > 0; left--)
      member = this.members.get(member.target)
    return member?.kind === 'file' ? member.content : undefined
  }
}

/** Where a file lies in an uncompressed archive. */
export interface MemberRange {
  start: number
  size: number
}

/** Lists the files of an uncompressed archive by its headers. @throws ImageFault for what is no tar */
export function listMembers(range: FileRange): Members<MemberRange> {
  const members = new Members<MemberRange>()
  const scanner = new TarScanner({
    entry: (entry) =>
      void members.add(entry, {start: range.start + entry.contentStart, size: entry.storedBytes}),
  })
  scanSkipping(range, scanner)
  members.isCutOff = !scanner.hasEnded
  return members
}

/** A path inside the archive. */
function cleanPath(name: Uint8Array): string {
  const bytes = Buffer.from(name)
  const names = namesOf(bytes)
  const parts: string[] = []
  for (let at = 0; at < names.length; at += 2) parts.push(bytes.toString('utf8', names[at], names[at + 1]))
  return parts.join('/')
}

function resolve(path: string, target: Uint8Array): string {
  const directory = path.slice(0, path.lastIndexOf('/') + 1)
  return target[0] === 0x2f ? ABSOLUTE : cleanPath(Buffer.concat([Buffer.from(directory), target]))
}

/** A path that no file has: an absolute target lies outside. */
const ABSOLUTE = '/'
