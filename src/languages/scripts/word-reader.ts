import {expandShellVariable} from './shell-variables.js'

/** Substitutions in substitutions: what lies deeper is read as words of the same command. */
export const MAX_NESTING = 64

/** Reads the words of a script: quotes, escapes, variables and substitutions. */
export abstract class WordReader {
  protected at = 0
  protected nesting = 0
  private backticks = 0

  constructor(
    protected readonly text: string,
    protected env: ReadonlyMap<string, string>,
  ) {}

  /** Reads the commands of a substitution or subshell, up to its end. */
  protected abstract readNested(closing: ')' | '`'): void

  protected readWord(): string {
    const start = this.at
    let word = ''
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (/[ \t\r\n;&|()<>]/.test(character)) break
      if (character === '`' && this.backticks > 0) break
      word += this.readPiece(character)
    }
    if (this.at === start) this.at++
    return word
  }

  private readPiece(character: string): string {
    if (character === "'") return this.readSingleQuotes()
    if (character === '"') return this.readDoubleQuotes()
    if (character === '\\') return this.readEscape()
    if (character === '$') return this.readDollar()
    if (character === '`') return this.readBackticks()
    this.at++
    return character
  }

  private readSingleQuotes(): string {
    const end = this.text.indexOf("'", this.at + 1)
    const quoted = this.text.slice(this.at + 1, end < 0 ? undefined : end)
    this.at = end < 0 ? this.text.length : end + 1
    return quoted
  }

  private readDoubleQuotes(): string {
    let quoted = ''
    this.at++
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (character === '"') {
        this.at++
        break
      }
      if (character === '\\' && !/["$`\\\n]/.test(this.text[this.at + 1] ?? '')) {
        quoted += character
        this.at++
      } else if (/[\\$`]/.test(character)) quoted += this.readPiece(character)
      else {
        quoted += character
        this.at++
      }
    }
    return quoted
  }

  private readEscape(): string {
    const escaped = this.text[this.at + 1] ?? ''
    this.at += 2
    return escaped === '\n' ? '' : escaped
  }

  private readDollar(): string {
    const rest = this.text.slice(this.at, this.at + 3)
    if (rest === '$((') return this.skipTo('))')
    if (rest.startsWith('$(') && this.nesting < MAX_NESTING) {
      this.at += 2
      this.readNested(')')
      return '$()'
    }
    if (rest.startsWith('${')) {
      const start = this.at
      const text = this.skipBraces()
      if (!text.includes('$(') && !text.includes('`')) return expandShellVariable(text, this.env)
      // a substitution as the default: read what it calls
      this.at = start + 2
      return ''
    }
    const name = /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])?/y
    name.lastIndex = this.at
    const [text = '$'] = name.exec(this.text) ?? []
    this.at += text.length
    return expandShellVariable(text, this.env)
  }

  private readBackticks(): string {
    this.at++
    if (this.nesting >= MAX_NESTING || this.backticks > 0) return ''
    this.backticks++
    this.readNested('`')
    this.backticks--
    return '$()'
  }

  /** `${A:+env A="${B}"}`: to the brace that closes the first. */
  private skipBraces(): string {
    let depth = 0
    let end = this.at
    for (; end < this.text.length; end++) {
      if (this.text.startsWith('${', end)) depth++
      else if (this.text[end] === '}' && --depth === 0) break
    }
    const skipped = this.text.slice(this.at, end + 1)
    this.at = end + 1
    return skipped
  }

  private skipTo(end: string): string {
    const found = this.text.indexOf(end, this.at)
    const next = found < 0 ? this.at + end.length : found + end.length
    const skipped = this.text.slice(this.at, next)
    this.at = next
    return skipped
  }
}
