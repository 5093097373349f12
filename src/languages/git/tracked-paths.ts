/** A repository in a repository: a clone holds a commit of it, and only some clones hold its files. */
export interface Submodule {
  /** Of its directory. */
  path: string
  /**
   * `here`: what it tracks is among the tracked paths. `absent`: it is not checked out here, so its contents are unknown.
   * `left-out`: no clone fetches it. `unnamed`: `.gitmodules` gives no URL, and a clone with submodules fails on it.
   */
  state: 'here' | 'absent' | 'left-out' | 'unnamed'
}

/** The paths that Git tracks in a directory: what a fresh checkout holds, those of submodules that are checked out included. */
export class TrackedPaths {
  private readonly files: ReadonlySet<string>
  private readonly directories = new Set<string>()

  /** @param paths relative to the directory; what lies outside is left out before */
  constructor(
    paths: Iterable<string>,
    readonly submodules: readonly Submodule[] = [],
  ) {
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

  /** The outermost submodule that a path lies in; null for one of the repository itself. */
  submoduleOf(path: string): Submodule | null {
    return this.submodules.find((one) => path.startsWith(`${one.path}/`)) ?? null
  }

  /** Tells whether Git tracks a file, or anything in a directory. A submodule counts as a file. */
  has(path: string): boolean {
    return this.files.has(path) || this.directories.has(path)
  }
}

/** Takes the paths of a repository that lie in one of its directories. @param prefix of the directory; '' for all */
export function createTrackedPaths(
  paths: readonly string[],
  prefix: string,
  submodules: readonly Submodule[] = [],
): TrackedPaths {
  if (prefix === '') return new TrackedPaths(paths, submodules)
  const start = `${prefix}/`
  return new TrackedPaths(
    paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length)),
    submodules.flatMap((one) =>
      one.path.startsWith(start) ? [{...one, path: one.path.slice(start.length)}] : [],
    ),
  )
}
