import type {Range} from '../text/range.js'
import {changeDirectory} from './change-directory.js'
import {type FileTest, readFileTest} from './file-test.js'
import type {Choice, ShellCommand, ShellStart} from './shell-command.js'
import {MAX_NESTING, WordReader} from './word-reader.js'

/** Each heredoc is given as the ranges of its lines, without leading tabs if they are dropped. */
type Emit = (command: ShellCommand, heredocs: readonly (readonly Range[])[]) => void

interface Word {
  text: string
  range: Range
}

/** An `if`, a loop or a `case` that is open. */
interface Block {
  isCondition: boolean
  isUncertain: boolean
  directory: string
  /** Of an `if`: its branches so far. */
  choice?: Choice
  /** What its condition asks for. */
  test?: FileTest
  /** The file that must be there where its branch at hand is reached. */
  guard?: string | undefined
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
/** One that is not closed soon is none: what is called behind it must not go unseen. */
const MAX_TEST_LENGTH = 1_000
const TEST_END = /^[^;]*?\s\]\](?=[\s;&|)}]|$)/
/** More variables than these no script's `cd` depends on. */
const MAX_VARIABLES = 500

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=(.*)$/s

/** `2>`, `<`, and Bash's `{fd}<`, which opens a file for a variable. */
const REDIRECTS = /^(?:\d{0,3}|\{[A-Za-z_]\w*\})[<>]/

