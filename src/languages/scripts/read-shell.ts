import type {ShellCommand, ShellStart} from './shell-command.js'
import {ShellScanner} from './shell-scanner.js'

/** Scripts in scripts: `sh -c`, and heredocs fed to a shell. */
const MAX_DEPTH = 8

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash|zsh)$/

/**
 * Reads a script into its simple commands, those of subshells and substitutions included, in one pass. It is no
 * shell: whatever it does not know is read as words, so that nothing that is called goes unseen.
 */
export function readShell(script: string, start: ShellStart): ShellCommand[] {
  return readNested(script, start, 0)
}

function readNested(script: string, start: ShellStart, depth: number): ShellCommand[] {
  const found: ShellCommand[] = []
  const scanner = new ShellScanner(script, start, (command, heredocs) => {
    const inner = depth < MAX_DEPTH ? nestedScripts(command, heredocs) : []
    if (inner.length === 0) found.push(command)
    for (const text of inner) {
      const nested = readNested(text, {directory: command.directory, env: command.env}, depth + 1)
      for (const one of nested) found.push({...one, isCertain: one.isCertain && command.isCertain})
    }
  })
  scanner.run()
  return found
}

/** The scripts that a command hands to a shell. */
function nestedScripts({words}: ShellCommand, heredocs: readonly string[]): string[] {
  const shell = words.findIndex((word) => SHELL.test(word))
  if (shell < 0) return words[0] === 'eval' ? [words.slice(1).join(' ')] : []
  const flag = words.findIndex((word, at) => at > shell && /^-[a-z]*c$/.test(word))
  const script = words[flag + 1]
  if (flag > 0 && script !== undefined) return [script]
  return words.length === shell + 1 || words.slice(shell + 1).every((word) => word.startsWith('-'))
    ? [...heredocs]
    : []
}

/** Reads a JSON array's words: there is no shell, but `["sh", "-c", "…"]` starts one. */
export function readExec(words: readonly string[], start: ShellStart): ShellCommand[] {
  const env = start.env ?? new Map()
  const command = {words, env, directory: start.directory, isCertain: true}
  const inner = nestedScripts(command, [])
  return inner.length === 0 ? [command] : inner.flatMap((text) => readShell(text, start))
}
