import assert from 'node:assert/strict'
import {EventSplitter} from '../../../src/measure/build/split-events.js'

const cases: [name: string, pieces: string[], events: unknown[], messages: string[]][] = [
  ['one event a line', ['{"a":1}\n{"b":2}\n'], [{a: 1}, {b: 2}], []],
  [
    'an event over several lines, as buildx 0.13 writes it',
    ['{\n  "a": {\n    "b": 1\n  }\n}\n'],
    [{a: {b: 1}}],
    [],
  ],
  ['events without a line end between them', ['{"a":1}{"b":2}'], [{a: 1}, {b: 2}], []],
  ['events cut anywhere', ['{"a":"x', '}\\"', '{"', '}', '\n{', '}'], [{a: 'x}"{'}, {}], []],
  ['braces and escapes in text', ['{"a":"}\\\\"}\n'], [{a: '}\\'}], []],
  [
    'messages for people between them',
    ['WARNING: a\n{"a":1}\nERROR: it {failed}\n'],
    [{a: 1}],
    ['WARNING: a', 'ERROR: it {failed}'],
  ],
  ['a last message without a line end', ['ERROR: x'], [], ['ERROR: x']],
]

describe('EventSplitter', () => {
  for (const [name, pieces, events, messages] of cases) {
    it(`reads ${name}`, () => {
      const splitter = new EventSplitter()
      const found = pieces.flatMap((piece) => splitter.push(piece))
      splitter.end()
      assert.deepEqual(
        found.map((text) => JSON.parse(text)),
        events,
      )
      assert.deepEqual(splitter.messages, messages)
    })
  }

  it('keeps no event that has no end, and no more messages than anybody reads', () => {
    const splitter = new EventSplitter()
    const megabyte = 'x'.repeat(2 ** 20)
    splitter.push('{"a":"')
    for (let count = 0; count < 10; count++) splitter.push(megabyte)
    assert.deepEqual(splitter.push('"}'), ['{}'])
    for (let count = 0; count < 1000; count++) splitter.push(`message ${count}\n`)
    assert.equal(splitter.messages.length, 200)
    assert.equal(splitter.messages.at(-1), 'message 999')
  })
})
