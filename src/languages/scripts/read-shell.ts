import {MappedText} from '../text/mapped-text.js'
import {type Range, rangeAt} from '../text/range.js'
import type {ShellCommand, ShellStart} from './shell-command.js'
import {ShellScanner} from './shell-scanner.js'

/** Scripts in scripts: `sh -c`, and heredocs fed to a shell. */
const MAX_DEPTH = 8

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash|zsh|su|runuser)$/

/**
 * Reads a script into its simple commands, those of subshells and substitutions included, in one pass. It is no
 * shell: syntax that it does not know is read as words, so that no called program is missed. The ranges are of
 * the file that a mapped text comes from, else of the script.
 */
export function readShell(script: string | MappedText, start: ShellStart): ShellCommand[] {
  return readNested(typeof script === 'string' ? MappedText.at(0, script) : script, start, 0)
}

function readNested(script: MappedText, start: ShellStart, depth: number): ShellCommand[] {
  const found: ShellCommand[] = []
  const scanner = new ShellScanner(script.text, start, (command, heredocs) => {
    const {words, wordRanges} = command
    const given: GivenScripts = {
      wordAt: (index) => cutWord(script, words[index]!, wordRanges[index]!),
      writtenAt: (index) => script.text.slice(wordRanges[index]!.start, wordRanges[index]!.end),
      heredocs: () => heredocs.map((lines) => joinLines(script, lines)),
    }
    const inner = depth < MAX_DEPTH ? nestedScripts(words, given) : []
    if (inner.length === 0) found.push(locate(command, script))
    for (const text of inner) {
      const nested = readNested(text, {directory: command.directory, env: command.env}, depth + 1)
      for (const one of nested) found.push({...one, isCertain: one.isCertain && command.isCertain})
    }
  })
  scanner.run()
  return found
}

/** Turns ranges of a script into ranges of the file that it comes from. */
function locate(command: ShellCommand, script: MappedText): ShellCommand {
  const wordRanges = command.wordRanges.map((range) => script.toOrigin(range))
  return {...command, wordRanges, range: script.toOrigin(command.range)}
}

/** A word without its quotes; where more than one pair of quotes was resolved, any part stands for all of it. */
function cutWord(script: MappedText, word: string, {start, end}: Range): MappedText {
  for (const margin of [0, 1]) {
    const written = script.slice(start + margin, end - margin)
    if (written.text === word) return written
  }
  return MappedText.standingFor(script.toOrigin({start, end}), word)
}

function joinLines(script: MappedText, lines: readonly Range[]): MappedText {
  if (lines.length === 0) return MappedText.at(0, '')
  return MappedText.join(
    lines.map(({start, end}) => script.slice(start, end)),
    '\n',
  )
}

/** The texts that a command may hand to a shell. */
interface GivenScripts {
  wordAt: (index: number) => MappedText
  /** With its quotes. */
  writtenAt: (index: number) => string
  heredocs: () => MappedText[]
}

/** What prints nothing but variables to set. */
const PRINTS_SETTINGS =
  /^\s*(?:(?:\S*\/)?(?:ssh-agent|gpg-agent|dircolors|locale|luarocks path|opam (?:config )?env|brew shellenv|fnm env|rbenv init|pyenv init|nodenv init)\b|(?:ruby|python3?|perl|node|php)\s(?=[^|;&]*-[ecr]\s)[\s\S]*\b(?:puts|print|printf|echo|say|console\.log)\b\s*\(?f?["'`](?:export )?[A-Z_]\w*(?:[#$]?\{\w+\}\w*)*=)/

/** `$(PROGRAM)`, where the program prints variables to set, and is all that is called. */
function printsSettings(written: string): boolean {
  const [, inner] = /^"?\$\(([^(][\s\S]*)\)"?$/.exec(written) ?? []
  if (inner === undefined || !PRINTS_SETTINGS.test(inner)) return false
  return readShell(inner, {directory: '/'}).length === 1
}

/** The scripts that a command hands to a shell. */
function nestedScripts(words: readonly string[], given: GivenScripts): MappedText[] {
  const shell = words.findIndex((word) => SHELL.test(word))
  if (shell < 0) {
    if (words[0] !== 'eval' || words.length === 1) return []
    const parts = words.slice(1).map((_, index) => given.wordAt(index + 1))
    // what stands in it has been read already, as a command of its own
    if (words.length === 2 && printsSettings(given.writtenAt(1))) return [MappedText.at(0, '')]
    return [MappedText.join(parts, ' ')]
  }
  const flag = words.findIndex((word, at) => at > shell && /^-[a-z]*c$/.test(word))
  if (flag > 0 && flag + 1 < words.length) return [given.wordAt(flag + 1)]
  const readsInput = words.slice(shell + 1).every((word) => word.startsWith('-'))
  return readsInput ? given.heredocs() : []
}

/**
 * Reads a JSON array's words: there is no shell, but `["sh", "-c", "…"]` starts one.
 * @param mapped the words with a space between them. Default: the ranges are of that text
 */
export function readExec(
  words: readonly string[],
  start: ShellStart,
  mapped: MappedText = MappedText.at(0, words.join(' ')),
): ShellCommand[] {
  const wordRanges: Range[] = []
  for (const word of words) wordRanges.push(rangeAt((wordRanges.at(-1)?.end ?? -1) + 1, word))
  const {directory, env = new Map()} = start
  const range = {start: 0, end: mapped.text.length}
  const command = {words, wordRanges, range, env, directory, isCertain: true}
  const wordAt = (index: number) => mapped.slice(wordRanges[index]!.start, wordRanges[index]!.end)
  const inner = nestedScripts(words, {wordAt, writtenAt: (index) => words[index]!, heredocs: () => []})
  return inner.length === 0 ? [locate(command, mapped)] : inner.flatMap((text) => readShell(text, start))
}
