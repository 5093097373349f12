/** An entry of what a build leaves. Times are not part of it. */
export interface ResultEntry {
  /** `file`, `directory`, `symlink`, `char-device`, `block-device`, `fifo`. A hard link is the file that it is. */
  type: string
  /** Permission bits, with set-user-id, set-group-id and sticky. */
  mode: number
  uid: number
  gid: number
  /** Of a symbolic link its target, of a hard link the path of the first name; else empty. */
  link: string
  size: number
  /** SHA-256 of a file's content; empty for anything else. */
  digest: string
  /** Names and values, sorted, as one text; empty for none. */
  xattrs: string
}

/** What a build leaves, by path without a slash at either end. */
export type BuildResult = ReadonlyMap<string, ResultEntry>

type ResultDifferenceKind =
  | 'only-before'
  | 'only-after'
  | 'type'
  | 'mode'
  | 'owner'
  | 'link'
  | 'content'
  | 'xattrs'

/** A path that is not the same in two results. */
interface ResultDifference {
  path: string
  kind: ResultDifferenceKind
  /** What it is, for people; empty where there is nothing. */
  before: string
  after: string
}

/** What differs, and how much of it says nothing. */
export interface ResultComparison {
  /** By path; what two builds of the old Dockerfile differ in is left out. */
  differences: ResultDifference[]
  /** Differences between two builds of the old Dockerfile, and those of the new one that are like them. */
  noiseCount: number
  comparedCount: number
}

/**
 * Compares the result of a new text with that of an old one. Two builds of the old one tell what is noise: the same
 * aspect of the same path, and, in a directory where names differ from build to build, as many other names. So is what is
 * named by times.
 */
export function compareResults(old: BuildResult, again: BuildResult, now: BuildResult): ResultComparison {
  const noise = findDifferences(old, again)
  const known = new Set(noise.map(keyOf))
  const loose = countLooseNames(noise)
  const differences: ResultDifference[] = []
  let noiseCount = noise.length
  for (const difference of findDifferences(old, now)) {
    if (known.has(keyOf(difference))) continue
    if (TIME_KEYED.test(difference.path) || isLoose(difference, loose)) noiseCount++
    else differences.push(difference)
  }
  return {differences, noiseCount, comparedCount: new Set([...old.keys(), ...now.keys()]).size}
}

/** Go's cache of what it has compiled: the times of the sources are part of each name. */
const TIME_KEYED = /(?:^|\/)go-build\/[0-9a-f]{2}(?:\/[0-9a-f]{64}-[ad])?$/

function keyOf({kind, path}: ResultDifference): string {
  return `${kind} ${path}`
}

/** By directory: how many names only the second build has. */
function countLooseNames(noise: readonly ResultDifference[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const {kind, path} of noise) {
    if (kind === 'only-after') counts.set(directoryOf(path), (counts.get(directoryOf(path)) ?? 0) + 1)
  }
  return counts
}

/** Takes one of the names that a directory may have more. */
function isLoose({kind, path}: ResultDifference, loose: Map<string, number>): boolean {
  const left = loose.get(directoryOf(path)) ?? 0
  if (kind !== 'only-after' || left === 0) return false
  loose.set(directoryOf(path), left - 1)
  return true
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function findDifferences(before: BuildResult, after: BuildResult): ResultDifference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths.flatMap((path) => compareEntries(path, before.get(path), after.get(path)))
}

function compareEntries(
  path: string,
  before: ResultEntry | undefined,
  after: ResultEntry | undefined,
): ResultDifference[] {
  if (before === undefined) return [{path, kind: 'only-after', before: '', after: after?.type ?? ''}]
  if (after === undefined) return [{path, kind: 'only-before', before: before.type, after: ''}]
  if (before.type !== after.type) return [{path, kind: 'type', before: before.type, after: after.type}]
  return ASPECTS.flatMap(([kind, describe]): ResultDifference[] => {
    const [one, other] = [describe(before), describe(after)]
    return one === other ? [] : [{path, kind, before: one, after: other}]
  })
}

const ASPECTS: readonly [ResultDifferenceKind, (entry: ResultEntry) => string][] = [
  ['mode', ({mode}) => mode.toString(8).padStart(4, '0')],
  ['owner', ({uid, gid}) => `${uid}:${gid}`],
  ['link', ({link}) => link],
  ['content', ({size, digest}) => (digest === '' ? '' : `${size} bytes, ${digest.slice(0, 12)}`)],
  ['xattrs', ({xattrs}) => xattrs],
]

/** Files and bytes of a result; a file with several names counts once. */
export function sumResult(result: BuildResult): {fileCount: number; fileBytes: number} {
  const files = [...result.values()].filter(({type, link}) => type === 'file' && link === '')
  return {fileCount: files.length, fileBytes: files.reduce((sum, {size}) => sum + size, 0)}
}
