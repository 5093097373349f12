import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {readsOfComposer} from './composer-reads.js'
import {readsOfGo} from './go-reads.js'
import {readsOfNode} from './node-reads.js'
import {readsOfDotnet, readsOfGradle, readsOfMaven, readsOfMix} from './other-reads.js'
import {readsOfPip} from './pip-reads.js'
import {readsOfPipenv, readsOfPoetry, readsOfUv} from './pyproject-reads.js'
import {readsOfBundler} from './ruby-reads.js'

/** What a package manager's install reads and writes in its project. */
export interface InstallReads {
  /** How a person calls it: `npm ci`. */
  title: string
  /** Paths of the context that it reads, in order. */
  files: readonly string[]
  /** Paths of the context that it writes: what is sent of them would come over it. */
  writes: readonly string[]
  /** How it is known what it reads. */
  evidence: string
  /** Why that is not certain here. */
  questions: readonly string[]
  /** Why it cannot run without the rest of the project. */
  blocker?: string
  /** It runs scripts of the project, which may read anything. */
  runsScripts?: true
  /** A command for its place: it does the same and leaves the lock file alone. */
  exact?: string
  /** What can run without the source, where the install itself cannot: it comes first, the install stays behind the copy. */
  ahead?: string
}

/** What a proof wants to know of the context. */
export interface ProjectFiles {
  isSent(path: string): boolean
  /** The beginnings of manifests. */
  evidence: ReadonlyMap<string, string>
  /** Directories below one, by a glob of workspaces; sorted. */
  findDirectories(glob: string): string[]
  /** Files below a directory whose name matches, those of installed packages left out; sorted. */
  findFiles(below: string, name: RegExp): string[]
  /** The path in the context of a file that a command names; null if no step before it has brought it. */
  locate(written: string): string | null
  /** A link among what the components of a glob match; null if there is none. */
  findLink(glob: string): string | null
}

/** What a call is read with. */
export type InstallCall = Pick<ShellCommand, 'words'> & Partial<Pick<ShellCommand, 'env'>>

type Reader = (
  args: readonly string[],
  project: string,
  files: ProjectFiles,
  env: ReadonlyMap<string, string>,
) => InstallReads | null

const READERS: Readonly<Record<string, Reader>> = {
  npm: (args, project, files) => readsOfNode('npm', args, project, files),
  pnpm: (args, project, files) => readsOfNode('pnpm', args, project, files),
  yarn: (args, project, files) => readsOfNode('yarn', args, project, files),
  bun: (args, project, files) => readsOfNode('bun', args, project, files),
  pip: readsOfPip,
  pip3: readsOfPip,
  uv: readsOfUv,
  poetry: readsOfPoetry,
  pipenv: readsOfPipenv,
  go: readsOfGo,
  bundle: readsOfBundler,
  bundler: readsOfBundler,
  composer: readsOfComposer,
  mix: readsOfMix,
  dotnet: readsOfDotnet,
  mvn: readsOfMaven,
  gradle: readsOfGradle,
}

/** Says what an install reads; null for a command that is none. @param project its directory in the context, empty for the root */
export function readsOfInstall(
  {words, env = new Map()}: InstallCall,
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [program, args] = splitProgram(words)
  const reader = Object.hasOwn(READERS, program) ? READERS[program] : undefined
  return reader === undefined ? null : reader(args, project, files, env)
}

/** The package manager, by whatever name it is called: `python -m pip`, `/venv/bin/pip`, `corepack yarn`, `pip3.11`. */
function splitProgram(words: readonly string[]): [program: string, args: readonly string[]] {
  const [first = '', second = '', third = ''] = words
  const name = first.replace(/^\/(?:[\w.-]+\/)*bin\//, '').replace(/^(pip|python)3?(?:\.\d+)?$/, '$1')
  if (name === 'python' && second === '-m' && /^(?:pip|poetry|pipenv|uv)$/.test(third))
    return [third, words.slice(3)]
  if (name === 'corepack' && /^(?:npm|pnpm|yarn)$/.test(second)) return [second, words.slice(2)]
  return [name, words.slice(1)]
}
