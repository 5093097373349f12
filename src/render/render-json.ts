/** Renders a stable object as JSON for `--json`. Ends in a newline. */
export function renderJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
