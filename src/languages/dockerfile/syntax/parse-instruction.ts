import {isGoSpace, trimGoSpaceEnd, trimGoSpaceStart} from '../../text/go-space.js'
import {MappedText} from '../../text/mapped-text.js'
import {quote} from '../../text/quote.js'
import type {Locator, Range} from '../../text/range.js'
import type {Fail} from '../words/word-scope.js'
import {extractFlags} from './extract-flags.js'
import type {Instruction} from './instruction.js'
import {cutAtBlank, splitAtBlanks, splitQuotedWords, type Words} from './split-words.js'

/** What the joined line of an instruction says. */
export type ParsedLine = Pick<
  Instruction,
  'keyword' | 'keywordRange' | 'flags' | 'args' | 'argRanges' | 'argsAt' | 'isJson'
>

interface Arguments extends Words {
  isJson: boolean
}

type ArgumentParser = (text: string, reading: Reading) => Arguments

/** What arguments are read with. */
interface Reading {
  escapeCharacter: string
  fail: Fail
  /** Where a stretch of the arguments stands in the file. */
  locate: Locator
}

const ARGUMENT_PARSERS: Readonly<Record<string, ArgumentParser>> = {
  ADD: parseJsonOrList,
  ARG: (text, {escapeCharacter, locate}) => plain(splitQuotedWords(text, escapeCharacter, locate)),
  CMD: parseJsonOrText,
  COPY: parseJsonOrList,
  ENTRYPOINT: parseJsonOrText,
  ENV: parseAssignments,
  EXPOSE: (text, {locate}) => plain(splitAtBlanks(text, locate)),
  FROM: (text, {locate}) => plain(splitAtBlanks(text, locate)),
  HEALTHCHECK: parseHealthcheck,
  LABEL: parseAssignments,
  MAINTAINER: parseText,
  ONBUILD: parseTrigger,
  RUN: parseJsonOrText,
  SHELL: parseJsonOrText,
  STOPSIGNAL: parseText,
  USER: parseText,
  VOLUME: parseJsonOrList,
  WORKDIR: parseText,
}

const NONE: Arguments = {args: [], argRanges: [], isJson: false}

/** The instructions that there are, in capitals, sorted. */
export const KEYWORDS: readonly string[] = Object.keys(ARGUMENT_PARSERS)

/** Reads the joined line of an instruction; the arguments of an unknown one are left out. */
export function parseInstruction(joined: MappedText, escapeCharacter: string, fail: Fail): ParsedLine {
  const line = trimGoSpaceEnd(joined.text)
  const written = trimGoSpaceStart(line)
  const [word, rest] = cutAtBlank(written)
  const keywordAt = line.length - written.length
  const flagsAt = line.length - (rest ?? '').length
  const locateFlag: Locator = (start, end) => joined.originOf(flagsAt + start, flagsAt + end)
  const {flags, rest: text} = extractFlags(rest ?? '', escapeCharacter, locateFlag)
  const argumentText = trimGoSpaceStart(text)
  const argsAt = line.length - argumentText.length
  const locate: Locator = (start, end) => joined.originOf(argsAt + start, argsAt + end)
  const keyword = word.toUpperCase()
  const parse = Object.hasOwn(ARGUMENT_PARSERS, keyword) ? ARGUMENT_PARSERS[keyword] : undefined
  const {args, argRanges, isJson} = parse?.(argumentText, {escapeCharacter, fail, locate}) ?? NONE
  return {
    keyword: parse ? keyword : word,
    keywordRange: joined.originOf(keywordAt, keywordAt + word.length),
    flags,
    args,
    argRanges,
    argsAt,
    isJson,
  }
}

function plain({args, argRanges}: Words): Arguments {
  return {args, argRanges, isJson: false}
}

function parseText(text: string, {locate}: Pick<Reading, 'locate'>): Arguments {
  return text === '' ? NONE : {args: [text], argRanges: [locate(0, text.length)], isJson: false}
}

function parseJsonOrText(text: string, reading: Reading): Arguments {
  return parseJson(text, reading) ?? parseText(text, reading)
}

function parseJsonOrList(text: string, reading: Reading): Arguments {
  return parseJson(text, reading) ?? plain(splitAtBlanks(text, reading.locate))
}

/** Reads a JSON array of strings; null for what is no JSON array, which BuildKit then takes as plain words. */
function parseJson(text: string, {fail, locate}: Reading): Arguments | null {
  if (!text.startsWith('[')) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(value)) return null
  if (!value.every((item): item is string => typeof item === 'string')) {
    return fail('the JSON array may contain only strings')
  }
  return {args: value, argRanges: findJsonStrings(text, locate), isJson: true}
}

/** Finds the strings of an array that is known to be JSON, quotes included. */
export function findJsonStrings(text: string, locate: Locator): Range[] {
  const ranges: Range[] = []
  for (let start = text.indexOf('"'); start >= 0; ) {
    let end = start + 1
    while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
    ranges.push(locate(start, end + 1))
    start = text.indexOf('"', end + 1)
  }
  return ranges
}

/** `name=value …`, or the old form `name value`, which takes the whole rest as the value. */
function parseAssignments(text: string, {escapeCharacter, fail, locate}: Reading): Arguments {
  const words = splitQuotedWords(text, escapeCharacter, locate)
  const [first] = words.args
  if (first === undefined) return NONE
  if (!first.includes('=')) {
    const [name, value] = cutAtBlank(text)
    return value === null
      ? fail(`${quote(name)} has no value: write name=value`)
      : {args: [`${name}=${value}`], argRanges: [locate(0, text.length)], isJson: false}
  }
  const bare = words.args.find((word) => !word.includes('='))
  return bare === undefined ? plain(words) : fail(`no "=" in ${quote(bare)}: write name=value`)
}

/** `NONE`, or `CMD` and a command. */
function parseHealthcheck(text: string, reading: Reading): Arguments {
  let end = 0
  while (end < text.length && !isGoSpace(text.charAt(end))) end++
  if (end === 0) return NONE
  const type = text.slice(0, end)
  const command = trimGoSpaceStart(text.slice(end))
  const commandAt = text.length - command.length
  const locate: Locator = (from, to) => reading.locate(commandAt + from, commandAt + to)
  const {args, argRanges, isJson} = parseJsonOrText(command, {...reading, locate})
  return {args: [type, ...args], argRanges: [reading.locate(0, end), ...argRanges], isJson}
}

/** The trigger as written, after a look at what already fails here; the rest only fails where it is run. */
function parseTrigger(text: string, reading: Reading): Arguments {
  const {escapeCharacter, fail} = reading
  const keyword = cutAtBlank(text)[0].toUpperCase()
  // Stopped before it is read, so that a chain of them cannot exhaust the stack.
  if (keyword === 'ONBUILD') fail('ONBUILD cannot be chained')
  const {isJson} = text === '' ? NONE : parseInstruction(MappedText.at(0, text), escapeCharacter, fail)
  return {...parseText(text, reading), isJson}
}
