import assert from 'node:assert/strict'
import {stripVTControlCharacters} from 'node:util'
import stringWidth from 'string-width'
import {renderChoices} from '../../../src/render/text/render-change.js'
import {renderRewriteChoices} from '../../../src/render/text/render-dockerfile.js'
import {type Choice, type PickerScreen, renderPicker} from '../../../src/render/text/render-picker.js'
import {createSuggestion} from '../../helpers/report-fixtures.js'

const SUGGESTIONS = [
  createSuggestion('.git', 31_400_000, {reason: 'no step and no program of the image uses Git'}),
  createSuggestion('d/'.repeat(60), 1_000, {
    confidence: 'review',
    reason: 'nothing proves it unused '.repeat(9),
  }),
  createSuggestion('a\u001b[31m\nb', 5, {reason: 'x'}),
]

function show(choices: readonly Choice[], screen: Partial<PickerScreen> = {}, active = 0): string[] {
  const state = {isTicked: choices.map(({mark}) => mark === '+'), active, total: '2 MB → 1 MB'}
  const text = {heading: 'Lines to write', noun: 'lines', choices}
  const frame = renderPicker(text, state, {
    width: 80,
    height: 50,
    hasColor: false,
    hasUnicode: true,
    ...screen,
  })
  return frame.split('\n')
}

/** Without white space and what stands before a line. */
function squash(text: string): string {
  return text.replace(/[\s❯]/gu, '')
}

describe('renderPicker', () => {
  const choices = renderChoices(SUGGESTIONS)

  for (const width of [40, 60, 80, 200]) {
    it(`fits ${width} columns and cuts no reason`, () => {
      const lines = show(choices, {width})
      for (const line of lines) assert.ok(stringWidth(line) <= width, `${stringWidth(line)}: ${line}`)
      const all = squash(lines.join(''))
      for (const {title, gain, reasons} of choices) {
        for (const part of [title, gain, ...reasons]) assert.ok(all.includes(squash(part)), part)
      }
    })
  }

  it('ticks what is proved, and says what the ticked come to', () => {
    const lines = show(choices)
    assert.deepEqual(
      lines.filter((line) => line.includes('[')).map((line) => line.slice(0, 7)),
      ['❯ [x] +', '  [ ] ?', '  [x] +'],
    )
    assert.ok(lines.includes('2 of 3 lines ticked: 2 MB → 1 MB'))
    assert.match(lines.at(-1)!, /space ticks.*enter writes.*q or Esc leaves without writing/)
  })

  for (const height of [10, 14, 24]) {
    it(`shows the active choice on a screen of ${height} lines, and how many others there are`, () => {
      const many = renderChoices(
        Array.from({length: 40}, (_, at) => createSuggestion(`dir-${at}`, 1000, {reason: 'why '.repeat(30)})),
      )
      for (let active = 0; active < many.length; active++) {
        const lines = show(many, {height}, active)
        assert.ok(lines.length < height, `${lines.length} lines`)
        assert.ok(
          lines.some((line) => line.startsWith(`❯ [x] + dir-${active} `)),
          `${active}\n${lines.join('\n')}`,
        )
        const shown = lines.filter((line) => line.includes('[x]')).length
        const others = [...lines.join(' ').matchAll(/(\d+) more (?:above|below)/g)].map(([, n]) => Number(n))
        assert.equal(
          others.reduce((sum, one) => sum + one, shown),
          many.length,
        )
      }
    })
  }

  it('says of a choice that is higher than the screen that it is cut', () => {
    const tall = renderChoices([createSuggestion('tall', 1000, {reason: 'why '.repeat(300)})])
    const isCut = (height: number): boolean => show(tall, {height}).join('').includes('higher window')
    assert.deepEqual([isCut(14), isCut(50)], [true, false])
    assert.ok(show(tall, {height: 14}).length < 14)
  })

  it('draws in ASCII, and colours only where it may', () => {
    assert.match(show(choices, {hasUnicode: false})[1]!, /^> \[x\]/)
    const coloured = show(choices, {hasColor: true}).join('\n')
    assert.notEqual(coloured, show(choices).join('\n'))
    assert.equal(stripVTControlCharacters(coloured), show(choices).join('\n'))
  })

  it('names the file of a line where there are several', () => {
    const two = [createSuggestion('a', 1), createSuggestion('a', 1, {ignoreFile: 'web/.dockerignore'})]
    assert.deepEqual(
      renderChoices(two).map(({title}) => title),
      ['.dockerignore: a', 'web/.dockerignore: a'],
    )
  })

  it('shows of a rewrite the proof and what is open', () => {
    const [choice] = renderRewriteChoices([
      {
        file: 'Dockerfile',
        line: 3,
        title: 'copy package.json first',
        confidence: 'review',
        proof: [{claim: 'same files', evidence: 'COPY . . brings all later'}],
        questions: ['does npm ci read src?'],
      },
    ])
    assert.deepEqual(choice, {
      mark: '?',
      title: 'Dockerfile:3  copy package.json first',
      gain: '',
      reasons: ['same files: COPY . . brings all later', 'open: does npm ci read src?'],
    })
  })
})
