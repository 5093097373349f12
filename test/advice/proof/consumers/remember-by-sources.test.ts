import assert from 'node:assert/strict'
import {rememberBySources} from '../../../../src/advice/proof/consumers/remember-by-sources.js'

describe('rememberBySources', () => {
  it('makes it once for a list, also where that is null', () => {
    let count = 0
    const read = rememberBySources((sources) => {
      count++
      return sources.length === 0 ? null : sources.length
    })
    const lists = [[], [{path: 'a', text: ''}], [{path: 'a', text: ''}]]
    assert.deepEqual([...lists, ...lists].map(read), [null, 1, 1, null, 1, 1])
    assert.equal(count, 3)
  })
})
