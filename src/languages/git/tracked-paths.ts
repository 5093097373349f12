/** The paths that Git tracks in a directory: what a fresh checkout holds. */
export class TrackedPaths {
  private readonly files: ReadonlySet<string>
  private readonly directories = new Set<string>()

  /** @param paths relative to the directory; what lies outside is left out before */
  constructor(paths: Iterable<string>) {
    this.files = new Set(paths)
    for (const path of this.files) {
      for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        const directory = path.slice(0, slash)
        if (this.directories.has(directory)) break
        this.directories.add(directory)
      }
    }
  }

  /** Tells whether a file passes a test. */
  some(test: (path: string) => boolean): boolean {
    for (const path of this.files) if (test(path)) return true
    return false
  }

  /** Tells whether Git tracks a file, or anything in a directory. A submodule counts as a file. */
  has(path: string): boolean {
    return this.files.has(path) || this.directories.has(path)
  }
}

/** Takes the paths of a repository that lie in one of its directories. @param prefix of the directory; '' for all */
export function createTrackedPaths(paths: readonly string[], prefix: string): TrackedPaths {
  if (prefix === '') return new TrackedPaths(paths)
  const start = `${prefix}/`
  return new TrackedPaths(
    paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length)),
  )
}
