import path from 'node:path'
import {readShell} from '../../languages/scripts/read-shell.js'
import {readBuildCommand} from '../command-line/read-build-command.js'
import {type CiBuild, flagValues} from './ci-plan.js'

/** What is known of a script besides its text. */
export type ScriptFacts = Pick<CiBuild, 'system' | 'job' | 'place' | 'hasBuilder' | 'isFresh'> & {
  /** Of the repository, absolute. */
  rootDir: string
  /** Where it runs; a path below which the repository is the root. */
  directory: string
}

/** The builds that a script starts, and whether it has made a builder that can export caches. */
export function readCommands(
  script: string,
  {rootDir, directory, ...facts}: ScriptFacts,
): {builds: CiBuild[]; hasBuilder: boolean} {
  let {hasBuilder} = facts
  const builds: CiBuild[] = []
  for (const command of readShell(script, {directory})) {
    const words = command.words[0] === 'sudo' ? command.words.slice(1) : command.words
    if (/^docker buildx create\b/.test(words.join(' '))) hasBuilder = true
    const request = readBuildCommand(words)
    if (request === null) continue
    const {contextDir, dockerfile, target = ''} = request
    const told = dockerfile ?? path.posix.join(contextDir, 'Dockerfile')
    const isKnown = ![contextDir, told, command.directory].some((word) => /[$`]/.test(word))
    builds.push({
      ...facts,
      hasBuilder,
      how: 'command',
      dockerfilePath: isKnown ? path.resolve(path.join(rootDir, command.directory), told) : null,
      target,
      cacheFrom: flagValues(words, 'cache-from'),
      cacheTo: listExports(words),
      ...(words.some((word) => /^--squash(?:=true)?$/.test(word)) && {isSquashed: true}),
    })
  }
  return {builds, hasBuilder}
}

/** An inline cache is exported by a build argument, too. */
function listExports(words: readonly string[]): string[] {
  const isInline = flagValues(words, 'build-arg').some((one) => one.startsWith('BUILDKIT_INLINE_CACHE=1'))
  return [...flagValues(words, 'cache-to'), ...(isInline ? ['type=inline'] : [])]
}
