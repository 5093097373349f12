import {type Amount, type Message, PARTS} from '../../report/message.js'
import {formatCount} from './amounts.js'

/** Makes a message of a template: `${...}` takes text, amounts and other messages. */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Amount | Message)[]
): Message {
  const parts = texts.flatMap((text, at) => {
    const value = values[at]
    if (value === undefined) return [text]
    return [text, ...(isMessage(value) ? value : [typeof value === 'number' ? String(value) : value])]
  })
  return parts.filter((part) => part !== '')
}

/** ` and 3 others`; nothing for none. */
export function andOthers(count: number): Message {
  return count === 0 ? [] : [' and ', {count, one: 'other', many: 'others'}]
}

/** Joins names in double quotes, the first few by name, the others by their number: `"a", "b" and 3 others`. */
export function joinNames(names: readonly string[], maxShown: number): string {
  const quoted = names.map((name) => `"${name}"`)
  const others = quoted.length - maxShown
  if (others > 1) return `${quoted.slice(0, maxShown).join(', ')} and ${others} others`
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

/** `1 entry`, `31,204 entries`. */
export function entries(count: number): Amount {
  return {count, one: 'entry', many: 'entries'}
}

/** Writes a message as text. */
export function writeSentence(message: Message, formatBytes: (bytes: number) => string): string {
  return message.map((part) => (typeof part === 'string' ? part : writeAmount(part, formatBytes))).join('')
}

/** The fields of a finding that hold its message: the text that `--json` prints, and its parts. */
export function toMessageFields(message: Message): {message: string; [PARTS]: Message} {
  return {
    message: message.map((part) => (typeof part === 'string' ? part : writeExactly(part))).join(''),
    [PARTS]: message,
  }
}

function writeAmount(amount: Amount, formatBytes: (bytes: number) => string): string {
  return 'bytes' in amount ? formatBytes(amount.bytes) : writeExactly(amount)
}

/** Writes an amount as `--json` prints it. This text is stable. */
function writeExactly(amount: Amount): string {
  if ('bytes' in amount) return `${formatCount(amount.bytes)}${amount.isBare ? '' : ' bytes'}`
  const {count, one, many} = amount
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

function isMessage(value: string | number | Amount | Message): value is Message {
  return Array.isArray(value)
}

/** Begins with a capital letter. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
