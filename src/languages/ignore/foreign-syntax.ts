/** What other programs understand in a pattern, and Docker takes literally. */
export type ForeignSyntax =
  /** `../x`: a pattern cannot leave the context. */
  | {kind: 'parent'}
  /** `~/x` */
  | {kind: 'home'}
  /** `$HOME/x`, `%TEMP%` */
  | {kind: 'variable'}
  /** `{a,b}.txt`; `lines`: what it was meant to be. */
  | {kind: 'braces'; lines: readonly string[]}
  /** `"a b"` */
  | {kind: 'quotes'; unquoted: string}
  /** `bin\\Debug`; `slashed`: how Docker wants it. */
  | {kind: 'backslash'; slashed: string}

/** More lines than this are not written out. */
const MAX_LINES = 8

/** Finds what a pattern was probably meant to say. @param text as written, without a `!` */
export function findForeignSyntax(text: string): ForeignSyntax | null {
  if (/^\.\.(\/|$)/.test(text)) return {kind: 'parent'}
  if (/^~(\/|$)/.test(text)) return {kind: 'home'}
  // Python's `*$py.class` is a name
  if (/(?<!\*)\$(\w+|\{\w+\})|^%\w+%/.test(text)) return {kind: 'variable'}
  const lines = expandBraces(text)
  if (lines !== null) return {kind: 'braces', lines}
  const unquoted = /^(["'])(.*)\1$/.exec(text)?.[2]
  if (unquoted) return {kind: 'quotes', unquoted}
  return isWindowsPath(text) ? {kind: 'backslash', slashed: text.replaceAll(/\\+/g, '/')} : null
}

/** A backslash before a name, where an escape would be of no use. */
function isWindowsPath(text: string): boolean {
  return /[\w*.)]\\+[\w*.]/.test(text) && !/\\[[\]?#! ]/.test(text)
}

/** `a{b,c}d` as `abd` and `acd`; null where there is nothing to expand, or too much. */
function expandBraces(text: string): string[] | null {
  const found = /\{([^{}]*,[^{}]*)\}/.exec(text)
  if (found === null) return null
  const [whole, alternatives = ''] = found
  const lines = alternatives
    .split(',')
    .map((one) => `${text.slice(0, found.index)}${one}${text.slice(found.index + whole.length)}`)
  const all = lines.flatMap((line) => expandBraces(line) ?? [line])
  return all.length > MAX_LINES ? null : all
}
