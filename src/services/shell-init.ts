import {SlimCheckError} from '../errors.js'
import {createShellFunction, detectShell, type Shell} from '../shell/shell-function.js'

/** Finds the user's shell by `$SHELL`. @throws SlimCheckError `shell-unknown` */
export function chooseShell(env: Readonly<Record<string, string | undefined>>): Shell {
  const shell = detectShell(env.SHELL)
  if (shell === null) throw new SlimCheckError('shell-unknown', {shell: env.SHELL ?? ''})
  return shell
}

/** Writes what a shell evaluates to know `docker slim-check`. */
export function initShell(shell: Shell): string {
  return `${createShellFunction(shell).join('\n')}\n`
}
