import assert from 'node:assert/strict'
import {BuildFileError} from '../../../src/errors.js'
import {parseJson} from '../../../src/languages/documents/parse-json.js'

const ERRORS: [text: string, line: number | null, reason: RegExp][] = [
  ['', 1, /not JSON|empty/],
  ['{\n"a": {', 2, /close brace expected/],
  ['// x\n{}', 1, /comment/],
  ['{"a": 1,\n"a": 2}', 2, /given twice/],
  ['['.repeat(100_000), null, /nested too deeply/],
]

describe('parseJson', () => {
  it('remembers the lines', () => {
    const root = parseJson('{\n  "a": {\n    "b": 1}}', 'f')
    assert.equal(root.place.line, 1)
    assert.equal(root.kind === 'map' && root.entries.get('a')?.place.line, 2)
  })

  it('makes a list of blocks of the same name', () => {
    const root = parseJson('{"a": {"b": 1}, "a": [{"c": 2}]}', 'f')
    const blocks = root.kind === 'map' ? root.entries.get('a') : undefined
    assert.equal(blocks?.kind === 'list' && blocks.items.length, 2)
  })

  for (const [text, line, reason] of ERRORS) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.throws(
        () => parseJson(text, 'f'),
        (error) => error instanceof BuildFileError && error.line === line && reason.test(error.message),
      )
    })
  }
})
