/**
 * Runs any expression over text in time linear in the text: sets of positions are stepped
 * together, and each set that turns up is kept as a state with its transitions (a DFA built on demand).
 */
import {type AssertionKind, type ExpressionNode, hasCharacter, isAssertion} from './parse-expression.js'

/** A set of positions in the expression, before assertions are tried, and what the last character was. */
interface State {
  readonly positions: readonly number[]
  readonly isAtStart: boolean
  readonly isAfterWord: boolean
  /** State after an ASCII character; undefined: not computed yet. */
  readonly next: (State | undefined)[]
  accepts?: boolean
}

/** Where a step stands: what lies on both sides of a position. */
interface Boundary {
  readonly isStart: boolean
  readonly isEnd: boolean
  readonly isWordBoundary: boolean
}

/** At this number the states are dropped and built again: a limit on memory. */
const MAX_STATES = 1_000

/** The matcher of one expression. */
export class Automaton {
  private readonly states = new Map<string, State>()
  /** All alternatives, each followed by `null`: the place where it has matched. */
  private readonly nodes: readonly (ExpressionNode | null)[]
  private readonly starts: readonly number[]

  constructor(alternatives: readonly ExpressionNode[][]) {
    const nodes: (ExpressionNode | null)[] = []
    const starts: number[] = []
    for (const alternative of alternatives) {
      starts.push(nodes.length)
      for (const node of unanchor(alternative)) nodes.push(node)
      nodes.push(null)
    }
    this.nodes = nodes
    this.starts = starts
  }

  /** Tells whether the expression matches somewhere in the text; it is the expression that anchors itself. */
  matches(text: string): boolean {
    let state = this.createState(this.starts, true, false)
    for (let at = 0; at < text.length; at++) {
      const code = text.codePointAt(at)!
      if (code > 0xffff) at++
      state = (code < 128 ? state.next[code] : undefined) ?? this.step(state, code)
      if (state.positions.length === 0) return false
    }
    state.accepts ??= this.reachesEnd(state)
    return state.accepts
  }

  private step(state: State, code: number): State {
    const isWord = isWordCharacter(code)
    const place = {isStart: state.isAtStart, isEnd: false, isWordBoundary: isWord !== state.isAfterWord}
    const following = new Set<number>()
    for (const position of this.follow(state.positions, place)) {
      const node = this.nodes[Math.floor(position)]
      if (node === null || node === undefined) continue
      if (node.type === 'any-depth') {
        // Inside `(.*/)?`: a slash may end it, any other character but a newline stays in it.
        if (code === 0x2f) following.add(Math.floor(position) + 1)
        if (code !== 0x0a) following.add(Math.floor(position) + INSIDE)
      } else if (node.type === 'characters' && hasCharacter(node.set, code)) {
        following.add(node.times === 'any' ? position : position + 1)
      }
    }
    const next = this.createState(
      [...following].sort((a, b) => a - b),
      false,
      isWord,
    )
    if (code < 128) state.next[code] = next
    return next
  }

  private reachesEnd(state: State): boolean {
    const place = {isStart: state.isAtStart, isEnd: true, isWordBoundary: state.isAfterWord}
    return [...this.follow(state.positions, place)].some((position) => this.nodes[position] === null)
  }

  /** The positions reached without reading a character. */
  private follow(positions: readonly number[], place: Boundary): Set<number> {
    const reached = new Set<number>()
    const pending = [...positions]
    for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
      if (reached.has(position)) continue
      reached.add(position)
      const node = this.nodes[position]
      if (node === null || node === undefined) continue
      if (node.type === 'any-depth' || (node.type === 'characters' && node.times !== 'once'))
        pending.push(position + 1)
      else if (node.type === 'assertion' && holds(node.kind, place)) pending.push(position + 1)
    }
    return reached
  }

  private createState(positions: readonly number[], isAtStart: boolean, isAfterWord: boolean): State {
    const key = `${positions.join()} ${isAtStart} ${isAfterWord}`
    const known = this.states.get(key)
    if (known !== undefined) return known
    if (this.states.size >= MAX_STATES) this.forgetStates()
    const state: State = {positions, isAtStart, isAfterWord, next: []}
    this.states.set(key, state)
    return state
  }

  private forgetStates(): void {
    for (const state of this.states.values()) state.next.length = 0
    this.states.clear()
  }
}

/** A position inside an any-depth group is its node's number and a half: it has begun and may not be skipped. */
const INSIDE = 0.5

const ANYTHING: ExpressionNode = {
  type: 'characters',
  set: {ranges: [], tests: [], isNegated: true},
  times: 'any',
}

/** Lets an alternative begin and end anywhere, unless it says otherwise. */
function unanchor(nodes: readonly ExpressionNode[]): ExpressionNode[] {
  const before = isAssertion(nodes[0], 'start') ? [] : [ANYTHING]
  const after = isAssertion(nodes.at(-1), 'end') ? [] : [ANYTHING]
  return [...before, ...nodes, ...after]
}

function holds(kind: AssertionKind, {isStart, isEnd, isWordBoundary}: Boundary): boolean {
  if (kind === 'start') return isStart
  if (kind === 'end') return isEnd
  return (kind === 'word-boundary') === isWordBoundary
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
  )
}
