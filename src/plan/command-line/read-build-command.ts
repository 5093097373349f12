import path from 'node:path'
import {takesNextArgument} from './docker-options.js'
import {type BuildRequest, listFlagNames, parseBuildArguments} from './parse-build-arguments.js'

const GROUPS = new Set(['image', 'builder', 'buildx'])

/** Finds the arguments of the build in a whole command line, `docker -D buildx build …`; null for another command. */
function findBuildArguments(words: readonly string[]): string[] | null {
  const program = path.basename(words[0] ?? '').replace(/\.exe$/, '')
  if (program !== 'docker') return null
  let index = 1
  while (words[index]?.startsWith('-')) index += takesNextArgument(words[index]!) ? 2 : 1
  if (GROUPS.has(words[index] ?? '')) index++
  const isBuild = words[index] === 'build' || (words[index] === 'b' && words[index - 1] === 'buildx')
  return isBuild ? words.slice(index + 1) : null
}

/** Reads a whole command line that builds a directory of this machine; null for any other. */
export function readBuildCommand(words: readonly string[]): BuildRequest | null {
  const found = findBuildArguments(words)
  return found && parseBuildArguments(found)
}

/**
 * Reads the build that Docker tells its hook of. Docker gives the flags' names alone, so the command line comes from
 * the process that called; it must name the same flags, or it is not the one meant.
 */
export function readFinishedBuild(
  message: string,
  commandLine: readonly string[] | null,
): BuildRequest | null {
  const words = commandLine && findBuildArguments(commandLine)
  if (!words) return null
  return isSameCommand(message, words) ? parseBuildArguments(words) : null
}

function isSameCommand(message: string, words: readonly string[]): boolean {
  try {
    const {Flags, CommandError} = JSON.parse(message) as {
      Flags?: Record<string, string>
      CommandError?: string
    }
    // Clients write a flag down to its end: `tag=app`.
    const told = Object.keys(Flags ?? {}).map((name) => `--${name}`)
    return !CommandError && listFlagNames(told).join() === listFlagNames(words).join()
  } catch {
    return false
  }
}
