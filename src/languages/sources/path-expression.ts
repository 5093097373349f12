/** Paths that sources of JavaScript and Python put together: `path.join(__dirname, 'a')`, `BASE_DIR / "a"`. */

/** Languages whose expressions are read. */
export type ScriptLanguage = 'javascript' | 'python'

/** A path, relative to where the program works, to the directory of the source, or absolute. */
export interface PathExpression {
  from: 'work' | 'source' | 'root'
  path: string
}

/** What is known where an expression stands. */
export interface ExpressionScope {
  language: ScriptLanguage
  /** The name of the source. */
  file: string
  constants: ReadonlyMap<string, PathExpression>
}

const LITERAL = /^[rRuU]?(["'`])([^"'`\n]*)\1$/
const FILLED = /^(?:f?["']\{|`\$\{)(\w+)\}\/([^"'`{}$\n]+)["'`]$/
const WORK = /^(?:process\.cwd\(\)|os\.getcwd\(\)|(?:pathlib\.)?Path(?:\.cwd)?\(\))$/
const HERE = /^(?:__dirname|import\.meta\.dirname)$/
const SELF = /^(?:__file__|__filename|fileURLToPath\(import\.meta\.url\)|import\.meta\.filename)$/
const URL_OF = /^new URL\(\s*["']([^"'\n]+)["']\s*,\s*import\.meta\.url\s*\)(?:\.pathname)?$/
const SAME = /^(.+)\.(?:resolve|absolute|expanduser|as_posix)\(\)$/s
const PARENT = /^(.+)\.parent$/s
const PARENTS = /^(.+)\.parents\[(\d)\]$/s
const CALL = /^([\w.]+)\((.*)\)$/s
const JOINS = /^(?:path\.)?(?:join|resolve)$|^(?:os\.path|osp)\.join$/
const DIRECTORY = /(?:^|\.)dirname$/
const KEEPS = /(?:^|\.)(?:abspath|realpath|normpath|normalize|str|fspath|Path|PurePath|fileURLToPath)$/

/** Reads an expression that stands for a path; null where it is none, or holds what only runs can tell. */
export function readPathExpression(text: string, scope: ExpressionScope): PathExpression | null {
  const source = text.trim()
  if (source.length > MAX_LENGTH) return null
  return (
    readSimple(source, scope) ??
    readParent(source, scope) ??
    readSum(source, scope) ??
    readCall(source, scope)
  )
}

const MAX_LENGTH = 300

function readSimple(source: string, {file, constants}: ExpressionScope): PathExpression | null {
  const [, name = '', rest = ''] = FILLED.exec(source) ?? []
  if (rest !== '')
    return extend(name === '__dirname' ? {from: 'source', path: ''} : constants.get(name), rest)
  const literal = LITERAL.exec(source)?.[2]
  if (literal !== undefined) return toPath(literal)
  if (WORK.test(source)) return {from: 'work', path: ''}
  if (HERE.test(source)) return {from: 'source', path: ''}
  if (SELF.test(source)) return {from: 'source', path: file}
  const url = URL_OF.exec(source)?.[1]
  if (url !== undefined) return {from: 'source', path: url}
  return constants.get(source) ?? null
}

/** A literal with holes is none. */
function toPath(literal: string): PathExpression | null {
  if (literal === '' || /[${}<>*?:\\]/.test(literal)) return null
  return literal.startsWith('/') ? {from: 'root', path: literal} : {from: 'work', path: literal}
}

function readParent(source: string, scope: ExpressionScope): PathExpression | null {
  if (scope.language !== 'python') return null
  const same = SAME.exec(source)?.[1]
  if (same !== undefined) return readPathExpression(same, scope)
  const parent = PARENT.exec(source)?.[1]
  if (parent !== undefined) return extend(readPathExpression(parent, scope), '..')
  const [, inner, count = '0'] = PARENTS.exec(source) ?? []
  return inner === undefined
    ? null
    : extend(readPathExpression(inner, scope), `..${'/..'.repeat(Number(count))}`)
}

/** `BASE / "a" / "b"`, `__dirname + '/a'`. */
function readSum(source: string, scope: ExpressionScope): PathExpression | null {
  for (const operator of scope.language === 'python' ? ['/', '+'] : ['+']) {
    const parts = splitOutside(source, operator)
    if (parts.length > 1) return joinAll(parts, scope)
  }
  return null
}

function readCall(source: string, scope: ExpressionScope): PathExpression | null {
  const [, name = '', inner = ''] = CALL.exec(source) ?? []
  const parts = splitOutside(inner, ',')
  if (JOINS.test(name) || KEEPS.test(name)) return joinAll(parts, scope)
  return DIRECTORY.test(name) ? extend(readPathExpression(inner, scope), '..') : null
}

function joinAll([first = '', ...rest]: readonly string[], scope: ExpressionScope): PathExpression | null {
  return rest
    .filter((part) => part.trim() !== '')
    .reduce<PathExpression | null>(
      (path, part) => {
        const literal = LITERAL.exec(part.trim())?.[2]
        return literal === undefined || toPath(literal) === null ? null : extend(path, literal)
      },
      readPathExpression(first, scope),
    )
}

function extend(base: PathExpression | null | undefined, path: string): PathExpression | null {
  if (base == null) return null
  // what begins with a slash goes on below, too
  const rest = path.replace(/^\/+/, '')
  return {...base, path: base.path === '' ? rest : `${base.path}/${rest}`}
}

/** The arguments of a call. @param start the offset behind its opening bracket */
export function readArguments(text: string, start: number): string[] {
  const end = findEnd(text, start)
  return end < 0 ? [] : splitOutside(text.slice(start, end), ',').map((one) => one.trim())
}

/** What stands behind an offset up to the end of the statement, brackets followed over lines. */
export function readStatement(text: string, start: number): string {
  let depth = 0
  for (let at = start; at < Math.min(text.length, start + MAX_LENGTH); at++) {
    const sign = text[at]!
    if (OPENS.includes(sign)) depth++
    else if (CLOSES.includes(sign)) depth--
    else if (depth === 0 && (sign === '\n' || sign === ';')) return text.slice(start, at)
  }
  return text.slice(start, start + MAX_LENGTH)
}

const OPENS = '([{'
const CLOSES = ')]}'
const MAX_CALL = 2_000

function findEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < Math.min(text.length, start + MAX_CALL); at++) {
    const sign = text[at]!
    if (OPENS.includes(sign)) depth++
    else if (CLOSES.includes(sign) && depth-- === 0) return at
  }
  return -1
}

/** Splits at a sign that stands in no bracket and no string. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (/["'`]/.test(sign)) quote = sign
    else if (OPENS.includes(sign)) depth++
    else if (CLOSES.includes(sign)) depth--
    else if (depth === 0 && sign === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}
