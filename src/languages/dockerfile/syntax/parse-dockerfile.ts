import {DockerfileError} from '../../../errors.js'
import {trimGoSpaceStart} from '../../text/go-space.js'
import {quote} from '../../text/quote.js'
import {type Fail, failAt} from '../words/word-scope.js'
import {checkInstruction} from './check-instruction.js'
import {findHeredocMarks, type Heredoc, type HeredocMark} from './heredoc.js'
import type {Dockerfile, Instruction} from './instruction.js'
import {type Directive, parseDirective} from './parse-directive.js'
import {parseInstruction} from './parse-instruction.js'
import {decodeDockerfile, sourceLines, trimLineEnd} from './source-lines.js'

/** Far beyond what a builder can run, and small enough to hold in memory. */
const MAX_INSTRUCTIONS = 100_000

const HEREDOC_KEYWORDS = /^(?:onbuild[\t\v\f\r ]+)?(?:add|copy|run)(?:[\t\v\f\r ]|$)/i

/** Reads a Dockerfile; throws a `DockerfileError` for whatever BuildKit refuses before it plans the stages. */
export function parseDockerfile(content: string | Uint8Array): Dockerfile {
  return new DockerfileReader(decodeDockerfile(content)).read()
}

/** Goes through the lines once, joining continuations and taking heredoc bodies off. */
class DockerfileReader {
  readonly #lines: Iterator<string, undefined>
  #lineNumber = 0
  #escapeCharacter: '\\' | '`' = '\\'
  readonly #directives: Directive[] = []
  #mayHoldDirectives = true
  /** The lines of the instruction being read. */
  #source: string[] = []

  constructor(text: string) {
    this.#lines = sourceLines(text)
  }

  read(): Dockerfile {
    const instructions: Instruction[] = []
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      const text = trimGoSpaceStart(trimLineEnd(line))
      if (this.#mayHoldDirectives) this.#readDirective(text)
      if (text === '' || text.startsWith('#')) continue
      if (instructions.length === MAX_INSTRUCTIONS) {
        throw new DockerfileError('the Dockerfile has more than 100,000 instructions', this.#lineNumber)
      }
      this.#source = [line]
      instructions.push(this.#readInstruction(text))
    }
    if (instructions.length === 0) {
      throw new DockerfileError('the Dockerfile has no instructions', Math.max(this.#lineNumber, 1))
    }
    return {escapeCharacter: this.#escapeCharacter, directives: this.#directives, instructions}
  }

  #nextLine(): string | undefined {
    const line = this.#lines.next().value
    if (line !== undefined) this.#lineNumber++
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

  #readInstruction(firstLine: string): Instruction {
    const line = this.#lineNumber
    const fail = failAt(line)
    const joined = this.#joinContinuations(firstLine)
    const parsed = parseInstruction(joined, this.#escapeCharacter, fail)
    const mayHoldHeredocs = !parsed.isJson && HEREDOC_KEYWORDS.test(joined) && joined.includes('<<')
    const heredocs = mayHoldHeredocs ? this.#readHeredocs(findHeredocMarks(joined, fail), fail) : []
    const source = trimLineEnd(this.#source.join(''))
    const instruction = {line, endLine: this.#lineNumber, source, joined, ...parsed, heredocs}
    checkInstruction(instruction, fail)
    return instruction
  }

  /** Comments and empty lines between continuation lines are dropped; their other lines keep their indent. */
  #joinContinuations(firstLine: string): string {
    const parts: string[] = []
    let text = firstLine
    let continued = this.#withoutContinuation(text)
    while (continued !== null) {
      parts.push(continued)
      const line = this.#nextContinuationLine()
      if (line === undefined) return parts.join('')
      text = trimLineEnd(line)
      continued = this.#withoutContinuation(text)
    }
    return [...parts, text].join('')
  }

  #nextContinuationLine(): string | undefined {
    for (;;) {
      const line = this.#nextLine()
      if (line === undefined) return undefined
      this.#source.push(line)
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

  #readHeredocs(marks: readonly HeredocMark[], fail: Fail): Heredoc[] {
    return marks.map((mark) => {
      const content: string[] = []
      for (;;) {
        const line = this.#nextLine()
        if (line === undefined) return fail(`heredoc "${mark.name}" is never closed`)
        this.#source.push(line)
        const text = trimLineEnd(line)
        if ((mark.isChomped ? text.replace(/^\t+/, '') : text) === mark.name) break
        content.push(line)
      }
      return {...mark, content: content.join('')}
    })
  }
}
