/** An event is small; what is larger is none, and is not kept. UTF-16 units. */
const MAX_EVENT = 8 * 2 ** 20
const MAX_MESSAGES = 200

/**
 * Takes the output of `--progress=rawjson` apart into events. buildx 0.13 spreads an event over several lines and later
 * ones write one a line; messages for people may stand in between.
 */
export class EventSplitter {
  #event = ''
  #depth = 0
  #isText = false
  #isEscaped = false
  #line = ''
  readonly #messages: string[] = []

  /** The last lines that were no events, in order. */
  get messages(): readonly string[] {
    return this.#messages
  }

  /** Takes another piece of the output and gives the events that it completes, as JSON. */
  push(piece: string): string[] {
    const events: string[] = []
    for (let at = 0; at < piece.length; at++) {
      const start = at
      if (this.#depth > 0) {
        at = this.#findEnd(piece, at)
        this.#keep(piece.slice(start, at))
        if (this.#depth === 0) events.push(this.#take())
        at--
        continue
      }
      this.#readOutside(piece[at]!)
    }
    return events
  }

  /** The end of the output: an unfinished line is a message, too. */
  end(): void {
    this.#endLine()
  }

  #readOutside(character: string): void {
    if (character === '{' && this.#line.trim() === '') {
      this.#line = ''
      this.#event = '{'
      this.#depth = 1
    } else if (character === '\n') this.#endLine()
    else if (this.#line.length < 2000) this.#line += character
  }

  #endLine(): void {
    const line = this.#line.trim()
    this.#line = ''
    if (line === '') return
    this.#messages.push(line)
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift()
  }

  /** The place behind the event's last brace, or the end of the piece. */
  #findEnd(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const character = piece[at]
      if (this.#isText) this.#readText(character!)
      else if (character === '"') this.#isText = true
      else if (character === '{') this.#depth++
      else if (character === '}' && --this.#depth === 0) return at + 1
    }
    return piece.length
  }

  #readText(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (character === '\\') this.#isEscaped = true
    else if (character === '"') this.#isText = false
  }

  #keep(part: string): void {
    if (this.#event.length <= MAX_EVENT) this.#event += part
  }

  #take(): string {
    const event = this.#event
    this.#event = ''
    return event.length > MAX_EVENT ? '{}' : event
  }
}
