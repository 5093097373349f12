import assert from 'node:assert/strict'
import stringWidth from 'string-width'
import {measureWidth} from '../../../src/render/terminal/measure-width.js'

describe('measureWidth', () => {
  it('agrees with the library on every character, alone and after a letter', () => {
    for (let unit = 0x20; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      for (const text of [character, `a${character}`])
        if (measureWidth(text) !== stringWidth(text)) assert.fail(`U+${unit.toString(16)}`)
    }
  })
})