/** A branch behind that ends the script: what is not there is missed all the same. */
const FAILS = /^(?:(?!\bfi\b)[\s\S])*?\bexit\s+[1-9$]/
/** What ends a script behind `||`, itself or after it has said why. */
const ENDS =
  /^[\s\\({]*(?:(?:exit|false|return|die|fail|fatal|error|abort|kill)\b|[^\n]*?[;&{]\s*(?:exit|return|false)\b)/

/** Goes over a script once, character by character. */
export class ShellScanner extends WordReader {
  private directory: string
  private words: Word[] = []
  /** Where the command at hand begins; null before its first word or redirection. */
  private startedAt: number | null = null
  /** Where its last word or redirection so far ends. */
  private endedAt = 0
  private outputs: string[] = []
  /** Between `$(` and its end. */
  private isSubstituted = false
  private blocks: Block[] = []
  private delimiters: Pending['delimiters'] = []
  private pending: Pending[] = []
  private isGuarded = false
  private previousIsTest = false
  private previousTest: FileTest | null = null
  /** Files that the commands before it in its chain ask for. */
  private guards: readonly string[] = []
  /** Between `[[` and its `]]`. */
  private isInTest = false

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
      if (this.isInTest && /[&|()<>\n]/.test(character)) this.readTestOperator()
      else if (character === closing || (character === ')' && closing === null)) {
        this.at++
        // the pattern of a `case` branch is no command
        if (closing === null) this.takeKeywords(this.takeWords())
        else this.finish('')
        if (closing !== null) return
      } else if (/[ \t\r]/.test(character)) this.at++
      else if (this.text.startsWith('\\\n', this.at)) this.at += 2
      else if (character === '#') this.skipLine()
      else if (character === '|' && closing === null && this.isInPattern()) {
        this.takeWords()
        this.at++
      } else if (/[\n;&|]/.test(character)) this.readOperator()
      else if (character === '(') this.readGroup()
      else {
        this.startedAt ??= this.at
        if (REDIRECTS.test(this.text.slice(this.at, this.at + 40))) this.readRedirection()
        else this.addWord(this.at, this.readWord())
        this.endedAt = this.at
      }
    }
    this.finish('')
  }

  /** `arm | 386)`: the patterns of a `case` branch are no commands. */
  private isInPattern(): boolean {
    const block = this.blocks.at(-1)
    const isCase = block?.isUncertain === true && !block.isCondition && block.choice === undefined
    return (
      isCase &&
      this.words.length === 1 &&
      /^\|[^()\n;&|]*(?:\|[^()\n;&|]*)*\)/.test(this.text.slice(this.at, this.at + 500))
    )
  }

  private addWord(start: number, text: string): void {
    if (text === '[[' && this.words.every((word) => NOISE.has(word.text) || OPENERS.has(word.text)))
      this.isInTest = TEST_END.test(this.text.slice(this.at, this.at + MAX_TEST_LENGTH))
    if (text === ']]') this.isInTest = false
    this.words.push({text, range: {start, end: this.at}})
  }

  /** `[[ a && ( b || c ) ]]` is one command: what joins others stands in it as words. */
  private readTestOperator(): void {
    const start = this.at++
    if (this.text[start] !== '\n') this.addWord(start, this.text[start]!)
    this.endedAt = this.at
  }

  /** Hands over the words of the command at hand: the next one begins behind them. */
  private takeWords(): Word[] {
    const {words} = this
    this.words = []
    this.startedAt = null
    this.isInTest = false
    return words
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
    if (/^[A-Za-z_]\w*\+?=$/.test(this.words.at(-1)?.text ?? '')) {
      this.readArray()
      return
    }
    // `then (cd web && yarn)` is a subshell, `name (` is a function
    const areKeywords = this.words.every(({text}) => NOISE.has(text) || OPENERS.has(text))
    if (areKeywords && this.words.length > 0) this.takeKeywords(this.takeWords())
    if (this.words.length > 0 || this.nesting >= MAX_NESTING) {
      if (this.text[this.at] === ')') this.at++
      this.takeWords()
      return
    }
    this.readInner(')')
  }

  /** The values of `NAME=( … )` are no commands; substitutions among them are. */
  private readArray(): void {
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (character === ')') {
        this.at++
        return
      }
      if (character === '#') this.skipLine()
      else if (/\s/.test(character)) this.at++
      else this.readWord()
    }
  }

  /** Reads what a command is that stands in a word. */
  protected override readNested(closing: ')' | '`'): void {
    const {isSubstituted} = this
    this.isSubstituted = true
    this.readInner(closing)
    this.isSubstituted = isSubstituted
  }

  /** Reads a list that changes nothing around it. */
  private readInner(closing: ')' | '`'): void {
    const {directory, env, words, startedAt, blocks, delimiters, isGuarded, guards, isInTest} = this
    const {outputs} = this
    this.outputs = []
    this.takeWords()
    this.blocks = [...blocks]
    this.delimiters = []
    this.nesting++
    this.readList(closing)
    this.nesting--
    Object.assign(this, {directory, env, words, startedAt, blocks, delimiters, isGuarded, guards, isInTest})
    this.outputs = outputs
  }

  private readRedirection(): void {
    const start = this.at
    const [operator = '<'] =
      /^(?:\d*|\{\w+\})(?:<<<|<<-|<<|>>|<&|>&|>\||<>|&>|<|>)/.exec(this.text.slice(this.at, this.at + 40)) ??
      []
    this.at += operator.length
    if (this.text[this.at] === '(' && this.nesting < MAX_NESTING) {
      this.at++
      this.readNested(')')
      this.addWord(start, '$()')
      return
    }
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++
    // `done < <(git log)` reads what a command prints
    if (/^[<>]\($/.test(this.text.slice(this.at, this.at + 2)) && this.nesting < MAX_NESTING) {
      this.at += 2
      this.readNested(')')
      return
    }
    const word = this.readWord()
    if (/>(?!&)/.test(operator) && !word.startsWith('/dev/')) this.outputs.push(word)
    if (/<<-?$/.test(operator) && !operator.endsWith('<<<')) {
      this.delimiters.push({name: word, isChomped: operator.endsWith('-')})
    }
  }

  /** Ends a command at an operator. */
  private finish(operator: string): void {
    const start = this.startedAt ?? this.at
    const words = this.takeWords()
    const delimiters = this.delimiters
    this.delimiters = []
    const rest = this.takeKeywords(words)
    const isFirst = rest.length === words.length
    const range = {start: isFirst ? start : (rest[0]?.range.start ?? start), end: this.endedAt}
    const {outputs} = this
    this.outputs = []
    const made = {
      ...this.makeCommand(rest, range),
      ...(outputs.length > 0 && {outputs}),
      ...(this.isSubstituted && {isSubstituted: true as const}),
    }
    const command = this.fallsBack(operator) ? {...made, hasFallback: true as const} : made
    if (command.words.length > 0) this.noteCommand({command, delimiters})
    else if (operator !== '' || rest.length > 0) this.previousIsTest = false
    this.guards = this.chain(operator, command.words.length > 0 ? this.previousTest : null)
    const isChain = operator === '&&' || operator === '||'
    this.isGuarded = isChain && (this.isGuarded || this.previousIsTest)
  }

  /** What the rest of a chain asks for, behind an operator. */
  private chain(operator: string, test: FileTest | null): readonly string[] {
    if (operator === '&&') return test?.isNegative === false ? [...this.guards, test.path] : this.guards
    return operator === '||' && test?.isNegative ? [test.path] : []
  }

  /** Whether what stands behind `||` does not end the script. */
  private fallsBack(operator: string): boolean {
    return operator === '||' && !ENDS.test(this.text.slice(this.at, this.at + 200))
  }

  /** Opens and closes blocks; returns what is left of the command. */
  private takeKeywords(words: readonly Word[]): readonly Word[] {
    let at = 0
    for (; at < words.length; at++) {
      const word = words[at]!.text
      if (OPENERS.has(word)) {
        const outer = word === 'elif' ? this.blocks.pop() : undefined
        const isUncertain = outer?.isUncertain ?? false
        const choice = outer?.choice ?? (word === 'if' ? {branchCount: 0, isExhaustive: false} : undefined)
        const directory = outer?.directory ?? this.directory
        this.blocks.push({isCondition: true, isUncertain, directory, ...(choice && {choice})})
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
    const {test} = block
    const isAsked = test !== undefined && test.isNegative === (word === 'else')
    block.guard = isAsked && !FAILS.test(this.text.slice(this.at, this.at + 2_000)) ? test.path : undefined
    if (block.choice !== undefined && (word === 'then' || word === 'else')) {
      block.choice.branchCount++
      block.choice.isExhaustive ||= word === 'else'
    }
  }

  /** What one branch did to the directory does not hold behind the block. */
  private closeBlock(): void {
    const block = this.blocks.pop()
    if (block !== undefined && block.directory !== this.directory) this.directory = '?branch'
  }

  private makeCommand(words: readonly Word[], range: Range): ShellCommand {
    const own = new Map<string, string>()
    let first = 0
    for (; first < words.length; first++) {
      const [, name, value] = ASSIGNMENT.exec(words[first]!.text) ?? []
      if (name === undefined) break
      // an argument that was not given is empty from here on
      own.set(name, value === `$${name}` ? '' : (value ?? ''))
    }
    const env = own.size === 0 ? this.env : new Map([...this.env, ...own])
    const uncertain = this.blocks.filter(({isUncertain}) => isUncertain)
    const isCertain = !this.isGuarded && uncertain.length === 0
    if (first === words.length && env.size <= MAX_VARIABLES) this.env = env
    const called = words.slice(first)
    const guards = [...this.guards, ...this.blocks.flatMap(({guard}) => guard ?? [])]
    const choice = this.isGuarded || uncertain.length !== 1 ? undefined : uncertain[0]!.choice
    return {
      words: called.map(({text}) => text),
      wordRanges: called.map((word) => word.range),
      range,
      env,
      directory: this.directory,
      isCertain,
      ...(guards.length > 0 && {guards}),
      ...(choice && {branch: {choice, number: choice.branchCount - 1}}),
    }
  }

  private noteCommand(pending: Pending): void {
    const {words} = pending.command
    const looksAtVariable = words.some((word) => word.includes('$'))
    this.previousIsTest = TESTS.has(words[0]!) && looksAtVariable
    const block = this.blocks.at(-1)
    this.previousTest = readFileTest(words)
    if (block?.isCondition && this.previousTest !== null) block.test = this.previousTest
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

  private readBody({name, isChomped}: Pending['delimiters'][number]): Range[] {
    const lines: Range[] = []
    while (this.at < this.text.length) {
      const lineFeed = this.text.indexOf('\n', this.at)
      const end = lineFeed < 0 ? this.text.length : lineFeed
      let start = this.at
      if (isChomped) while (this.text[start] === '\t') start++
      this.at = lineFeed < 0 ? end : end + 1
      if (this.text.slice(start, end) === name) break
      lines.push({start, end})
    }
    return lines
  }

  private flush(): void {
    for (const {command} of this.pending) this.emit(command, [])
    this.pending = []
  }
}
