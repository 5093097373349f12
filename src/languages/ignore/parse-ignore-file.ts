import {type FileProblem, IgnoreFileError} from '../../errors.js'
import {cleanGoPath} from '../text/clean-path.js'
import {trimGoSpace} from '../text/go-space.js'
import {checkPatternSyntax} from '../text/match-name.js'

/** One pattern of an ignore file. */
export interface IgnorePattern {
  /** As Docker reads it: trimmed, cleaned, without a leading slash, with its `!`. */
  readonly text: string
  /** What is matched: `text` without the `!`. */
  readonly glob: string
  readonly negated: boolean
  /** 1-based line of the file; 0 where the pattern stands in no file. */
  readonly line: number
}

/** What Docker takes from an ignore file: its patterns in order, comments and blank lines gone. */
export interface IgnoreFile {
  readonly patterns: readonly IgnorePattern[]
}

/** Docker reads lines with a buffer of 64 KiB: a longer one, comment or not, fails the build. */
const MAX_LINE_BYTES = 65_535

/**
 * Docker sends the patterns as headers, and the client takes 1,048,896 bytes of them: a pattern counts with its length
 * and 48 bytes, some 400 go to other headers. Beyond that every build that transfers anything fails.
 */
export const MAX_HEADER_BYTES = 1_048_400
export const PATTERN_HEADER_BYTES = 48

/**
 * Reads an ignore file as Docker does (docs/buildkit.md 2).
 * @throws IgnoreFileError naming every line that fails reading or compiling the file
 */
export function parseIgnoreFile(content: string | Uint8Array): IgnoreFile {
  const patterns: IgnorePattern[] = []
  const problems: FileProblem[] = []
  let headerBytes = 0
  let lineNumber = 0
  for (const line of splitLines(content)) {
    lineNumber++
    if (Buffer.byteLength(line) > MAX_LINE_BYTES) {
      problems.push({line: lineNumber, message: `the line is longer than ${MAX_LINE_BYTES} bytes`})
      continue
    }
    const text = readLine(line)
    if (text === null) continue
    headerBytes += PATTERN_HEADER_BYTES + Buffer.byteLength(text)
    if (headerBytes > MAX_HEADER_BYTES) {
      problems.push({
        line: lineNumber,
        message: 'more patterns than Docker can send: 1 MiB with 48 bytes for each',
      })
      break
    }
    const pattern = createIgnorePattern(text, lineNumber)
    const problem = findPatternProblem(pattern)
    if (problem !== null) problems.push({line: lineNumber, message: problem})
    else patterns.push(pattern)
  }
  if (problems.length > 0) throw new IgnoreFileError(problems)
  return {patterns}
}

/** Reads one line that is known to hold a sound pattern. */
export function parsePattern(line: string): IgnorePattern {
  return createIgnorePattern(readLine(line) ?? '')
}

/** Makes a pattern from its cleaned text (`!` included), as the matcher does before it compiles it. */
export function createIgnorePattern(text: string, line = 0): IgnorePattern {
  const cleaned = cleanGoPath(trimGoSpace(text))
  const negated = cleaned.startsWith('!')
  return {text, glob: negated ? cleaned.slice(1) : cleaned, negated, line}
}

/** Says why Docker refuses a pattern before it meets any path, or null. */
export function findPatternProblem(pattern: IgnorePattern): string | null {
  if (pattern.negated && pattern.glob === '')
    return `bad pattern ${JSON.stringify(pattern.text)}: "!" negates nothing`
  const problem = checkPatternSyntax(pattern.glob)
  return problem === null ? null : `bad pattern ${JSON.stringify(pattern.text)}: ${problem}`
}

/** The lines one by one: what stands behind the last one that matters is never held. */
function* splitLines(content: string | Uint8Array): Generator<string> {
  const text =
    typeof content === 'string' ? content : new TextDecoder('utf-8', {ignoreBOM: true}).decode(content)
  let start = text.startsWith('\uFEFF') ? 1 : 0
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    yield text.slice(start, end)
    start = end + 1
  }
  if (start < text.length) yield text.slice(start)
}

/** Cleans one line; null for a comment or a blank one. */
function readLine(line: string): string | null {
  if (line.startsWith('#')) return null
  const trimmed = trimGoSpace(line)
  if (trimmed === '') return null
  const negated = trimmed.startsWith('!')
  const body = negated ? trimGoSpace(trimmed.slice(1)) : trimmed
  return (negated ? '!' : '') + (body === '' ? '' : dropLeadingSlash(cleanGoPath(body)))
}

function dropLeadingSlash(path: string): string {
  return path.length > 1 && path.startsWith('/') ? path.slice(1) : path
}
