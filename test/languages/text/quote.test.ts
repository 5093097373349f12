import assert from 'node:assert/strict'
import {quote, quoteCode, quoteWord} from '../../../src/languages/text/quote.js'

describe('quote', () => {
  it('escapes and cuts short', () => {
    assert.equal(quote('a"\n'), '"a\\"\\n"')
    assert.equal(quote('x'.repeat(81)), `"${'x'.repeat(79)}…"`)
  })
})

describe('quoteWord', () => {
  for (const [word, quoted] of [
    ['.', '.'],
    ['web/api', 'web/api'],
    ['Zoë', 'Zoë'],
    ['my web', "'my web'"],
    ["it's", "'it'\\''s'"],
    ['a$b', "'a$b'"],
    ['', "''"],
  ] as const) {
    it(`makes ${JSON.stringify(word)} a word of a shell`, () => assert.equal(quoteWord(word), quoted))
  }
})

describe('quoteCode', () => {
  const rows: [code: string, quoted: string][] = [
    ["  import x from './x.js'\n", "import x from './x.js'"],
    ['require(\n  "./x"\n)', 'require( "./x" )'],
    [
      "import {createThing, describeThing, removeThing} from './things/and-more.js'",
      "import {createThing, … oveThing} from './things/and-more.js'",
    ],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['😀'.repeat(61), `${'😀'.repeat(20)} … ${'😀'.repeat(37)}`],
  ]
  for (const [code, quoted] of rows)
    it(`of ${JSON.stringify(code.slice(0, 20))} is whole, or lacks its middle`, () =>
      assert.equal(quoteCode(code), quoted))
})
