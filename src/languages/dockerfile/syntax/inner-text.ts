import {trimGoSpaceEnd} from '../../text/go-space.js'
import {MappedText} from '../../text/mapped-text.js'
import {inPlace} from '../../text/range.js'
import {type Heredoc, mappedHeredocBody, parseHeredocMark} from './heredoc.js'
import type {Instruction} from './instruction.js'
import {findJsonStrings} from './parse-instruction.js'

const JSON_UNIT = /[^\\]+|\\u[\da-fA-F]{4}|\\./g

/** What the shell of a RUN, CMD or ENTRYPOINT is given; of a JSON array its words, with spaces between them. */
export function scriptOf(instruction: Instruction): MappedText {
  if (instruction.isJson) return jsonWords(instruction)
  const command = lastArgument(instruction)
  const [first] = instruction.heredocs
  if (first === undefined) return command
  // a heredoc that is the whole command is the script itself
  return parseHeredocMark(command.text)
    ? mappedHeredocBody(first)
    : withHeredocs(command, instruction.heredocs)
}

/** What an ONBUILD runs later: a Dockerfile of one instruction. */
export function triggerOf(onbuild: Instruction): MappedText {
  const {joined, argsAt, heredocs} = onbuild
  return withHeredocs(joined.slice(argsAt, trimGoSpaceEnd(joined.text).length), heredocs)
}

/** The one that takes the rest of the line. */
function lastArgument({joined, args}: Instruction): MappedText {
  const end = trimGoSpaceEnd(joined.text).length
  return joined.slice(end - (args.at(-1)?.length ?? 0), end)
}

function withHeredocs(command: MappedText, heredocs: readonly Heredoc[]): MappedText {
  const bodies = heredocs.map(({content, contentRange, name, endRange}) =>
    MappedText.join([MappedText.at(contentRange.start, content), MappedText.at(endRange.start, name)]),
  )
  return MappedText.join([command, ...bodies], '\n')
}

/** The words of a JSON array, each escape sequence one code unit. */
function jsonWords({joined, argsAt}: Instruction): MappedText {
  const array = joined.slice(argsAt)
  const words = findJsonStrings(array.text, inPlace).map(({start, end}) =>
    decodeLiteral(array.slice(start + 1, end - 1)),
  )
  return words.length === 0 ? array.slice(0, 0) : MappedText.join(words, ' ')
}

function decodeLiteral(literal: MappedText): MappedText {
  if (!literal.text.includes('\\')) return literal
  const parts = Array.from(literal.text.matchAll(JSON_UNIT), ({0: written, index}) => {
    const part = literal.slice(index, index + written.length)
    return written.startsWith('\\') ? MappedText.standingFor(part.origin, JSON.parse(`"${written}"`)) : part
  })
  return MappedText.join(parts)
}
