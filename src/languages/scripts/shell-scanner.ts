import {changeDirectory} from './change-directory.js'
import type {ShellCommand, ShellStart} from './shell-command.js'
import {MAX_NESTING, WordReader} from './word-reader.js'

type Emit = (command: ShellCommand, heredocs: readonly string[]) => void

/** An `if`, a loop or a `case` that is open. */
interface Block {
  isCondition: boolean
  isUncertain: boolean
  directory: string
}

/** A command that waits for the end of its line, where heredocs begin. */
interface Pending {
  command: ShellCommand
  delimiters: {name: string; isChomped: boolean}[]
}

const OPENERS = new Set(['if', 'elif', 'while', 'until'])
const CLOSERS = new Set(['fi', 'done', 'esac'])
const NOISE = new Set(['then', 'do', 'else', '{', '}', '!', 'time'])
const TESTS = new Set(['[', '[[', 'test'])
/** More variables than these no script's `cd` depends on. */
const MAX_VARIABLES = 500

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=(.*)$/s

/** Goes over a script once, character by character. */
export class ShellScanner extends WordReader {
  private directory: string
  private words: string[] = []
  private blocks: Block[] = []
  private delimiters: Pending['delimiters'] = []
  private pending: Pending[] = []
  private isGuarded = false
  private previousIsTest = false

  constructor(
    text: string,
    start: ShellStart,
    private readonly emit: Emit,
  ) {
    super(text, start.env ?? new Map())
    this.directory = start.directory
  }

  run(): void {
    // A stray `)` ends a list: go on behind it.
    while (this.at < this.text.length) this.readList(null)
    this.flush()
  }

