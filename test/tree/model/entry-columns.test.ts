import assert from 'node:assert/strict'
import {EntryColumns} from '../../../src/tree/model/entry-columns.js'

function columnsOf(names: readonly string[]): EntryColumns {
  const columns = new EntryColumns({entries: 1, nameBytes: 1})
  for (const name of names) columns.push(name, {mode: 0o644, size: 0, modified: 0, modifiedBytes: 0})
  return columns
}

describe('EntryColumns', () => {
  const names = ['aba', 'ba', 'b', 'ab', 'ä', 'xabab', 'aab']
  for (const text of ['a', 'ab', 'ba', 'b', 'ä', 'xabab', 'abab', 'bab', 'nothing']) {
    it(`finds the names that hold ${text}, none across two of them`, () => {
      const expected = [...names.keys()].filter((entry) => names[entry]!.includes(text))
      assert.deepEqual(columnsOf(names).entriesWith(text), expected)
    })
  }

  it('finds nothing in names that were taken off again', () => {
    const columns = columnsOf(['a', 'Dockerfile'])
    columns.length = 1
    assert.deepEqual(columns.entriesWith('ockerfile'), [])
    assert.deepEqual(columnsOf([]).entriesWith('a'), [])
  })
})
