/** What package managers and compilers keep of their work, so that a cache mount can keep it for the next build. */
export interface PackageCache {
  /** As people call the program. */
  program: string
  /** What fills the cache, words joined by spaces. */
  call: RegExp
  /** Container paths, of root with /root as its home. */
  targets: readonly string[]
  /** Options of a mount that two builds at once need. */
  sharing?: 'locked'
  /** In a call: nothing is kept, or it is kept elsewhere. */
  off: RegExp
  /** Variables that turn it off or move it. */
  moved: RegExp
  /** What empties it, in a command. */
  cleaned: RegExp
  /**
   * `bytes`: what is kept stays in the layer, and nothing reads it again. `time`: each edit of a source makes all of it
   * again.
   */
  stake: 'bytes' | 'time'
  /** Images that are known to have it there; absent: any that runs as root. */
  base?: RegExp
  /** Calls of an earlier step that fill it for a later one: a mount would hide their work, or be empty where theirs is cached. */
  ahead?: RegExp
}

const HOME = 'HOME|XDG_CACHE_HOME'

export const PACKAGE_CACHES: readonly PackageCache[] = [
  {
    program: 'pip',
    call: /^(?:\S*\/)?(?:python[\d.]* -m )?pip[\d.]* install\b/,
    targets: ['/root/.cache/pip'],
    off: /--no-cache-dir|--cache-dir/,
    moved: new RegExp(`^(?:PIP_NO_CACHE_DIR|PIP_CACHE_DIR|${HOME})$`),
    cleaned: /pip[\d.]* cache purge|\brm\b.*(?:\.cache\b|\/root\b)/,
    stake: 'bytes',
  },
  {
    program: 'poetry',
    call: /^poetry (?:install|sync)\b/,
    targets: ['/root/.cache/pypoetry'],
    off: /--no-cache/,
    moved: new RegExp(`^(?:POETRY_CACHE_DIR|POETRY_NO_CACHE|${HOME})$`),
    cleaned: /poetry cache clear|\brm\b.*(?:\.cache\b|pypoetry|\/root\b)/,
    stake: 'bytes',
  },
  {
    program: 'npm',
    call: /^npm (?:ci|clean-install|install|i|add)\b/,
    targets: ['/root/.npm'],
    off: /--cache\b/,
    moved: /^(?:npm_config_cache|HOME)$/i,
    cleaned: /npm cache clean|\brm\b.*(?:\.npm\b|\/root\/?(?:[\s*]|$)|~\/?\.\*)/,
    stake: 'bytes',
  },
  {
    // its store is hard-linked with what it installs, and costs nothing; what it reads of a registry, without a lock file, does
    program: 'pnpm',
    call: /^pnpm (?:-\S+ )*add\b/,
    targets: ['/root/.cache/pnpm'],
    off: /--cache-dir\b|--offline\b/,
    moved: new RegExp(`^(?:npm_config_cache_dir|${HOME})$`, 'i'),
    cleaned:
      /pnpm (?:store prune|cache delete)|\brm\b.*(?:\.cache(?!\/(?!\*|pnpm\b)\w)|\/root\/?(?:[\s*]|$))/,
    stake: 'bytes',
  },
  {
    program: 'go',
    call: /^go (?:build|install|test|vet)\b/,
    targets: ['/root/.cache/go-build'],
    off: /-mod=mod\b/,
    moved: new RegExp(`^(?:GOCACHE|${HOME})$`),
    cleaned: /go clean|\brm\b.*(?:\.cache\b|go-build|\/root\b)/,
    stake: 'time',
  },
  {
    program: 'cargo',
    call: /^cargo (?:build|test|install --path)\b/,
    targets: ['/usr/local/cargo/registry'],
    off: /--offline|--frozen/,
    moved: /^CARGO_HOME$/,
    cleaned: /\brm\b.*cargo/,
    stake: 'time',
    base: /^rust$/,
    ahead: /^cargo (?:chef|fetch|vendor)\b/,
  },
  {
    program: 'mvn',
    call: /^(?:mvn|\.\/mvnw)\b.*\b(?:compile|package|install|verify|deploy)\b/,
    targets: ['/root/.m2/repository'],
    sharing: 'locked',
    off: /(?:^| )(?:-o|--offline)\b|maven\.repo\.local/,
    moved: /^(?:MAVEN_OPTS|MAVEN_ARGS|HOME)$/,
    cleaned: /\brm\b.*(?:\.m2\b|\/root\b)/,
    stake: 'time',
    ahead: /^(?:mvn|\.\/mvnw)\b/,
  },
  {
    program: 'gradle',
    call: /^\.\/gradlew\b.*\b(?:build|assemble|jar|bootJar|installDist|shadowJar)\b/,
    targets: ['/root/.gradle'],
    off: /--offline|(?:^| )-g\b|--gradle-user-home/,
    moved: /^(?:GRADLE_USER_HOME|HOME)$/,
    cleaned: /\brm\b.*(?:\.gradle\b|\/root\b)/,
    stake: 'time',
    ahead: /^(?:gradle|\.\/gradlew)\b/,
  },
]