  /** Reads commands up to the closing character, which is taken. */
  private readList(closing: ')' | '`' | null): void {
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (character === closing || (character === ')' && closing === null)) {
        this.at++
        // the pattern of a `case` branch is no command
        if (closing === null) this.takeKeywords(this.words.splice(0))
        else this.finish('')
        if (closing !== null) return
      } else if (/[ \t\r]/.test(character)) this.at++
      else if (this.text.startsWith('\\\n', this.at)) this.at += 2
      else if (character === '#') this.skipLine()
      else if (/[\n;&|]/.test(character)) this.readOperator()
      else if (character === '(') this.readGroup()
      else if (/^\d*[<>]/.test(this.text.slice(this.at, this.at + 4))) this.readRedirection()
      else this.words.push(this.readWord())
    }
    this.finish('')
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end < 0 ? this.text.length : end
  }

  private readOperator(): void {
    const [operator = ''] =
      /^(?:&&|\|\||;;&?|;&|\|&|[\n;&|])/.exec(this.text.slice(this.at, this.at + 3)) ?? []
    this.at += Math.max(1, operator.length)
    this.finish(operator)
    if (operator === '\n') this.readHeredocs()
  }

  /** A subshell; behind a name, the `()` of a function. */
  private readGroup(): void {
    this.at++
    if (this.words.length > 0 || this.nesting >= MAX_NESTING) {
      if (this.text[this.at] === ')') this.at++
      this.words = []
      return
    }
    this.readNested(')')
  }

  /** Reads a list that changes nothing around it. */
  protected override readNested(closing: ')' | '`'): void {
    const {directory, env, words, blocks, delimiters, isGuarded} = this
    this.words = []
    this.blocks = [...blocks]
    this.delimiters = []
    this.nesting++
    this.readList(closing)
    this.nesting--
    Object.assign(this, {directory, env, words, blocks, delimiters, isGuarded})
  }

  private readRedirection(): void {
    const [operator = '<'] =
      /^\d*(?:<<<|<<-|<<|>>|<&|>&|>\||<>|&>|<|>)/.exec(this.text.slice(this.at, this.at + 6)) ?? []
    this.at += operator.length
    if (this.text[this.at] === '(' && this.nesting < MAX_NESTING) {
      this.at++
      this.readNested(')')
      this.words.push('$()')
      return
    }
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++
    const word = this.readWord()
    if (/<<-?$/.test(operator) && !operator.endsWith('<<<')) {
      this.delimiters.push({name: word, isChomped: operator.endsWith('-')})
    }
  }

  /** Ends a command at an operator. */
  private finish(operator: string): void {
    const words = this.words
    const delimiters = this.delimiters
    this.words = []
    this.delimiters = []
    const rest = this.takeKeywords(words)
    const command = this.makeCommand(rest)
    if (command.words.length > 0) this.noteCommand({command, delimiters})
    else if (operator !== '' || rest.length > 0) this.previousIsTest = false
    const isChain = operator === '&&' || operator === '||'
    this.isGuarded = isChain && (this.isGuarded || this.previousIsTest)
  }

  /** Opens and closes blocks; returns what is left of the command. */
  private takeKeywords(words: readonly string[]): readonly string[] {
    let at = 0
    for (; at < words.length; at++) {
      const word = words[at]!
      if (OPENERS.has(word)) {
        const outer = word === 'elif' ? this.blocks.pop() : undefined
        const isUncertain = outer?.isUncertain ?? false
        this.blocks.push({isCondition: true, isUncertain, directory: outer?.directory ?? this.directory})
        if (word === 'elif') this.directory = outer?.directory ?? this.directory
      } else if (word === 'for' || word === 'case' || word === 'select') {
        this.blocks.push({isCondition: false, isUncertain: word === 'case', directory: this.directory})
        return []
      } else if (CLOSERS.has(word)) this.closeBlock()
      else if (NOISE.has(word)) this.enterBody(word)
      else break
    }
    return words.slice(at)
  }

  private enterBody(word: string): void {
    const block = this.blocks.at(-1)
    if (block === undefined) return
    if (word === 'then' || word === 'do') block.isCondition = false
    if (word === 'else') this.directory = block.directory
  }

  /** What one branch did to the directory does not hold behind the block. */
  private closeBlock(): void {
    const block = this.blocks.pop()
    if (block !== undefined && block.directory !== this.directory) this.directory = '?branch'
  }

  private makeCommand(words: readonly string[]): ShellCommand {
    const own = new Map<string, string>()
    let first = 0
    for (; first < words.length; first++) {
      const [, name, value] = ASSIGNMENT.exec(words[first]!) ?? []
      if (name === undefined) break
      own.set(name, value ?? '')
    }
    const env = own.size === 0 ? this.env : new Map([...this.env, ...own])
    const isCertain = !this.isGuarded && !this.blocks.some(({isUncertain}) => isUncertain)
    if (first === words.length && env.size <= MAX_VARIABLES) this.env = env
    return {words: words.slice(first), env, directory: this.directory, isCertain}
  }

  private noteCommand(pending: Pending): void {
    const {words} = pending.command
    const looksAtVariable = words.some((word) => word.includes('$'))
    this.previousIsTest = TESTS.has(words[0]!) && looksAtVariable
    const block = this.blocks.at(-1)
    if (block?.isCondition && looksAtVariable) block.isUncertain = true
    if (words[0] === 'cd' || words[0] === 'pushd') this.directory = changeDirectory(this.directory, words)
    if (words[0] === 'export' || words[0] === 'declare') {
      const pairs = words.flatMap((word) => {
        const [, name, value] = ASSIGNMENT.exec(word) ?? []
        return name === undefined ? [] : [[name, value ?? ''] as const]
      })
      if (this.env.size <= MAX_VARIABLES) this.env = new Map([...this.env, ...pairs])
    }
    if (pending.delimiters.length === 0 && this.pending.length === 0) this.emit(pending.command, [])
    else this.pending.push(pending)
  }

  /** Behind a line: the bodies of its heredocs, in order. */
  private readHeredocs(): void {
    const waiting = this.pending
    this.pending = []
    for (const {command, delimiters} of waiting) {
      this.emit(
        command,
        delimiters.map((delimiter) => this.readBody(delimiter)),
      )
    }
  }

  private readBody({name, isChomped}: Pending['delimiters'][number]): string {
    const lines: string[] = []
    while (this.at < this.text.length) {
      const end = this.text.indexOf('\n', this.at)
      const line = this.text.slice(this.at, end < 0 ? undefined : end)
      this.at = end < 0 ? this.text.length : end + 1
      const body = isChomped ? line.replace(/^\t+/, '') : line
      if (body === name) break
      lines.push(body)
    }
    return lines.join('\n')
  }

  private flush(): void {
    for (const {command} of this.pending) this.emit(command, [])
    this.pending = []
  }
}
