import {type DocumentNode, failAtPlace, type MapNode} from '../../languages/documents/document-node.js'
import {LineIndex} from '../../languages/text/line-index.js'
import type {Location} from '../../languages/text/range.js'

/**
 * Reads a bake file in HCL as far as its values are written out: blocks with labels, attributes, strings, lists and
 * objects. Any other expression becomes a template, which only buildx can evaluate, and matters only where it is asked for.
 * @param file how messages and places call it
 * @returns the form that HCL has in JSON
 * @throws BuildFileError for what is no HCL
 */
export function parseHcl(text: string, file: string): MapNode {
  return new HclReader(text, file).read()
}

const MAX_DEPTH = 200
const IDENTIFIER = /[A-Za-z_][\w-]*/y
const LITERAL = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.-])/y
const REFERENCE = /[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*/y
const HEREDOC = /<<(-?)([A-Za-z_][\w-]*)\r?\n/y
/** What ends a plain value. */
const END_OF_VALUE = /[ \t]*(?:$|[\r\n,\]}]|#|\/\/|\/\*)/y
const ESCAPES: Record<string, string> = {n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\'}

class HclReader {
  private at = 0
  private depth = 0
  private readonly lines: LineIndex

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {
    this.lines = new LineIndex(text)
  }

  read(): MapNode {
    return this.readBody(false)
  }

  /** Attributes and blocks; blocks of one kind become a list of objects, each under its label. */
  private readBody(isNested: boolean): MapNode {
    const place = this.place
    const entries = new Map<string, DocumentNode>()
    if (++this.depth > MAX_DEPTH) failAtPlace(place, 'it is nested too deeply')
    for (this.skipSpace(true); !this.isAtEnd(isNested); this.skipSpace(true)) {
      const at = this.place
      const name = this.take(IDENTIFIER) ?? this.fail('a name')
      this.skipSpace(false)
      if (this.takeText('=')) entries.set(name, this.readValue())
      else {
        const known = entries.get(name)
        const block = this.readBlock(at)
        entries.set(name, {
          kind: 'list',
          place: at,
          items: [...(known?.kind === 'list' ? known.items : []), block],
        })
      }
    }
    this.depth--
    return {kind: 'map', place, entries}
  }

  private isAtEnd(isNested: boolean): boolean {
    if (isNested) return this.takeText('}')
    return this.at >= this.text.length
  }

  /** `"label" { … }`, or `{ … }`. */
  private readBlock(place: Location): MapNode {
    const label = this.text[this.at] === '"' ? this.readString() : (this.take(IDENTIFIER) ?? null)
    this.skipSpace(false)
    if (!this.takeText('{')) this.fail('"="')
    const body = {...this.readBody(true), place}
    return label === null ? body : {kind: 'map', place, entries: new Map([[label, body]])}
  }

  private readValue(): DocumentNode {
    this.skipSpace(false)
    const start = this.at
    const {place} = this
    const value = this.readPlain(place)
    if (value !== null && this.take(END_OF_VALUE, true) !== null) return value
    this.at = start
    const expression = this.readExpression()
    return {kind: 'scalar', place, text: `\${${expression}}`, type: 'string'}
  }

  /** null for anything that is not written out. */
  private readPlain(place: Location): DocumentNode | null {
    const character = this.text[this.at]
    if (character === '"') return {kind: 'scalar', place, text: this.readString(), type: 'string'}
    if (character === '[') return this.readList(place)
    if (character === '{') return this.readObject(place)
    if (this.text.startsWith('<<', this.at)) return this.readHeredoc(place)
    const literal = this.take(LITERAL)
    if (literal !== null) return {kind: 'scalar', place, ...toScalar(literal)}
    const reference = this.take(REFERENCE)
    return reference === null ? null : {kind: 'scalar', place, text: `\${${reference}}`, type: 'string'}
  }

  private readList(place: Location): DocumentNode {
    this.at++
    if (++this.depth > MAX_DEPTH) failAtPlace(place, 'it is nested too deeply')
    const items: DocumentNode[] = []
    for (this.skipSpace(true); !this.takeText(']'); this.skipSpace(true)) {
      items.push(this.readValue())
      this.skipSpace(true)
      if (!this.takeText(',') && this.text[this.at] !== ']') this.fail('"," or "]"')
    }
    this.depth--
    return {kind: 'list', place, items}
  }

  private readObject(place: Location): DocumentNode {
    this.at++
    if (++this.depth > MAX_DEPTH) failAtPlace(place, 'it is nested too deeply')
    const entries = new Map<string, DocumentNode>()
    for (this.skipSpace(true); !this.takeText('}'); this.skipSpace(true)) {
      const key =
        this.text[this.at] === '"' ? this.readString() : (this.take(IDENTIFIER) ?? this.fail('a key'))
      this.skipSpace(false)
      if (!this.takeText('=') && !this.takeText(':')) this.fail('"="')
      entries.set(key, this.readValue())
      this.skipSpace(false)
      this.takeText(',')
    }
    this.depth--
    return {kind: 'map', place, entries}
  }

  /** Templates in it stay as they are. */
  private readString(): string {
    let value = ''
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      const character = this.text[this.at]
      if (character === undefined || character === '\n') this.fail('a closing quote')
      if (character !== '\\') value += this.text.startsWith('${', this.at) ? this.takeTemplate() : character
      else {
        const next = this.text[++this.at] ?? ''
        const code = next === 'u' ? /^[\dA-Fa-f]{4}/.exec(this.text.slice(this.at + 1))?.[0] : undefined
        value +=
          code === undefined
            ? (ESCAPES[next] ?? this.fail('an escape'))
            : String.fromCharCode(Number.parseInt(code, 16))
        if (code !== undefined) this.at += code.length
      }
    }
    this.at++
    return value
  }

  /** `${…}` up to its last character, quotes in it included. */
  private takeTemplate(): string {
    const start = this.at
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]
      if (character === '"') this.skipQuoted()
      else if (character === '{') depth++
      else if (character === '}' && --depth === 0) return this.text.slice(start, this.at + 1)
    }
    return this.fail('"}"')
  }

  /** Stops at the closing quote. */
  private skipQuoted(): void {
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"'; this.at++) {
      if (this.text[this.at] === '\\') this.at++
    }
  }

  private readHeredoc(place: Location): DocumentNode | null {
    HEREDOC.lastIndex = this.at
    const match = HEREDOC.exec(this.text)
    if (match === null) return null
    const [head, dash, mark] = match
    const lines = this.text.slice(this.at + head.length).split('\n')
    const end = lines.findIndex((line) => line.trim() === mark)
    if (end < 0) this.fail(`"${mark}"`)
    const body = lines.slice(0, end)
    this.at +=
      head.length + body.reduce((sum, line) => sum + line.length + 1, 0) + lines[end]!.trimEnd().length
    const indents = body
      .filter((line) => line.trim() !== '')
      .map((line) => line.length - line.trimStart().length)
    const indent = dash === '-' && indents.length > 0 ? Math.min(...indents) : 0
    return {
      kind: 'scalar',
      place,
      text: body.map((line) => `${line.slice(indent)}\n`).join(''),
      type: 'string',
    }
  }

  /** Anything else, up to the end of its line, or the bracket that encloses it. */
  private readExpression(): string {
    const start = this.at
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]!
      if (character === '"') this.skipQuoted()
      else if ('([{'.includes(character)) depth++
      else if (')]}'.includes(character) && --depth < 0) break
      else if (depth === 0 && (character === '\n' || character === ',' || character === '#')) break
    }
    const expression = this.text.slice(start, this.at).trim()
    return expression === '' ? this.fail('a value') : expression
  }

  private skipSpace(withLines: boolean): void {
    for (;;) {
      const space = withLines ? /\s*/y : /[ \t\r]*/y
      space.lastIndex = this.at
      space.test(this.text)
      this.at = Math.max(this.at, space.lastIndex)
      const comment = /(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\//y
      comment.lastIndex = this.at
      if (!comment.test(this.text)) return
      this.at = comment.lastIndex
    }
  }

  private take(pattern: RegExp, isAhead = false): string | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return null
    if (!isAhead) this.at += match[0].length
    return match[0]
  }

  private takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  private get place(): Location {
    return {file: this.file, line: this.lines.lineAt(this.at)}
  }

  private fail(wanted: string): never {
    return failAtPlace(this.place, `this is not HCL: ${wanted} is expected`)
  }
}

function toScalar(literal: string): {text: string; type: 'number' | 'boolean' | 'null'} {
  if (literal === 'null') return {text: '', type: 'null'}
  if (literal === 'true' || literal === 'false') return {text: literal, type: 'boolean'}
  return {text: String(Number(literal)), type: 'number'}
}
