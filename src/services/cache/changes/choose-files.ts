import type {ContextView} from '../../../build/cache/context-view.js'
import {isWithin, parentPath, relativeTo} from '../../../languages/text/container-path.js'
import {extensionOf} from '../../../languages/text/extension-of.js'
import type {BuildPlan} from '../../../plan/build-plan.js'

/** Files that pin what a package manager installs, the most telling first. */
const LOCK_FILES: readonly string[] = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ...['go.sum', 'Cargo.lock', 'uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'requirements.txt'],
  ...['Gemfile.lock', 'composer.lock', 'mix.lock', 'pubspec.lock', 'packages.lock.json', 'gradle.lockfile'],
  ...['pom.xml', 'build.gradle.kts', 'build.gradle', 'deno.lock'],
]

const PAGE_PARTS = ['.css', '.scss', '.less', '.htm', '.html']
const SOURCE = new Set([
  ...['.js', '.jsx', '.cjs', '.cjsx', '.mjs', '.mjsx', '.ts', '.tsx', '.cts', '.ctsx', '.mts', '.mtsx'],
  ...[
    '.py',
    '.go',
    '.rs',
    '.java',
    '.kt',
    '.kts',
    '.scala',
    '.rb',
    '.php',
    '.cs',
    '.fs',
    '.c',
    '.cc',
    '.cpp',
  ],
  ...['.h', '.hh', '.hpp', '.swift', '.ex', '.exs', '.erl', '.hs', '.ml', '.vue', '.svelte', '.dart', '.clj'],
  ...['.lua', '.pl', ...PAGE_PARTS],
])

/** Directories of source code, before files that lie elsewhere. */
const SOURCE_DIRECTORY =
  /^(?:src|app|apps|lib|cmd|internal|pkg|server|client|web|api|packages|crates)(?:\/|$)/

/** What is source code, and yet no example of an edit that a build sees every day. */
const APART =
  /(?:^|\/)(?:node_modules|vendor|tests?|specs?|__tests__|docs?|examples?|scripts|migrations|\.[^/]+)(?:\/|$)|\.(?:test|spec|config|d)\.\w+$|_test\.\w+$/

/** Files that an everyday edit is less often about, though their name is that of source code. */
const SELDOM = /(?:^|\/)(?:__init__|__main__|conftest|setup|manage|noxfile|gulpfile|gruntfile)\.\w+$/

/** Where to look. Both are `/`-separated; empty: all of the context. */
interface Where {
  /** Only this file, or what is in this directory. */
  below?: string
  /** Files in this directory come first: that of the Dockerfile. */
  near?: string
}

/** A file that stands for an everyday edit of the code; null where nothing that is sent looks like source code. */
export function chooseSourceFile(view: ContextView, {below = '', near = ''}: Where = {}): string | null {
  let best: {path: string; rank: number} | null = null
  const {tree} = view
  const start = below === '' ? 0 : tree.find(below)
  if (start < 0) return null
  const end = below === '' ? tree.length : tree.endOf(start)
  for (const entry of view.sent) {
    if (entry < start || entry >= end) continue
    if (!tree.isFile(entry) || !SOURCE.has(extensionOf(tree.nameOf(entry)).toLowerCase())) continue
    const path = tree.pathOf(entry)
    const rank = rankSource(path, near)
    if (best === null || rank < best.rank) best = {path, rank}
    if (rank === 0) break
  }
  return best?.path ?? null
}

/** 0 is the best. */
function rankSource(path: string, near: string): number {
  const isNear = near !== '' && isWithin(path, near)
  const place = isNear ? relativeTo(near, path) : path
  const lower = place.toLowerCase()
  const isSeldom = SELDOM.test(lower) || PAGE_PARTS.includes(extensionOf(lower))
  return (
    (APART.test(lower) ? 8 : 0) +
    (near === '' || isNear ? 0 : 4) +
    (isNear || SOURCE_DIRECTORY.test(place) ? 0 : 2) +
    (isSeldom ? 1 : 0)
  )
}

/** A lock file in the directory `near`, or else the one nearest to the root; null where none is sent. */
export function chooseLockFile(view: ContextView, near = ''): string | null {
  const {tree} = view
  const paths = LOCK_FILES.flatMap((name) => {
    const sent = [...tree.entriesNamed(name)].filter((entry) => view.isSent(entry))
    return sent
      .map((entry) => tree.pathOf(entry))
      .sort((one, other) => one.split('/').length - other.split('/').length)
  })
  return paths.find((path) => near !== '' && isWithin(path, near)) ?? paths[0] ?? null
}

/** The directory of a build's Dockerfile in the context: its code is what people edit. Empty for the context itself. */
export function directoryOf({dockerfile}: BuildPlan): string {
  return dockerfile === null ? '' : parentPath(dockerfile.path)
}
