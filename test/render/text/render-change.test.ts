import assert from 'node:assert/strict'
import stringWidth from 'string-width'
import {renderChoices} from '../../../src/render/text/render-change.js'
import {createSuggestion} from '../../helpers/report-fixtures.js'

describe('renderChoices', () => {
  const suggestions = [
    createSuggestion('.git', 31_400_000, {reason: 'no step and no program of the image uses Git'}),
    createSuggestion('d/'.repeat(60), 1_000, {
      confidence: 'review',
      reason: 'nothing proves it unused '.repeat(5),
    }),
    createSuggestion('a\u001b[31m\nb', 5, {reason: 'x'}),
  ]

  for (const width of [40, 80, 200]) {
    it(`keeps each choice on one of ${width} columns, the savings below each other`, () => {
      const names = renderChoices(suggestions, {width, hasUnicode: true}).map(({name}) => name)
      for (const name of names) assert.ok(stringWidth(name) <= width - 3, `${stringWidth(name)}: ${name}`)
      assert.deepEqual(
        names.map((name) => stringWidth(/^.*? k?M?B {2}/.exec(name)![0])),
        Array(3).fill(stringWidth(/^.*? MB {2}/.exec(names[0]!)![0])),
      )
    })
  }

  it('answers with the pattern alone, and ticks what is safe', () => {
    const choices = renderChoices(suggestions, {width: 80, hasUnicode: true})
    assert.deepEqual(
      choices.map(({short, isTicked}) => [short.length > 100 ? '' : short, isTicked]),
      [
        ['.git', true],
        ['', false],
        [String.raw`a\e[31m\nb`, true],
      ],
    )
    assert.equal(choices[1]!.value, 'd/'.repeat(60))
  })

  it('cuts nothing where the width is not known', () => {
    const [, long] = renderChoices(suggestions, {width: Number.POSITIVE_INFINITY, hasUnicode: true})
    assert.ok(long!.name.includes('d/'.repeat(60)))
  })
})
