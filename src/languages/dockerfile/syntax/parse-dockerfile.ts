import {DockerfileError} from '../../../errors.js'
import {trimGoSpaceStart} from '../../text/go-space.js'
import {MappedText} from '../../text/mapped-text.js'
import {quote} from '../../text/quote.js'
import {rangeAt} from '../../text/range.js'
import {type Fail, failAt} from '../words/word-scope.js'
import {checkInstruction} from './check-instruction.js'
import {findHeredocMarks, type Heredoc} from './heredoc.js'
import type {Dockerfile, Instruction} from './instruction.js'
import {type Directive, parseDirective} from './parse-directive.js'
import {parseInstruction} from './parse-instruction.js'
import {decodeDockerfile, sourceLines, trimLineEnd} from './source-lines.js'

/** Far beyond what a builder can run, and small enough to hold in memory. */
const MAX_INSTRUCTIONS = 100_000

const HEREDOC_KEYWORDS = /^(?:onbuild[\t\v\f\r ]+)?(?:add|copy|run)(?:[\t\v\f\r ]|$)/i

/** Reads a Dockerfile; throws a `DockerfileError` for everything that BuildKit refuses before it plans the stages. */
export function parseDockerfile(content: string | Uint8Array): Dockerfile {
  const text = decodeDockerfile(content)
  return {text, ...new DockerfileReader(MappedText.at(0, text)).read()}
}

/** Reads a text that a Dockerfile holds as a file of its own; the ranges are of that Dockerfile, the lines are not. */
export function parseInnerDockerfile(inner: MappedText): Omit<Dockerfile, 'text'> {
  const text = decodeDockerfile(inner.text)
  return new DockerfileReader(inner.slice(inner.text.length - text.length)).read()
}

/** Goes through the lines once, joining continuations and taking heredoc bodies off. */
class DockerfileReader {
  readonly #lines: Iterator<string, undefined>
  #lineNumber = 0
  /** Where the line at hand begins and ends in the text. */
  #lineStart = 0
  #lineEnd = 0
  #escapeCharacter: '\\' | '`' = '\\'
  readonly #directives: Directive[] = []
  #mayHoldDirectives = true

  constructor(private readonly mapped: MappedText) {
    this.#lines = sourceLines(mapped.text)
  }

  read(): Omit<Dockerfile, 'text'> {
    const instructions: Instruction[] = []
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      const trimmed = trimLineEnd(line)
      const text = trimGoSpaceStart(trimmed)
      if (this.#mayHoldDirectives) this.#readDirective(text)
      if (text === '' || text.startsWith('#')) continue
      if (instructions.length === MAX_INSTRUCTIONS) {
        throw new DockerfileError('the Dockerfile has more than 100,000 instructions', this.#lineNumber)
      }
      instructions.push(this.#readInstruction(text, this.#lineStart + trimmed.length - text.length))
    }
    if (instructions.length === 0) {
      throw new DockerfileError('the Dockerfile has no instructions', Math.max(this.#lineNumber, 1))
    }
    return {escapeCharacter: this.#escapeCharacter, directives: this.#directives, instructions}
  }

  #nextLine(): string | undefined {
    const line = this.#lines.next().value
    if (line === undefined) return undefined
    this.#lineNumber++
    this.#lineStart = this.#lineEnd
    this.#lineEnd += line.length
    return line
  }

  #readDirective(text: string): void {
    const directive = parseDirective(text, this.#lineNumber)
    this.#mayHoldDirectives = directive !== null
    if (!directive) return
    const {name, value} = directive
    const fail: Fail = failAt(this.#lineNumber)
    if (this.#directives.some((other) => other.name === name)) fail(`directive "${name}" is given twice`)
    if (name === 'escape') {
      if (value !== '\\' && value !== '`') fail(`the escape character is "\\" or "\`", not ${quote(value)}`)
      this.#escapeCharacter = value
    }
    this.#directives.push(directive)
  }

  /** @param start where the first line begins without its indent */
  #readInstruction(firstLine: string, start: number): Instruction {
    const line = this.#lineNumber
    const sourceStart = this.#lineStart
    const fail = failAt(line)
    const joined = this.#joinContinuations(firstLine, start)
    const parsed = parseInstruction(joined, this.#escapeCharacter, fail)
    const mayHoldHeredocs = !parsed.isJson && HEREDOC_KEYWORDS.test(joined.text) && joined.text.includes('<<')
    const heredocs = mayHoldHeredocs ? this.#readHeredocs(joined, fail) : []
    const source = trimLineEnd(this.mapped.text.slice(sourceStart, this.#lineEnd))
    const {keyword, keywordRange, flags, args, argRanges, argsAt, isJson} = parsed
    const instruction = {
      line,
      endLine: this.#lineNumber,
      range: this.mapped.originOf(start, sourceStart + source.length),
      source,
      joined,
      keyword,
      keywordRange,
      flags,
      args,
      argRanges,
      argsAt,
      isJson,
      heredocs,
    }
    checkInstruction(instruction, fail)
    return instruction
  }

  /** Comments and empty lines between continuation lines are dropped; their other lines keep their indent. */
  #joinContinuations(firstLine: string, firstStart: number): MappedText {
    const parts: MappedText[] = []
    let text = firstLine
    let start = firstStart
    for (;;) {
      const continued = this.#withoutContinuation(text)
      const part = this.mapped.slice(start, start + (continued ?? text).length)
      const line = continued === null ? undefined : this.#nextContinuationLine()
      if (line === undefined && parts.length === 0) return part
      parts.push(part)
      if (line === undefined) return MappedText.join(parts)
      text = trimLineEnd(line)
      start = this.#lineStart
    }
  }

  #nextContinuationLine(): string | undefined {
    for (;;) {
      const line = this.#nextLine()
      if (line === undefined) return undefined
      const text = trimGoSpaceStart(line)
      if (text !== '' && !text.startsWith('#')) return line
    }
  }

  /** The line without the escape character at its end; null when it has none, or an escaped one. */
  #withoutContinuation(text: string): string | null {
    let end = text.length
    while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
    const isContinued = text[end - 1] === this.#escapeCharacter && text[end - 2] !== this.#escapeCharacter
    return isContinued ? text.slice(0, end - 1) : null
  }

  #readHeredocs(joined: MappedText, fail: Fail): Heredoc[] {
    return findHeredocMarks(joined.text, fail).map((mark) => {
      const start = this.#lineEnd
      for (;;) {
        const line = this.#nextLine()
        if (line === undefined) return fail(`heredoc "${mark.name}" is never closed`)
        const text = trimLineEnd(line)
        const name = mark.isChomped ? text.replace(/^\t+/, '') : text
        if (name !== mark.name) continue
        const content = this.mapped.slice(start, this.#lineStart)
        const nameStart = this.#lineStart + text.length - name.length
        return {
          ...mark,
          range: joined.toOrigin(mark.range),
          content: content.text,
          contentRange: this.mapped.toOrigin(rangeAt(start, content.text)),
          endRange: this.mapped.toOrigin(rangeAt(nameStart, name)),
        }
      }
    })
  }
}
