/** Exit statuses of every command; part of the stable interface. */
export const EXIT = {
  /** Everything is fine. */
  ok: 0,
  /** It ran, and a budget or `--fail-on` was violated, or a `--write` was undone. */
  violated: 1,
  /** It could not run: bad input, or anything unexpected. */
  failed: 2,
} as const
