import {type Dirent, opendirSync, type readdir} from 'node:fs'

/** What is looked for, and how far. */
export interface DockerfileSearch {
  patterns: readonly string[]
  ignoredPatterns: readonly string[]
  /** Every file that is looked for has it in its name. */
  namePart: RegExp
  /** Leaves a path out. */
  isExcluded: (path: string) => boolean
  maxDepth: number
  maxCount: number
  limitMs: number
}

/** The files found, `/`-separated and relative, in byte order. */
export interface FoundDockerfiles {
  paths: string[]
  /** Some may be missing: there were too many, or it took too long. */
  isCut: boolean
}

/** Finds files below a directory. Links are not followed, and what cannot be read is passed over. */
export async function findDockerfiles(
  directory: string,
  search: DockerfileSearch,
): Promise<FoundDockerfiles> {
  const paths: string[] = []
  let isCut = false
  // Most calls need no search.
  const {default: glob} = await import('fast-glob')
  const stream = glob.stream([...search.patterns], {
    cwd: directory,
    ignore: [...search.ignoredPatterns],
    deep: search.maxDepth,
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: true,
    suppressErrors: true,
    fs: {readdir: createReaddir(search.namePart)},
  }) as NodeJS.ReadableStream & {destroy(): void}
  const timer = setTimeout(() => {
    isCut = true
    stream.destroy()
  }, search.limitMs)
  try {
    for await (const name of stream) {
      if (search.isExcluded(String(name))) continue
      paths.push(String(name))
      if (paths.length < search.maxCount) continue
      isCut = true
      break
    }
  } catch (error) {
    // A stream that was destroyed while it is read ends with this.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  } finally {
    clearTimeout(timer)
  }
  return {paths: paths.sort(), isCut}
}

const DIRECTORIES_AT_ONCE = 64

type Callback = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void

/** Lists a directory without the files that cannot be meant: it may hold a million, which would take half a gigabyte. */
function createReaddir(namePart: RegExp): typeof readdir {
  let count = 0
  const list = (directory: string, _options: unknown, callback: Callback): void => {
    const entries = listEntries(directory, (entry) => entry.isDirectory() || namePart.test(entry.name))
    // Yields now and then, so that the time limit can end the search.
    if (++count % DIRECTORIES_AT_ONCE === 0) setImmediate(callback, null, entries)
    else callback(null, entries)
  }
  return list as unknown as typeof readdir
}

/** What can be read of a directory. At once: waiting for each takes ten times as long as reading it. */
function listEntries(hostPath: string, isWanted: (entry: Dirent) => boolean): Dirent[] {
  const entries: Dirent[] = []
  try {
    const directory = opendirSync(hostPath, {bufferSize: 1_024})
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync())
        if (isWanted(entry)) entries.push(entry)
    } finally {
      directory.closeSync()
    }
  } catch {
    // The walk reports what it cannot read.
  }
  return entries
}
