import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath} from '../../../languages/text/container-path.js'
import {readsOfCargo} from './cargo-reads.js'
import {readsOfComposer} from './composer-reads.js'
import {readsOfGo} from './go-reads.js'
import {readsOfMaven, readsOfMavenWrapper} from './maven-reads.js'
import {readsOfNode} from './node-reads.js'
import {readsOfDotnet, readsOfGradle, readsOfMix} from './other-reads.js'
import {readsOfPip} from './pip-reads.js'
import type {CallSurroundings, InstallReads, ProjectFiles} from './project-files.js'
import {readsOfPipenv, readsOfPoetry, readsOfUv} from './pyproject-reads.js'
import {readsOfBundler} from './ruby-reads.js'

/** What a call is read with. */
export interface InstallCall extends Pick<ShellCommand, 'words'>, Partial<Pick<ShellCommand, 'env'>> {
  /** The words of the calls before it in its stage. Default: none. */
  earlier?: readonly (readonly string[])[]
}

type Reader = (
  args: readonly string[],
  project: string,
  files: ProjectFiles,
  around: CallSurroundings,
) => InstallReads | null

const READERS: Readonly<Record<string, Reader>> = {
  npm: readsOfNode('npm'),
  pnpm: readsOfNode('pnpm'),
  yarn: readsOfNode('yarn'),
  bun: readsOfNode('bun'),
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
  cargo: readsOfCargo,
  dotnet: readsOfDotnet,
  mvn: readsOfMaven,
  './mvnw': readsOfMavenWrapper,
  gradle: readsOfGradle,
  './gradlew': readsOfGradle,
}

/** Says what an install reads; null for a command that is none. @param project its directory in the context, empty for the root */
export function readsOfInstall(
  {words, env = new Map(), earlier = []}: InstallCall,
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [program, args] = splitProgram(words)
  const reader = Object.hasOwn(READERS, program) ? READERS[program] : undefined
  const reads = reader === undefined ? null : reader(args, project, files, {env, calls: [...earlier, words]})
  const called = words.slice(0, words.length - args.length).join(' ')
  if (reads === null || called === program) return reads
  return askAboutOwn(callAs(reads, program, called), called, project, files)
}

/** Python looks for a module in its working directory first. */
function askAboutOwn(
  reads: InstallReads,
  called: string,
  project: string,
  files: ProjectFiles,
): InstallReads {
  const [, module] = /\bpython[\d.]* -m (\w+)$/.exec(called) ?? []
  if (module === undefined) return reads
  const own = [`${module}.py`, `${module}/__init__.py`, `${module}/__main__.py`]
    .map((name) => joinPath(project, name))
    .find((path) => files.isSent(path))
  if (own === undefined) return reads
  return {...reads, questions: [...reads.questions, `Is ${own} what "${called}" runs?`]}
}

/** Other calls of the same program, by the name that it is called by. */
function callAs(reads: InstallReads, program: string, called: string): InstallReads {
  const rename = (command: string) =>
    command.startsWith(`${program} `) ? called + command.slice(program.length) : command
  return {
    ...reads,
    ...(reads.exact !== undefined && {exact: rename(reads.exact)}),
    ...(reads.ahead !== undefined && {ahead: rename(reads.ahead)}),
  }
}

/** The same call by the plain name of its program. */
export function plainCall(words: readonly string[]): readonly string[] {
  const [program, args] = splitProgram(words)
  return [program, ...args]
}

/** The package manager, by whatever name it is called: `python -m pip`, `/venv/bin/pip`, `corepack yarn`, `php composer.phar`. */
function splitProgram(words: readonly string[]): [program: string, args: readonly string[]] {
  const [first = '', second = '', third = ''] = words
  const name = first.replace(/^\/(?:[\w.-]+\/)*bin\//, '').replace(/^(pip|python)3?(?:\.\d+)?$/, '$1')
  if (name === 'python' && second === '-m' && /^(?:pip|poetry|pipenv|uv)$/.test(third))
    return [third, words.slice(3)]
  if (name === 'corepack' && /^(?:npm|pnpm|yarn)$/.test(second)) return [second, words.slice(2)]
  const script = name === 'php' ? words.find((_, at) => at > 0 && !isPhpOption(words, at)) : undefined
  if (script !== undefined && /(?:^|\/)composer(?:\.phar)?$/.test(script))
    return ['composer', words.slice(words.indexOf(script) + 1)]
  if (/^composer\.phar$/.test(first.replace(/^.*\//, ''))) return ['composer', words.slice(1)]
  return [name, words.slice(1)]
}

/** An option of PHP, or the value of `-d`. */
function isPhpOption(words: readonly string[], at: number): boolean {
  return words[at]!.startsWith('-') || words[at - 1] === '-d'
}
