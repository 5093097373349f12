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
      const counted = DistinctNames.of(columns)
      const numbers = Uint32Array.from(names, (_, entry) => counted.numberOf(entry))
      for (const distinct of [counted, DistinctNames.numbered(columns, numbers)])
        check(distinct, names, count)
    })
  }

  function check(distinct: DistinctNames, names: readonly (string | Uint8Array)[], count: number): void {
    assert.equal(distinct.count, count)
    for (const [index, name] of names.entries()) {
      assert.equal(distinct.textOf(distinct.numberOf(index)), Buffer.from(name).toString('utf8'))
      assert.equal(distinct.find(Buffer.from(name)), distinct.numberOf(index))
      assert.ok(distinct.bearersOf(distinct.numberOf(index)).includes(index))
    }
    const lists = Array.from({length: count}, (_, number) => [...distinct.bearersOf(number)])
    assert.ok(lists.every((list) => list.every((entry, at) => at === 0 || list[at - 1]! < entry)))
    assert.equal(lists.flat().length, names.length)
    assert.equal(distinct.find(Buffer.from('not there')), -1)
    const sorted = (numbers: number[]) => numbers.toSorted((one, other) => one - other)
    assert.deepEqual(distinct.bearersOfAny(distinct.filter(() => true)), sorted(lists.flat()))
  }

  it('takes in one more entry, of a new name or a known one', () => {
    for (const name of ['new', 'b']) {
      const columns = new EntryColumns()
      const push = (one: string) => columns.push(one, {mode: 0o644, size: 0, modified: 0, modifiedBytes: 9})
      for (const one of ['a', 'b', 'c', 'b']) push(one)
      const before = DistinctNames.of(columns)
      const after = new EntryColumns()
      for (const one of ['a', name, 'b', 'c', 'b'])
        after.push(one, {mode: 0o644, size: 0, modified: 0, modifiedBytes: 9})
      const distinct = before.withEntry(after, 1)
      const texts = Array.from({length: 5}, (_, entry) => distinct.textOf(distinct.numberOf(entry)))
      assert.deepEqual(texts, ['a', name, 'b', 'c', 'b'])
      assert.deepEqual(
        [...distinct.bearersOf(distinct.find(Buffer.from('b')))],
        name === 'b' ? [1, 2, 4] : [2, 4],
      )
      assert.equal(distinct.count, name === 'b' ? 3 : 4)
    }
  })
})
