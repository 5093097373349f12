/** Reads a text from left to right, a whole character at a time even beyond the basic plane. */
export class TextCursor {
  position = 0

  constructor(readonly text: string) {}

  /** The next character; empty at the end. */
  peek(): string {
    const code = this.text.codePointAt(this.position)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  /** Returns the next character and goes past it. */
  take(): string {
    const character = this.peek()
    this.position += character.length
    return character
  }

  /** Goes past characters for as long as they match. */
  skipWhile(pattern: RegExp): void {
    for (let next = this.peek(); next !== '' && pattern.test(next); next = this.peek()) this.take()
  }

  /** The text from a position to here. */
  since(start: number): string {
    return this.text.slice(start, this.position)
  }
}
