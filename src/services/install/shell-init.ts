import {SlimCheckError} from '../../errors.js'
import {createCompletionScript} from '../../host/shell/completion-script.js'
import {createShellFunction, detectShell, type Shell} from '../../host/shell/shell-function.js'

/** Finds the user's shell by `$SHELL`. @throws SlimCheckError `shell-unknown` */
export function chooseShell(env: Readonly<Record<string, string | undefined>>): Shell {
  const shell = detectShell(env.SHELL)
  if (shell === null) throw new SlimCheckError('shell-unknown', {shell: env.SHELL ?? ''})
  return shell
}

/** Lists the lines that a shell evaluates to know `docker slim-check`, and to complete `docker-slim-check`. */
export function listShellLines(shell: Shell): readonly string[] {
  return [...createShellFunction(shell), ...createCompletionScript(shell)]
}

/** Writes what a shell evaluates. */
export function initShell(shell: Shell): string {
  return `${listShellLines(shell).join('\n')}\n`
}
