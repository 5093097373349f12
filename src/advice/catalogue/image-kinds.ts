import {baseName} from '../../languages/text/container-path.js'

/** What lies in images at places of its own, and what it is good for there. */
export interface ImageKind {
  /** Stable. */
  kind: string
  /** How a report says it: `package lists of apt`. */
  title: string
  /**
   * `cache`: nothing reads it at run time · `compiler`: builds and does not run · `packages`: what the program uses ·
   * `repository`: history · `secret` · `other`
   */
  role: 'cache' | 'compiler' | 'packages' | 'repository' | 'secret' | 'other'
  /** How to keep it out, imperative, no period. */
  fix?: string
}

interface KindPlace extends ImageKind {
  /** Whole paths from the root. */
  at?: readonly string[]
  /** The last names of a path. */
  ends?: readonly string[]
}

const CACHE_MOUNT = (directory: string) =>
  `Give the step that fills it --mount=type=cache,target=${directory}`
const BUILD_STAGE = 'Build in a separate stage, and copy only the outcome into the final one'

const PLACES: readonly KindPlace[] = [
  {
    kind: 'apt-lists',
    title: 'package lists of apt',
    role: 'cache',
    at: ['var/lib/apt/lists'],
    fix: 'End the same RUN with rm -rf /var/lib/apt/lists/*, or mount caches over /var/lib/apt and /var/cache/apt',
  },
  {
    kind: 'apt-cache',
    title: 'packages that apt fetched',
    role: 'cache',
    at: ['var/cache/apt'],
    fix: CACHE_MOUNT('/var/cache/apt'),
  },
  {
    kind: 'apk-cache',
    title: 'cache of apk',
    role: 'cache',
    at: ['var/cache/apk', 'etc/apk/cache'],
    fix: 'Install with apk add --no-cache',
  },
  {
    kind: 'dnf-cache',
    title: 'cache of dnf or yum',
    role: 'cache',
    at: ['var/cache/dnf', 'var/cache/yum', 'var/cache/libdnf5'],
    fix: 'End the same RUN with dnf clean all, or mount a cache over /var/cache',
  },
  {
    kind: 'pip-cache',
    title: 'cache of pip',
    role: 'cache',
    ends: ['.cache/pip'],
    fix: CACHE_MOUNT('/root/.cache/pip'),
  },
  {
    kind: 'uv-cache',
    title: 'cache of uv',
    role: 'cache',
    ends: ['.cache/uv'],
    fix: CACHE_MOUNT('/root/.cache/uv'),
  },
  {
    kind: 'poetry-cache',
    title: 'cache of Poetry',
    role: 'cache',
    ends: ['.cache/pypoetry'],
    fix: CACHE_MOUNT('/root/.cache/pypoetry'),
  },
  {
    kind: 'npm-cache',
    title: 'cache of npm',
    role: 'cache',
    ends: ['.npm/_cacache', '.npm'],
    fix: CACHE_MOUNT('/root/.npm'),
  },
  {
    kind: 'yarn-cache',
    title: 'cache of Yarn',
    role: 'cache',
    at: ['usr/local/share/.cache/yarn'],
    ends: ['.cache/yarn', '.yarn/berry/cache'],
    fix: CACHE_MOUNT('/usr/local/share/.cache'),
  },
  {
    kind: 'pnpm-store',
    title: 'store of pnpm',
    role: 'cache',
    ends: ['.local/share/pnpm/store', '.pnpm-store', 'pnpm/store'],
    fix: CACHE_MOUNT('/root/.local/share/pnpm/store'),
  },
  {
    kind: 'go-build-cache',
    title: 'build cache of Go',
    role: 'cache',
    ends: ['.cache/go-build'],
    fix: CACHE_MOUNT('/root/.cache/go-build'),
  },
  {
    kind: 'go-modules',
    title: 'modules of Go',
    role: 'cache',
    ends: ['go/pkg/mod'],
    fix: CACHE_MOUNT('/go/pkg/mod'),
  },
  {
    kind: 'cargo-registry',
    title: 'registry of Cargo',
    role: 'cache',
    ends: ['cargo/registry', '.cargo/registry'],
    fix: CACHE_MOUNT('/usr/local/cargo/registry'),
  },
  {
    kind: 'maven-repository',
    title: 'repository of Maven',
    role: 'cache',
    ends: ['.m2/repository'],
    fix: CACHE_MOUNT('/root/.m2'),
  },
  {
    kind: 'gradle-cache',
    title: 'cache of Gradle',
    role: 'cache',
    ends: ['.gradle/caches', '.gradle/wrapper'],
    fix: CACHE_MOUNT('/root/.gradle'),
  },
  {
    kind: 'composer-cache',
    title: 'cache of Composer',
    role: 'cache',
    ends: ['.composer/cache', '.cache/composer'],
    fix: CACHE_MOUNT('/root/.composer/cache'),
  },
  {
    kind: 'gcc',
    title: 'C and C++ compiler',
    role: 'compiler',
    at: ['usr/lib/gcc', 'usr/libexec/gcc'],
    fix: BUILD_STAGE,
  },
  {kind: 'go-toolchain', title: 'Go toolchain', role: 'compiler', at: ['usr/local/go'], fix: BUILD_STAGE},
  {
    kind: 'rust-toolchain',
    title: 'Rust toolchain',
    role: 'compiler',
    at: ['usr/local/rustup'],
    ends: ['.rustup/toolchains'],
    fix: BUILD_STAGE,
  },
  {
    kind: 'python-packages',
    title: 'Python packages',
    role: 'packages',
    ends: ['site-packages', 'dist-packages'],
  },
  {kind: 'documentation', title: 'documentation', role: 'other', at: ['usr/share/doc', 'usr/share/man']},
]

const AT = new Map(PLACES.flatMap((place) => (place.at ?? []).map((path) => [path, place] as const)))
const ENDS = new Map(PLACES.flatMap((place) => (place.ends ?? []).map((path) => [path, place] as const)))
const MOST_NAMES = 4
const LAST_NAMES = new Set([...AT.keys(), ...ENDS.keys()].map(baseName))

/** Tells whether `findImageKind` may know a directory of this name. */
export function mayBeImageKind(name: string): boolean {
  return LAST_NAMES.has(name)
}

/** What a directory of an image is by its path; undefined for most. @param path from the root, without a slash before it */
export function findImageKind(path: string): ImageKind | undefined {
  const whole = AT.get(path)
  if (whole !== undefined) return whole
  let end = path.length
  for (let names = 1; names <= MOST_NAMES && end > 0; names++) {
    end = path.lastIndexOf('/', end - 1)
    const found = ENDS.get(path.slice(end + 1))
    if (found !== undefined) return found
    if (end === -1) break
  }
  return undefined
}
