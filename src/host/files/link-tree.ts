import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {explainErrorCode} from './read-file.js'

/** Makes a directory for this user alone, where hard links to files of another are possible if anywhere. */
export function makeWorkDirectory(candidates: readonly string[], near: string): string {
  const {dev} = statSync(near)
  const places = [os.tmpdir(), ...candidates].filter((place) => {
    return statSync(place, {throwIfNoEntry: false})?.isDirectory()
  })
  const place = places.find((one) => statSync(one).dev === dev) ?? places[0] ?? os.tmpdir()
  const name = `slim-check-measure-${process.pid}-${Math.random().toString(36).slice(2, 10)}`
  const directory = path.join(place, name)
  mkdirSync(directory, {mode: 0o700})
  return directory
}

/** Removes a directory of ours and all in it; links lose a name, and what they lead to stays. Never throws. */
export function removeWorkDirectory(directory: string): void {
  try {
    makeWritable(directory)
    rmSync(directory, {recursive: true, force: true})
  } catch {
    // What cannot be removed is in the system's directory for temporary files.
  }
}

function makeWritable(directory: string): void {
  if (!lstatSync(directory, {throwIfNoEntry: false})?.isDirectory()) return
  chmodSync(directory, 0o700)
  for (const entry of readdirSync(directory, {withFileTypes: true}))
    if (entry.isDirectory()) makeWritable(path.join(directory, entry.name))
}

/**
 * Reproduces some paths of a directory in another directory: files as hard links, or as copies if links are not possible,
 * directories and symbolic links as they are, with their modes and times.
 * @param paths relative, `/`-separated, each directory before what is in it
 * @throws SlimCheckError `file-unreadable`
 */
export function linkTree(from: string, to: string, paths: Iterable<string>): void {
  const directories: string[] = []
  const copies = new Map<bigint, string>()
  mkdirSync(to, {recursive: true, mode: 0o700})
  for (const relative of paths) {
    const source = path.join(from, relative)
    const target = path.join(to, relative)
    try {
      const stats = lstatSync(source, {bigint: true})
      if (stats.isDirectory()) {
        mkdirSync(target, {recursive: true, mode: 0o700})
        directories.push(relative)
        continue
      }
      mkdirSync(path.dirname(target), {recursive: true, mode: 0o700})
      if (stats.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
      else if (stats.isFile()) linkOrCopy(source, target, stats.ino, copies)
    } catch (error) {
      const reason = explainErrorCode((error as NodeJS.ErrnoException).code ?? 'EIO')
      throw new SlimCheckError('file-unreadable', {path: source, reason})
    }
  }
  for (const relative of directories.toReversed())
    copyTimes(path.join(from, relative), path.join(to, relative))
}

/** Another file system, another owner, or a system without hard links: the file is copied. */
function linkOrCopy(source: string, target: string, inode: bigint, copies: Map<bigint, string>): void {
  const copied = copies.get(inode)
  try {
    linkSync(copied ?? source, target)
    return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
  }
  copyFileSync(source, target, constants.COPYFILE_FICLONE)
  copies.set(inode, target)
  copyTimes(source, target)
}

function copyTimes(source: string, target: string): void {
  const {atime, mtime, mode} = lstatSync(source)
  chmodSync(target, mode & 0o7777)
  utimesSync(target, atime, mtime)
}

/** Puts another content in the place of a file that may be a hard link: the other names keep theirs. */
export function replaceLinked(hostPath: string, change: (content: Buffer) => Buffer): void {
  const {mode} = lstatSync(hostPath)
  const content = change(readFileSync(hostPath))
  const temporary = `${hostPath}.${process.pid}`
  const directory = path.dirname(hostPath)
  const {mode: directoryMode, atime, mtime} = lstatSync(directory)
  chmodSync(directory, 0o700)
  writeFileSync(temporary, content, {mode: mode & 0o7777})
  chmodSync(temporary, mode & 0o7777)
  rmSync(hostPath)
  linkSync(temporary, hostPath)
  rmSync(temporary)
  chmodSync(directory, directoryMode & 0o7777)
  utimesSync(directory, atime, mtime)
}

/** Puts the original in its place again. */
export function restoreLinked(source: string, target: string): void {
  rmSync(target, {force: true})
  linkOrCopy(source, target, 0n, new Map())
}

/** Writes a file of our own. */
export function writeOwnFile(hostPath: string, content: Uint8Array): void {
  mkdirSync(path.dirname(hostPath), {recursive: true, mode: 0o700})
  writeFileSync(hostPath, content, {mode: 0o600})
}

/** Gives a directory of ours another name. */
export function renameDirectory(from: string, to: string): void {
  mkdirSync(path.dirname(to), {recursive: true, mode: 0o700})
  renameSync(from, to)
}

/** Makes a second name of a directory. */
export function linkDirectory(target: string, name: string): void {
  mkdirSync(path.dirname(name), {recursive: true, mode: 0o700})
  symlinkSync(target, name, 'junction')
}
