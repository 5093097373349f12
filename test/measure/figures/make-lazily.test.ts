import assert from 'node:assert/strict'
import {makeLazily} from '../../../src/measure/figures/make-lazily.js'

describe('makeLazily', () => {
  it('makes a list when it is first gone through, and only then', () => {
    let count = 0
    const list = makeLazily(() => {
      count++
      return ['a', 'b']
    })
    assert.equal(count, 0)
    assert.deepEqual(
      [[...list], [...list]],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    )
    assert.equal(count, 1)
  })
})
