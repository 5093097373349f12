import {MappedText} from '../../text/mapped-text.js'
import {quote} from '../../text/quote.js'
import type {Range} from '../../text/range.js'
import {type ExpandedWord, expandWords} from '../words/expand-word.js'
import {type Fail, type WordMode, type WordScope, WorkBudget} from '../words/word-scope.js'

/** What a `<<WORD` announces. */
export interface HeredocMark {
  /** The delimiter, its quotes resolved. */
  name: string
  /** `<<-`: leading tabs are dropped from the body and before the delimiter. */
  isChomped: boolean
  /** False when the delimiter is quoted: `$` in the body is then plain text. */
  isExpanded: boolean
}

/** A mark and where it stands. */
export interface LocatedMark extends HeredocMark {
  /** From its digits or `<<` to the end of the delimiter, quotes as written. */
  range: Range
}

/** A heredoc with its body, line endings and leading tabs as written. */
export interface Heredoc extends LocatedMark {
  content: string
  contentRange: Range
  /** The delimiter below the body, without tabs before it. */
  endRange: Range
}

const MARK = /^\d*<<(-?)([^<]*)$/
const LEADING_TABS = /(?<=^|\n)\t+/g

/** Finds the heredocs that an instruction's line announces, in order; none in a line that cannot be read. */
export function findHeredocMarks(line: string, fail: Fail): LocatedMark[] {
  const marks: LocatedMark[] = []
  for (const {word, range} of readWords(line, {keepsQuotes: true, keepsEscapes: true}) ?? []) {
    const mark = parseHeredocMark(word, fail)
    if (mark) marks.push({...mark, range})
  }
  return marks
}

/** Reads a word as the start of a heredoc, or returns null; with `fail`, a broken delimiter is an error. */
export function parseHeredocMark(word: string, fail?: Fail): HeredocMark | null {
  if (!word.includes('<<')) return null
  const [, dash, rest = ''] = MARK.exec(word) ?? []
  const delimiter = rest.trimStart()
  if (delimiter === '') return null
  const names = readWords(delimiter, {})
  if (names === null) return fail ? fail(`bad heredoc delimiter ${quote(delimiter)}`) : null
  const [name] = names
  if (name === undefined || names.length > 1) return null
  const [written] = readWords(delimiter, {keepsQuotes: true}) ?? []
  const isExpanded = countQuotes(name.word) === countQuotes(written?.word ?? '')
  return {name: name.word, isChomped: dash === '-', isExpanded}
}

/** The body as the builder uses it: without leading tabs after `<<-`. */
export function heredocBody({content, isChomped}: Pick<Heredoc, 'content' | 'isChomped'>): string {
  return isChomped ? content.replace(LEADING_TABS, '') : content
}

/** The same, knowing where it stands in the file. */
export function mappedHeredocBody({content, contentRange, isChomped}: Heredoc): MappedText {
  const written = MappedText.at(contentRange.start, content)
  if (!isChomped) return written
  const parts: MappedText[] = []
  let end = 0
  for (const {0: tabs, index} of content.matchAll(LEADING_TABS)) {
    parts.push(written.slice(end, index))
    end = index + tabs.length
  }
  return MappedText.join([...parts, written.slice(end)])
}

/** Cuts at white space with no variable set; null when quotes or braces do not close. */
function readWords(text: string, mode: WordMode): ExpandedWord[] | null {
  const failure = new Error('unreadable')
  const scope: WordScope = {
    // BuildKit reads heredocs with the default escape character, even under another directive.
    escapeCharacter: '\\',
    lookUp: () => undefined,
    fail: () => {
      throw failure
    },
    budget: new WorkBudget(),
  }
  try {
    return expandWords(text, scope, {...mode, keepsUnset: true})
  } catch (error) {
    if (error === failure) return null
    throw error
  }
}

function countQuotes(text: string): number {
  return text.split(/['"]/).length - 1
}
