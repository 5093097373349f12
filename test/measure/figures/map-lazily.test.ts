import assert from 'node:assert/strict'
import {mapLazily} from '../../../src/measure/figures/map-lazily.js'

describe('mapLazily', () => {
  it('makes no more than is asked for, and anew each time', () => {
    const made: string[] = []
    const list = mapLazily(['a', 'b', 'c'], (item, number) => {
      made.push(item)
      return `${item}${number}`
    })
    assert.deepEqual(made, [])
    for (const item of list) if (item === 'b1') break
    assert.deepEqual(made, ['a', 'b'])
    assert.deepEqual([...list], ['a0', 'b1', 'c2'])
    assert.deepEqual([...list], ['a0', 'b1', 'c2'])
  })
})
