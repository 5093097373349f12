/** Expressions of GitHub's workflows, as far as their values stand in files. */

/** Gives what a path such as `matrix.os` stands for; undefined where only GitHub knows. */
export type PathLookup = (path: readonly string[]) => string | undefined

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?![\w.]))|([A-Za-z_][\w-]*(?:\.[A-Za-z_*][\w-]*|\['[^']*'\])*)|(&&|\|\||==|!=|[!(),]))/y
const PART = /[A-Za-z_][\w-]*|'([^']*)'/g
const MAX_DEPTH = 50

/** Marks what cannot be read at all. */
class UnreadableExpression extends Error {}

/** Evaluates an expression to text, as GitHub would print it; undefined where only GitHub can. */
export function evaluateExpression(expression: string, lookUp: PathLookup): string | undefined {
  try {
    return new Evaluator(tokenize(expression), lookUp).evaluate()
  } catch (error) {
    if (error instanceof UnreadableExpression) return undefined
    throw error
  }
}

function tokenize(expression: string): string[] {
  const tokens: string[] = []
  let at = 0
  while (at < expression.trimEnd().length) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(expression)
    if (match === null) throw new UnreadableExpression()
    tokens.push(match[0].trim())
    at = TOKEN.lastIndex
  }
  return tokens
}

/** Goes down from `||` to single values; what is unknown stays so through everything but a decided `&&` or `||`. */
class Evaluator {
  private at = 0
  private depth = 0

  constructor(
    private readonly tokens: readonly string[],
    private readonly lookUp: PathLookup,
  ) {}

  evaluate(): string | undefined {
    const value = this.readOr()
    if (this.at < this.tokens.length) throw new UnreadableExpression()
    return value
  }

  private readOr(): string | undefined {
    if (++this.depth > MAX_DEPTH) throw new UnreadableExpression()
    let value = this.readAnd()
    while (this.take('||')) {
      const other = this.readAnd()
      if (value !== undefined && !isTrue(value)) value = other
    }
    this.depth--
    return value
  }

  private readAnd(): string | undefined {
    let value = this.readComparison()
    while (this.take('&&')) {
      const other = this.readComparison()
      if (value !== undefined && isTrue(value)) value = other
    }
    return value
  }

  private readComparison(): string | undefined {
    const value = this.readUnary()
    const operator = this.take('==') ? '==' : this.take('!=') ? '!=' : null
    if (operator === null) return value
    const other = this.readUnary()
    if (value === undefined || other === undefined) return undefined
    const isSame = value.toLowerCase() === other.toLowerCase()
    return String(isSame === (operator === '=='))
  }

  private readUnary(): string | undefined {
    if (!this.take('!')) return this.readValue()
    const value = this.readUnary()
    return value === undefined ? undefined : String(!isTrue(value))
  }

  private readValue(): string | undefined {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new UnreadableExpression()
    if (token === '(') {
      const value = this.readOr()
      this.expect(')')
      return value
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (/^-?\d/.test(token)) return token
    if (!/^[A-Za-z_]/.test(token)) throw new UnreadableExpression()
    if (this.take('(')) return this.call(token.toLowerCase())
    if (token === 'true' || token === 'false') return token
    if (token === 'null') return ''
    return this.lookUp([...token.matchAll(PART)].map((part) => part[1] ?? part[0]))
  }

  private call(name: string): string | undefined {
    const values: (string | undefined)[] = []
    if (!this.take(')')) {
      do values.push(this.readOr())
      while (this.take(','))
      this.expect(')')
    }
    const [first = undefined, second = undefined] = values
    if (values.some((value) => value === undefined) || first === undefined) return undefined
    if (name === 'format') return format(first, values.slice(1) as string[])
    if (second === undefined) return undefined
    const [text, part] = [first.toLowerCase(), second.toLowerCase()]
    if (name === 'contains') return String(text.includes(part))
    if (name === 'startswith') return String(text.startsWith(part))
    return name === 'endswith' ? String(text.endsWith(part)) : undefined
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at++
    return true
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new UnreadableExpression()
  }
}

function isTrue(value: string): boolean {
  return value !== '' && value !== 'false' && value !== '0'
}

function format(text: string, values: readonly string[]): string {
  return text.replace(/\{\{|\}\}|\{(\d+)\}/g, (whole, number: string | undefined) =>
    number === undefined ? whole[0]! : (values[Number(number)] ?? ''),
  )
}
