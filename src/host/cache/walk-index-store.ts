/** Keeps walk indexes between calls, a file each. A failure here costs only time, so none is reported. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statfsSync,
  utimesSync,
} from 'node:fs'
import path from 'node:path'
import {crc32} from 'node:zlib'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {encodeWalkIndex, isWalkIndex, WalkIndex, type WalkRecord} from '../../tree/walk/index/walk-index.js'
import {findCacheDir, keepNewest, writeWhole} from '../files/cache-dir.js'

/** Directories that are walked again and again: the index of 200,000 entries takes 9 MB. */
const KEPT = {maxFiles: 20, maxBytes: 200_000_000}
const SUFFIX = '.walk'

/**
 * Linux's file systems that were seen to give a new time at each change: content, mode, attributes and capabilities, a
 * rename, a link, an exchange, and to a directory at each change of its names. By their magic numbers. Not overlay: a
 * directory there has the time of its topmost layer, even if a lower layer was changed before the mount.
 */
const TRUSTED_FILE_SYSTEMS = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0x01021994, // tmpfs
])

/** Finds where indexes are kept; null where none are: on other systems, and where nothing is kept. */
export function findIndexDir(env: NodeJS.ProcessEnv, platform = process.platform): string | null {
  const cacheDir = platform === 'linux' ? findCacheDir(env, platform) : null
  return cacheDir && path.join(cacheDir, 'walks')
}

/**
 * The indexes of one directory's walks: one for each choice of patterns, which decide what is walked. Builds with ignore
 * files of their own would otherwise take each other's away.
 */
export class WalkIndexStore {
  /** @param prefix what the names of all this directory's indexes begin with */
  private constructor(
    private readonly indexDir: string,
    private readonly prefix: string,
    private readonly name: string,
  ) {}

  /** @returns null where the file system gives no fine times, or the directory cannot be looked at */
  static open(
    indexDir: string,
    walkedDir: string,
    patternSets: readonly (readonly IgnorePattern[])[],
  ): WalkIndexStore | null {
    try {
      const realDir = realpathSync(walkedDir)
      if (!TRUSTED_FILE_SYSTEMS.has(statfsSync(realDir).type)) return null
      // Another user may read other directories, and so may root without its capabilities, or of another namespace.
      const who = [process.geteuid?.(), process.getegid?.(), process.getgroups?.(), ...readRights()]
      // Loading node:crypto takes 7 ms. Two that share a name take turns: inode and time tell whose an entry is.
      const prefix = `${crc32(JSON.stringify([realDir, who])).toString(16)}-${realDir.length}-`
      const globs = patternSets.map((patterns) => patterns.map(({glob, negated}) => [glob, negated]))
      const name = `${prefix}${crc32(JSON.stringify(globs)).toString(16)}${SUFFIX}`
      return new WalkIndexStore(indexDir, prefix, name)
    } catch {
      return null
    }
  }

  /** The index of the last walk with these patterns; else the largest with others, as after a change of the ignore file. */
  load(): WalkIndex | null {
    return this.loadFile(this.name) ?? this.loadFile(this.findLargestOther())
  }

  /** Puts the record in place in one step, and takes away what has not been used for longest. */
  save(record: WalkRecord): void {
    try {
      mkdirSync(this.indexDir, {recursive: true, mode: 0o700})
      writeWhole(path.join(this.indexDir, this.name), encodeWalkIndex(record))
      keepNewest(this.indexDir, KEPT)
    } catch {
      // The next walk takes as long as this one.
    }
  }

  private loadFile(name: string | null): WalkIndex | null {
    if (name === null) return null
    const file = path.join(this.indexDir, name)
    try {
      const content = readShared(file)
      utimesSync(file, new Date(), new Date())
      return isWalkIndex(content) ? new WalkIndex(content) : null
    } catch {
      return null
    }
  }

  private findLargestOther(): string | null {
    try {
      const names = readdirSync(this.indexDir).filter(
        (name) => name !== this.name && name.startsWith(this.prefix) && name.endsWith(SUFFIX),
      )
      const sizes = names.map((name) => lstatSync(path.join(this.indexDir, name)).size)
      return names[sizes.indexOf(Math.max(...sizes))] ?? null
    } catch {
      return null
    }
  }
}

function readRights(): (string | undefined)[] {
  const [capabilities] = readFileSync('/proc/self/status', 'utf8').match(/^CapEff:.*$/m) ?? []
  return [capabilities, readlinkSync('/proc/self/ns/user')]
}

/** Reads a file into memory that threads can share. */
function readShared(file: string): SharedArrayBuffer {
  const {O_RDONLY, O_NOFOLLOW, O_NONBLOCK} = constants
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    // In a directory that others may write to, they could leave one, or a pipe.
    if (!stats.isFile() || stats.uid !== process.geteuid?.()) throw new Error('not our own')
    const {size} = stats
    const content = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(content)
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(descriptor, bytes, at, bytes.length - at, at)
      if (count === 0) break
      at += count
    }
    return content
  } finally {
    closeSync(descriptor)
  }
}
