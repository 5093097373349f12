import path from 'node:path'
import {findRepository} from '../../host/files/locations.js'
import type {ProjectFiles} from '../../plan/project-files.js'

/** Where a project tells its users of a file. */
export interface Mention {
  /** Absolute. */
  hostPath: string
  /** From 1. */
  line: number
}

/** Texts that say what to do before a start: manuals, scripts, task files. */
const TELLING =
  /^(?:readme.*|.*\.(?:md|rst|adoc|sh|bash|ps1|bat|cmd|mk)|(?:gnu)?makefile|justfile|taskfile\.ya?ml|package\.json|composer\.json)$/i

/** Those tell of the past, and name a file that was once there. */
const PAST = /^(?:change(?:s|log)|history|news)\b/i

/** Folders in which every file may be a script or a manual. */
const FOLDERS = ['bin', 'scripts', 'script', 'docs', 'doc', '.github/workflows'] as const

const SCRIPTS = /^(?:bin|scripts?)$/

const MAX_FILES = 200

/** The first text of a project that names a file by its path or the end of it; null for none. */
export function findMention(files: ProjectFiles, hostPath: string): Mention | null {
  return findTold(files, path.dirname(hostPath), (line) => names(line, hostPath))
}

/** The first text that gives a build an argument on the command line; null for none. */
export function findArgumentMention(files: ProjectFiles, directory: string, name: string): Mention | null {
  const given = new RegExp(`--build-arg[ =]["']?${name}\\b`)
  return findTold(files, directory, (line) => given.test(line))
}

function findTold(files: ProjectFiles, directory: string, tells: (line: string) => boolean): Mention | null {
  for (const text of listTelling(files, directory).slice(0, MAX_FILES)) {
    const read = files.read(text)
    const line = read.status === 'read' ? read.text.split('\n').findIndex(tells) + 1 : 0
    if (line > 0) return {hostPath: text, line}
  }
  return null
}

/** Those of a directory and of all above it in its repository, the nearest first. */
function listTelling(files: ProjectFiles, directory: string): string[] {
  const root = findRepository(directory)
  const texts = files.listNames(directory).filter((name) => TELLING.test(name) && !PAST.test(name))
  const own = [...texts.filter(isManual), ...texts.filter((name) => !isManual(name))]
  const within = FOLDERS.flatMap((folder) => listBelow(files, directory, folder))
  const found = [...own, ...within].map((name) => path.join(directory, name))
  const isTop = root === null || root === directory
  return isTop ? found : [...found, ...listTelling(files, path.dirname(directory))]
}

/** The files of a folder, and those in the folders of one with scripts. */
function listBelow(files: ProjectFiles, directory: string, folder: string): string[] {
  const own = files.listNames(path.join(directory, folder)).map((name) => path.join(folder, name))
  if (!SCRIPTS.test(folder)) return own
  const deeper = own
    .filter((name) => !path.basename(name).includes('.'))
    .flatMap((name) => files.listNames(path.join(directory, name)).map((one) => path.join(name, one)))
  return [...own, ...deeper]
}

function isManual(name: string): boolean {
  return /^readme/i.test(name)
}

/** A path as it stands in prose and scripts, and what it follows: the beginning of a variable, or the end of a part that is not known. */
const PATH = /([$}*])?([\w.@%+/-]+)/g

/** Shorter ends, such as `.env`, are those of every file. */
const MIN_ENDING = 5

function names(line: string, hostPath: string): boolean {
  return [...line.matchAll(PATH)].some(([, before, given]) => {
    const written = given!.replace(/\.$/, '')
    const isEnding = (before === '}' || before === '*') && !written.startsWith('/')
    if (isEnding) return written.length >= MIN_ENDING && hostPath.endsWith(written)
    const parts = written.split('/').slice(before === '$' ? 1 : 0)
    const named = parts.filter((part) => !/^(?:\.{0,2}|~)$/.test(part))
    // A bare word may be anything.
    return (named.length > 1 || /\./.test(named[0] ?? '')) && hostPath.endsWith(`/${named.join('/')}`)
  })
}
