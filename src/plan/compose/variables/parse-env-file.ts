import {BuildFileError} from '../../../errors.js'
import {interpolate, type Lookup} from './interpolate.js'

const SPACE = /[\t\v\f\r \u0085\u00a0]*/y
const KEY = /[\p{L}\p{N}_.\-[\]]*/uy
const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  c: '\\c',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
}

/**
 * Reads an environment file (`.env`) as Compose does: `KEY=value`, `KEY: value`, `export`, quotes that may span lines,
 * comments, and variables of the environment or of earlier lines.
 * @param lookup the environment; it wins over the file, in the file's own values too
 * @throws BuildFileError with the line
 */
export function parseEnvFile(text: string, file: string, lookup: Lookup): Map<string, string> {
  return new EnvReader(text, file, lookup).read()
}

class EnvReader {
  private at = 0
  private readonly values = new Map<string, string>()

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly lookup: Lookup,
  ) {}

  read(): Map<string, string> {
    while (this.skipToStatement()) this.readStatement()
    return this.values
  }

  private skipToStatement(): boolean {
    while (this.at < this.text.length) {
      if (/\s/.test(this.text[this.at]!)) this.at++
      else if (this.text[this.at] === '#') this.skipLine()
      else return true
    }
    return false
  }

  private readStatement(): void {
    const start = this.at
    if (/^export[\t\v\f\r ]/.test(this.text.slice(start, start + 7))) {
      this.at += 'export'.length
      this.take(SPACE)
    }
    const key = this.take(KEY)
    this.take(SPACE)
    const next = this.text[this.at]
    if (next === '\n' || next === undefined) {
      this.inherit(key, start)
      return
    }
    if (next !== '=' && next !== ':') this.fail(start, `unexpected "${next}" in a variable's name`)
    this.at++
    this.take(SPACE)
    this.values.set(key, this.readValue())
  }

  /** A bare name takes over what the environment has. */
  private inherit(key: string, start: number): void {
    if (key === '') this.fail(start, 'a variable has no name')
    const value = this.find(key)
    if (value !== undefined) this.values.set(key, value)
  }

  private readValue(): string {
    const quote = this.text[this.at]
    if (quote === '"' || quote === "'") return this.readQuoted(quote)
    const start = this.at
    this.skipLine()
    const line = this.text.slice(start, this.at).split(' #')[0]!
    return this.expand(line.trimEnd(), start)
  }

  private readQuoted(quote: string): string {
    const start = this.at
    let value = ''
    for (let index = start + 1; index < this.text.length; index++) {
      const character = this.text[index]!
      if (character === quote) {
        this.at = index + 1
        return quote === '"' ? this.expand(expandEscapes(value), start) : value
      }
      const next = this.text[index + 1]
      if (character !== '\\' || next === undefined) value += character
      else {
        value += next === quote ? next : character + next
        index++
      }
    }
    return this.fail(start, 'a quote is never closed')
  }

  private expand(value: string, at: number): string {
    try {
      return interpolate(value, (name) => this.find(name))
    } catch (error) {
      return this.fail(at, (error as Error).message)
    }
  }

  private find(name: string): string | undefined {
    return this.lookup(name) ?? this.values.get(name)
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end < 0 ? this.text.length : end
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private fail(at: number, reason: string): never {
    throw new BuildFileError(reason, this.file, this.text.slice(0, at).split('\n').length)
  }
}

/** The escapes of a double-quoted value; `\$` stays protected for the expansion that follows. */
function expandEscapes(value: string): string {
  return value.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, letter?: string, octal?: string) => {
    if (letter === '$') return '$$'
    if (letter !== undefined) return ESCAPES[letter]!
    return /^[0-3][0-7]{2}$/.test(octal ?? '') ? String.fromCharCode(Number.parseInt(octal!, 8)) : match
  })
}
