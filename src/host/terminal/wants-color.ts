/** When to use colour, as `--color` says. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const

export type ColorChoice = (typeof COLOR_CHOICES)[number]

/** Where something is written. */
interface Output {
  isTTY?: boolean
  hasColors?(): boolean
}

/**
 * Decides whether an output gets colour: the flag first, then `NO_COLOR`, then `FORCE_COLOR`, then what the terminal can;
 * a pipe gets none. `TERM=dumb` counts as a terminal without.
 */
export function wantsColor(
  {isTTY = false, hasColors}: Output,
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (env.NO_COLOR) return false
  const {FORCE_COLOR: forced} = env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTTY && (hasColors?.() ?? false)
}
