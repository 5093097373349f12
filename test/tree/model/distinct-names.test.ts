import assert from 'node:assert/strict'
import {DistinctNames} from '../../../src/tree/model/distinct-names.js'
import {EntryColumns} from '../../../src/tree/model/entry-columns.js'

describe('DistinctNames', () => {
  const tables: [names: (string | Uint8Array)[], count: number][] = [
    [[], 0],
    [['a'], 1],
    [['a', 'b', 'a', 'ab', 'a'], 3],
    [['é', 'e\u0301', 'é'], 2],
    // Two different bytes that are not UTF-8 look alike and are not.
    [[Buffer.from([0xe9]), Buffer.from([0xe8])], 2],
    [Array.from({length: 5_000}, (_, number) => `file${number % 1_250}.js`), 1_250],
  ]
  for (const [names, count] of tables) {
    it(`finds ${count} among ${names.length}`, () => {
      const columns = new EntryColumns()
      for (const name of names) columns.push(name, {mode: 0o644, size: 0, modified: 0, modifiedBytes: 9})
      const distinct = new DistinctNames(columns)
      assert.equal(distinct.count, count)
      for (const [index, name] of names.entries()) {
        assert.equal(distinct.textOf(distinct.numberOf(index)), Buffer.from(name).toString('utf8'))
      }
    })
  }
})
