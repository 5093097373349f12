import assert from 'node:assert/strict'
import {rememberReadings} from '../../../src/languages/sources/remember-readings.js'

describe('rememberReadings', () => {
  it('reads a text once, also where nothing was found', () => {
    const read: string[] = []
    const find = rememberReadings((text: string) => {
      read.push(text)
      return text === 'b' ? null : text.length
    })
    assert.deepEqual([find('a'), find('b'), find('a'), find('b')], [1, null, 1, null])
    assert.deepEqual(read, ['a', 'b'])
  })

  it('counts a text once for all readers', () => {
    let count = 0
    const finders = Array.from({length: 4}, () =>
      rememberReadings((text: string) => {
        count++
        return text.length
      }),
    )
    const large = 'y'.repeat(50_000_000)
    for (let turn = 0; turn < 2; turn++) for (const find of finders) find(large)
    assert.equal(count, 4)
  })

  it('forgets what it read where the texts grow large', () => {
    let count = 0
    const find = rememberReadings((text: string) => {
      count++
      return text.length
    })
    const large = 'x'.repeat(70_000_000)
    for (const text of ['a', `${large}1`, `${large}2`, 'a']) find(text)
    assert.equal(count, 4)
  })
})
