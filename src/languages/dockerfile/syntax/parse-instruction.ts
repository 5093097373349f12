import {isGoSpace, trimGoSpace} from '../../text/go-space.js'
import {quote} from '../../text/quote.js'
import type {Fail} from '../words/word-scope.js'
import {extractFlags} from './extract-flags.js'
import type {Flag, Instruction} from './instruction.js'
import {cutAtBlank, splitAtBlanks, splitQuotedWords} from './split-words.js'

/** What the joined line of an instruction says. */
export type ParsedLine = Pick<Instruction, 'keyword' | 'flags' | 'args' | 'isJson'>

type Arguments = Pick<Instruction, 'args' | 'isJson'>

type ArgumentParser = (text: string, escapeCharacter: string, fail: Fail) => Arguments

const ARGUMENT_PARSERS: Readonly<Record<string, ArgumentParser>> = {
  ADD: parseJsonOrList,
  ARG: (text, escapeCharacter) => plain(splitQuotedWords(text, escapeCharacter)),
  CMD: parseJsonOrText,
  COPY: parseJsonOrList,
  ENTRYPOINT: parseJsonOrText,
  ENV: parseAssignments,
  EXPOSE: (text) => plain(splitAtBlanks(text)),
  FROM: (text) => plain(splitAtBlanks(text)),
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

/** The instructions that there are, in capitals, sorted. */
export const KEYWORDS: readonly string[] = Object.keys(ARGUMENT_PARSERS)

/** Reads the joined line of an instruction; the arguments of an unknown one are left out. */
export function parseInstruction(joined: string, escapeCharacter: string, fail: Fail): ParsedLine {
  const [word, rest] = cutAtBlank(trimGoSpace(joined))
  const {flags, rest: text} = extractFlags(rest ?? '', escapeCharacter)
  const keyword = word.toUpperCase()
  const parse = Object.hasOwn(ARGUMENT_PARSERS, keyword) ? ARGUMENT_PARSERS[keyword] : undefined
  const parsed = parse?.(trimGoSpace(text), escapeCharacter, fail) ?? plain([])
  return {keyword: parse ? keyword : word, flags: flags.map(parseFlag), ...parsed}
}

function parseFlag(word: string): Flag {
  const equals = word.indexOf('=')
  if (equals < 0) return {name: word.slice(2), value: null}
  return {name: word.slice(2, equals), value: word.slice(equals + 1)}
}

function plain(args: readonly string[]): Arguments {
  return {args, isJson: false}
}

function parseText(text: string): Arguments {
  return plain(text === '' ? [] : [text])
}

function parseJsonOrText(text: string, _escapeCharacter: string, fail: Fail): Arguments {
  return parseJson(text, fail) ?? parseText(text)
}

function parseJsonOrList(text: string, _escapeCharacter: string, fail: Fail): Arguments {
  return parseJson(text, fail) ?? plain(splitAtBlanks(text))
}

/** Reads a JSON array of strings; null for what is no JSON array, which BuildKit then takes as plain words. */
function parseJson(text: string, fail: Fail): Arguments | null {
  if (!text.startsWith('[')) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(value)) return null
  if (!value.every((item): item is string => typeof item === 'string')) {
    return fail('the JSON array may hold nothing but strings')
  }
  return {args: value, isJson: true}
}

/** `name=value …`, or the old form `name value`, which takes the whole rest as the value. */
function parseAssignments(text: string, escapeCharacter: string, fail: Fail): Arguments {
  const words = splitQuotedWords(text, escapeCharacter)
  const [first] = words
  if (first === undefined) return plain([])
  if (!first.includes('=')) {
    const [name, value] = cutAtBlank(text)
    return value === null
      ? fail(`${quote(name)} has no value: write name=value`)
      : plain([`${name}=${value}`])
  }
  const bare = words.find((word) => !word.includes('='))
  return bare === undefined ? plain(words) : fail(`no "=" in ${quote(bare)}: write name=value`)
}

/** `NONE`, or `CMD` and a command. */
function parseHealthcheck(text: string, _escapeCharacter: string, fail: Fail): Arguments {
  let end = 0
  while (end < text.length && !isGoSpace(text.charAt(end))) end++
  if (end === 0) return plain([])
  const {args, isJson} = parseJsonOrText(trimGoSpace(text.slice(end)), '', fail)
  return {args: [text.slice(0, end), ...args], isJson}
}

/** The trigger as written, after a look at what already fails here; the rest only fails where it is run. */
function parseTrigger(text: string, escapeCharacter: string, fail: Fail): Arguments {
  const keyword = cutAtBlank(text)[0].toUpperCase()
  // Stopped before it is read, so that a chain of them cannot exhaust the stack.
  if (keyword === 'ONBUILD') fail('ONBUILD cannot be chained')
  const {isJson} = text === '' ? {isJson: false} : parseInstruction(text, escapeCharacter, fail)
  return {args: text === '' ? [] : [text], isJson}
}
