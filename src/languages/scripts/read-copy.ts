import {baseName} from '../text/container-path.js'

/** What `cp`, `mv` or `install` takes, and where it goes. */
export interface CopyWords {
  sources: readonly string[]
  /** A file or a directory; null where it makes directories only. */
  target: string | null
}

/** Reads the words of a command that copies; null for any other. */
export function readCopy([program = '', ...args]: readonly string[]): CopyWords | null {
  const name = baseName(program)
  if (!/^(?:cp|mv|install)$/.test(name)) return null
  const isInstall = name === 'install'
  if (isInstall && args.some((word) => /^-[a-zA-Z]*d[a-zA-Z]*$|^--directory$/.test(word)))
    return {sources: [], target: null}
  const takesValue = isInstall ? /^(?:-[CDpsvTZ]*[mogtS]|--(?:mode|owner|group|suffix))$/ : /^-[a-zA-Z]*[tS]$/
  const plain = args.filter((word, at) => !word.startsWith('-') && !takesValue.test(args[at - 1] ?? ''))
  const flag = args.findIndex((word) => /^(?:-[a-zA-Z]*t|--target-directory(?:=.*)?)$/.test(word))
  if (flag >= 0) {
    const target = /=(.*)$/.exec(args[flag]!)?.[1] ?? args[flag + 1] ?? null
    return {sources: plain.filter((word) => word !== target), target}
  }
  return {sources: plain.slice(0, -1), target: plain.at(-1) ?? null}
}
