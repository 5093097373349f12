import {resolveContainerPath} from '../text/container-path.js'

/** Follows `cd`; where it leads nowhere certain, to a directory without a name. */
export function changeDirectory(directory: string, words: readonly string[]): string {
  const target = words.slice(1).find((word) => !/^-[LPe@]*$|^--$/.test(word))
  if (words.includes('-')) return '?cd'
  return resolveContainerPath(directory, target ?? '~')
}
