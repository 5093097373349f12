import type {ContextView} from '../../../build/cache/context-view.js'

/** Files that pin what a package manager installs, the most telling first. */
const LOCK_FILES: readonly string[] = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ...['go.sum', 'Cargo.lock', 'uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'requirements.txt'],
  ...['Gemfile.lock', 'composer.lock', 'mix.lock', 'pubspec.lock', 'packages.lock.json', 'gradle.lockfile'],
  ...['pom.xml', 'build.gradle.kts', 'build.gradle', 'deno.lock'],
]

const SOURCE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kts?|scala|rb|php|cs|fs|cc?|cpp|hh?|hpp|swift|exs?|erl|hs|ml|vue|svelte|dart|clj|lua|pl|s?css|less|html?)$/i

/** Directories of source code, before files that lie elsewhere. */
const SOURCE_DIRECTORY =
  /^(?:src|app|apps|lib|cmd|internal|pkg|server|client|web|api|packages|crates)(?:\/|$)/

/** What is source code, and yet no example of an edit that a build sees every day. */
const APART =
  /(?:^|\/)(?:node_modules|vendor|tests?|specs?|__tests__|docs?|examples?|scripts|migrations|\.[^/]+)(?:\/|$)|\.(?:test|spec|config|d)\.\w+$|_test\.\w+$/i

/**
 * A file that stands for an everyday edit of the code; null where nothing that is sent looks like source code.
 * @param below a directory or a file of the context, `/`-separated; empty: all of it
 */
export function chooseSourceFile(view: ContextView, below = ''): string | null {
  let best: {path: string; rank: number} | null = null
  const {tree} = view
  const start = below === '' ? 0 : tree.find(below)
  if (start < 0) return null
  const end = below === '' ? tree.length : tree.endOf(start)
  for (const entry of view.sent) {
    if (entry < start || entry >= end) continue
    if (!tree.isFile(entry) || !SOURCE.test(tree.nameOf(entry))) continue
    const path = tree.pathOf(entry)
    const rank = rankSource(path)
    if (best === null || rank < best.rank) best = {path, rank}
    if (rank === 0) break
  }
  return best?.path ?? null
}

/** 0 is the best. */
function rankSource(path: string): number {
  return (APART.test(path) ? 2 : 0) + (SOURCE_DIRECTORY.test(path) ? 0 : 1)
}

/** The lock file nearest to the root; null where none is sent. */
export function chooseLockFile(view: ContextView): string | null {
  const {tree} = view
  for (const name of LOCK_FILES) {
    const paths = [...tree.entriesNamed(name)]
      .filter((entry) => view.isSent(entry))
      .map((entry) => tree.pathOf(entry))
    const [first] = paths.sort((one, other) => depthOf(one) - depthOf(other))
    if (first !== undefined) return first
  }
  return null
}

function depthOf(path: string): number {
  return path.split('/').length
}
