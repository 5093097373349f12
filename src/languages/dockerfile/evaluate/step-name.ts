import {trimGoSpace} from '../../text/go-space.js'
import {heredocBody, parseHeredocMark} from '../syntax/heredoc.js'
import type {Instruction} from '../syntax/instruction.js'
import {expandWord} from '../words/expand-word.js'
import type {Fail, WordMode, WordScope} from '../words/word-scope.js'
import {WorkBudget} from '../words/word-scope.js'

/** Names are for people: a hostile file does not get all the time there is for them. */
const MAX_STEPS = 10_000_000

class UnreadableName extends Error {}

const fail: Fail = () => {
  throw new UnreadableName()
}

/** Names steps as Docker prints them; one for each Dockerfile. */
export class StepNamer {
  readonly #budget = new WorkBudget(MAX_STEPS)

  constructor(private readonly escapeCharacter: string) {}

  /** The instruction on one line, its keyword in capitals, variables that have a value expanded. */
  name(instruction: Instruction, isInherited: boolean, lookUp: WordScope['lookUp']): string {
    const {keyword, joined, args, heredocs, isJson} = instruction
    const text = trimGoSpace(joined.text)
    const [first] = heredocs
    const isScript = keyword === 'RUN' && !isJson && first && parseHeredocMark(args.join(' '))
    const shown = isScript ? `${text} (${summarize(heredocBody(first))})` : text
    const mode = keyword === 'RUN' ? {keepsQuotes: true, keepsUnset: true} : {}
    return upperCaseFirst(this.#expand(isInherited ? `ONBUILD ${shown}` : shown, lookUp, mode))
  }

  #expand(text: string, lookUp: WordScope['lookUp'], mode: WordMode): string {
    const scope = {escapeCharacter: this.escapeCharacter, lookUp, fail, budget: this.#budget}
    try {
      return expandWord(text, scope, mode)
    } catch (error) {
      if (error instanceof UnreadableName) return text
      throw error
    }
  }
}

function upperCaseFirst(text: string): string {
  const blank = text.indexOf(' ')
  return blank < 0 ? text.toUpperCase() : text.slice(0, blank).toUpperCase() + text.slice(blank)
}

/** The first line of a script, with dots where there are more. */
function summarize(script: string): string {
  const [first = '', ...more] = script.trim().replaceAll('\r\n', '\n').split('\n')
  return more.length > 0 ? `${first}...` : first
}
