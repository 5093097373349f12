/** A command that only asks whether a file is there. */
export interface FileTest {
  path: string
  /** It holds where the file is not there. */
  isNegative: boolean
}

/** Reads `[ -f package.json ]`, `test ! -e a`; null for what asks anything else. */
export function readFileTest(words: readonly string[]): FileTest | null {
  const [program = '', ...rest] = words
  const inner = program === 'test' ? rest : rest.slice(0, -1)
  if (!/^(?:test|\[\[?)$/.test(program)) return null
  const isNegative = inner[0] === '!'
  const [flag = '', path = '', ...others] = isNegative ? inner.slice(1) : inner
  const isPlain = /^-[efdsrx]$/.test(flag) && path !== '' && !/[$*?]/.test(path) && others.length === 0
  return isPlain ? {path, isNegative} : null
}
