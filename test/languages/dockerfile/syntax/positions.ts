import assert from 'node:assert/strict'
import {extractFlags} from '../../../../src/languages/dockerfile/syntax/extract-flags.js'
import type {Dockerfile, Instruction} from '../../../../src/languages/dockerfile/syntax/instruction.js'
import {inPlace, type Range, textAt} from '../../../../src/languages/text/range.js'

/** Checks that what stands at each range is what was read, and that nothing with a meaning stands outside of all. */
export function checkPositions(dockerfile: Dockerfile): void {
  const {text, instructions} = dockerfile
  for (const instruction of instructions) checkInstruction(instruction, dockerfile)
  for (const gap of gapsBetween(
    instructions.map(({range}) => range),
    {start: 0, end: text.length},
  )) {
    for (const line of textAt(text, gap).split('\n')) assert.match(line, /^\s*(?:#[^\n]*)?$/u)
  }
}

function checkInstruction(instruction: Instruction, {text, escapeCharacter}: Dockerfile): void {
  const {keyword, keywordRange, flags, args, argRanges, isJson, heredocs, range, joined} = instruction
  const read = (at: Range) => unwrap(textAt(text, at), escapeCharacter)
  assert.equal(read(keywordRange).toUpperCase(), keyword)
  for (const flag of flags) {
    const [again] = extractFlags(read(flag.range), escapeCharacter, inPlace).flags
    assert.deepEqual([again?.name, again?.value], [flag.name, flag.value])
  }
  assert.equal(args.length, argRanges.length)
  for (const [index, arg] of args.entries()) {
    const isWord = keyword === 'HEALTHCHECK' && index === 0
    assert.equal(meaning(read(argRanges[index]!), keyword, isJson && !isWord && keyword !== 'ONBUILD'), arg)
  }
  for (const {content, contentRange, name, endRange, range: mark} of heredocs) {
    assert.equal(textAt(text, contentRange), content)
    assert.equal(textAt(text, endRange), name)
    assert.match(read(mark), /^\d*<</)
  }
  const head = {start: range.start, end: heredocs[0]?.contentRange.start ?? range.end}
  // the line feed behind it may be continued by nothing
  assert.equal(unwrap(`${textAt(text, head)}\n`, escapeCharacter).trim(), joined.text.trim())
  const tokens = [keywordRange, ...flags.map((flag) => flag.range), ...argRanges]
  for (const gap of gapsBetween(tokens, head)) {
    // between words: blanks, the marks of JSON, a lone `--`, an escape character with nothing behind it
    assert.match(read(gap), /^(?:\s|--(?=\s|$)|[[\],\\`])*$/u)
  }
  gapsBetween([head, ...heredocs.flatMap(({contentRange, endRange}) => [contentRange, endRange])], range)
}

/** What an argument's text says. */
function meaning(written: string, keyword: string, isJson: boolean): unknown {
  if (isJson) return JSON.parse(written)
  const [, name, value] =
    keyword === 'ENV' || keyword === 'LABEL' ? (/^([^\s=]+)\s+(.*)$/s.exec(written) ?? []) : []
  return name === undefined ? written : `${name}=${value}`
}

/** Joins continuation lines in the plainest way: line by line, from the rules of the Dockerfile reference. */
export function unwrap(text: string, escapeCharacter: string): string {
  const [first = '', ...more] = text.split('\n')
  let joined = ''
  let line: string | undefined = first
  while (line !== undefined) {
    const bare = line.replace(/\r+$/, '')
    const continued = bare.replace(/[ \t]+$/, '')
    const isContinued = continued.endsWith(escapeCharacter) && !continued.endsWith(escapeCharacter.repeat(2))
    const isMiddle = more.length > 0
    joined += isContinued && isMiddle ? continued.slice(0, -1) : isMiddle || isContinued ? bare : line
    line = more.shift()
    while (line !== undefined && isContinued && /^\s*(?:#|$)/u.test(line) && more.length > 0)
      line = more.shift()
  }
  return joined
}

/** What ranges leave of an outer one; fails if they are not in order or not in it. */
function gapsBetween(ranges: readonly Range[], outer: Range): Range[] {
  let end = outer.start
  const gaps: Range[] = []
  for (const range of ranges) {
    assert.ok(range.start >= end && range.end >= range.start, `${JSON.stringify(range)} begins before ${end}`)
    gaps.push({start: end, end: range.start})
    end = range.end
  }
  assert.ok(end <= outer.end, `${end} is behind ${outer.end}`)
  return [...gaps, {start: end, end: outer.end}]
}
