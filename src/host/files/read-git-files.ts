import path from 'node:path'
import {type GitModule, readGitModules} from '../../languages/git/read-gitmodules.js'
import {readGitIndex} from '../../languages/git/read-index.js'
import {createTrackedPaths, type Submodule, type TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {GitIgnoreFile} from '../../languages/gitignore/create-git-ignore.js'
import {findHomeDir, findRepository, pathExists} from './locations.js'
import {readFileBounded} from './read-file.js'

/** What Git's own files say about a context. Git is not run. */
export interface GitFiles {
  files: GitIgnoreFile[]
  /** The context relative to the repository's root, '' at the root. */
  prefix: string
}

const MAX_BYTES = 2 ** 20

/**
 * Reads the ignore files that Git would use: those above the context, those given within it, `.git/info/exclude` and the
 * global excludes. Without a repository around it, the context counts as its root.
 * @param directories of the context that hold a `.gitignore`, '' for its root
 */
export function readGitIgnoreFiles(contextDir: string, directories: readonly string[]): GitFiles {
  const root = findRepository(contextDir) ?? contextDir
  const prefix = path.relative(root, contextDir).split(path.sep).join('/')
  const above = listParents(prefix).map((dir) => ({dir, file: path.join(root, dir, '.gitignore')}))
  const within = directories.map((dir) => ({
    dir: joinDir(prefix, dir),
    file: path.join(contextDir, dir, '.gitignore'),
  }))
  const files: GitIgnoreFile[] = []
  for (const {dir, file} of [...above, ...within]) {
    const content = readText(file)
    if (content !== null) files.push({dir, content, source: 'gitignore'})
  }
  const exclude = readText(path.join(root, '.git/info/exclude'))
  if (exclude !== null) files.push({dir: '', content: exclude, source: 'exclude'})
  const global = readText(findGlobalExcludes())
  if (global !== null) files.push({dir: '', content: global, source: 'global'})
  return {files, prefix}
}

/** '' and each directory above a prefix, itself not included. */
function listParents(prefix: string): string[] {
  if (prefix === '') return []
  const parts = prefix.split('/')
  return parts.map((_, depth) => parts.slice(0, depth).join('/'))
}

function joinDir(prefix: string, dir: string): string {
  return prefix === '' || dir === '' ? prefix + dir : `${prefix}/${dir}`
}

function readText(file: string): string | null {
  const read = readFileBounded(file, MAX_BYTES)
  return read.status === 'read' ? Buffer.from(read.content).toString('utf8') : null
}

/** `core.excludesFile` of the user's configuration, else Git's default place. */
function findGlobalExcludes(): string {
  const home = findHomeDir()
  const config = process.env.XDG_CONFIG_HOME || path.join(home, '.config')
  const text = readText(path.join(home, '.gitconfig')) ?? ''
  const given = /^[ \t]*excludesfile[ \t]*=[ \t]*"?([^"\n]+)/im.exec(text)?.[1]?.trim()
  if (!given) return path.join(config, 'git/ignore')
  return given.replace(/^~(?=\/)/, home)
}

const MAX_INDEX_BYTES = 256 * 2 ** 20
const MAX_LINK_BYTES = 4096

/** Submodules in submodules, at most: a repository may point at itself. */
const MAX_DEPTH = 8

/** Reads which paths of a context Git tracks, from its index; null where nothing tells. Git is not run. */
export function readTrackedPaths(contextDir: string): TrackedPaths | null {
  const root = findRepository(contextDir)
  const tracked = root && readRepository(root, MAX_DEPTH)
  if (!root || !tracked) return null
  const prefix = path.relative(root, contextDir).split(path.sep).join('/')
  return createTrackedPaths(tracked.paths, prefix, tracked.submodules)
}

interface TrackedFiles {
  paths: string[]
  submodules: Submodule[]
}

/** What a repository and the submodules that are checked out in it track. */
function readRepository(root: string, depth: number): TrackedFiles | null {
  const read = readFileBounded(path.join(findGitDir(path.join(root, '.git')), 'index'), MAX_INDEX_BYTES)
  const index = read.status === 'read' ? readGitIndex(read.content) : null
  if (index === null) return null
  const tracked: TrackedFiles = {paths: index.paths, submodules: []}
  const modules =
    index.submodules.length === 0 ? [] : readGitModules(readText(path.join(root, '.gitmodules')) ?? '')
  for (const directory of index.submodules) {
    const module = modules.find((one) => one.path === directory)
    const isHere = depth > 0 && pathExists(path.join(root, directory, '.git'))
    const own = isHere ? readRepository(path.join(root, directory), depth - 1) : null
    const state = stateOf(module, own !== null)
    tracked.submodules.push({path: directory, state})
    if (own === null || state === 'left-out') continue
    for (const one of own.paths) tracked.paths.push(`${directory}/${one}`)
    for (const one of own.submodules) tracked.submodules.push({...one, path: `${directory}/${one.path}`})
  }
  return tracked
}

function stateOf(module: GitModule | undefined, isHere: boolean): Submodule['state'] {
  if (module?.isLeftOut) return 'left-out'
  if (module === undefined || module.url === null) return 'unnamed'
  return isHere ? 'here' : 'absent'
}

/** In a linked worktree and a submodule `.git` is a file that names the directory. */
function findGitDir(dotGit: string): string {
  const read = readFileBounded(dotGit, MAX_LINK_BYTES)
  if (read.status !== 'read') return dotGit
  const target = /^gitdir: *(.+?)\s*$/m.exec(Buffer.from(read.content).toString('utf8'))?.[1]
  return target === undefined ? dotGit : path.resolve(path.dirname(dotGit), target)
}
