import assert from 'node:assert/strict'
import fc from 'fast-check'
import {MappedText} from '../../../src/languages/text/mapped-text.js'
import type {Range} from '../../../src/languages/text/range.js'

/** The slow way: where each code unit stands. */
interface Reference {
  text: string
  origins: Range[]
}

/** Parts of a file, in order, some of them written in another way. */
const parts = fc
  .array(
    fc.record({
      gap: fc.nat(3),
      text: fc.string({maxLength: 4}),
      written: fc.option(fc.integer({min: 1, max: 6})),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((specs) => {
    let at = 0
    return specs.map(({gap, text, written}) => {
      const start = at + gap
      at = start + (text === '' ? 0 : (written ?? text.length))
      const whole = {start, end: at}
      if (written === null || text === '') {
        const origins = Array.from({length: text.length}, (_, index) => ({
          start: start + index,
          end: start + index + 1,
        }))
        return {mapped: MappedText.at(start, text), reference: {text, origins}}
      }
      const origins = Array.from({length: text.length}, () => whole)
      return {mapped: MappedText.standingFor(whole, text), reference: {text, origins}}
    })
  })

function checkAgainst(mapped: MappedText, {text, origins}: Reference): void {
  assert.equal(mapped.text, text)
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) {
      const expected = {start: origins[start]!.start, end: origins[end - 1]!.end}
      assert.deepEqual(mapped.toOrigin({start, end}), expected)
    }
  }
}

describe('MappedText', () => {
  it('knows where each stretch of joined parts stands', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const joined = MappedText.join(list.map(({mapped}) => mapped))
        const text = list.map(({reference}) => reference.text).join('')
        checkAgainst(joined, {text, origins: list.flatMap(({reference}) => reference.origins)})
      }),
    )
  })

  it('keeps that when it is cut', () => {
    fc.assert(
      fc.property(parts, fc.nat(20), fc.nat(20), (list, one, other) => {
        const joined = MappedText.join(list.map(({mapped}) => mapped))
        const [start, end] = [Math.min(one, other), Math.max(one, other)]
        const origins = list.flatMap(({reference}) => reference.origins).slice(start, end)
        checkAgainst(joined.slice(start, Math.min(end, joined.text.length)), {
          text: joined.text.slice(start, end),
          origins,
        })
      }),
    )
  })

  it('gives a separator what lies between two parts', () => {
    const joined = MappedText.join([MappedText.at(2, 'ab'), MappedText.at(7, 'c')], ' ')
    assert.equal(joined.text, 'ab c')
    assert.deepEqual(joined.toOrigin({start: 2, end: 3}), {start: 4, end: 7})
    assert.deepEqual(joined.origin, {start: 2, end: 8})
  })

  it('puts an empty stretch behind what stands before it', () => {
    const joined = MappedText.join([MappedText.at(2, 'ab'), MappedText.at(7, 'c')])
    const rows: [at: number, origin: number][] = [
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 8],
    ]
    for (const [at, origin] of rows) {
      assert.deepEqual(joined.toOrigin({start: at, end: at}), {start: origin, end: origin})
    }
  })
})
