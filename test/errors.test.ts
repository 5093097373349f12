import assert from 'node:assert/strict'
import {SlimCheckError} from '../src/errors.js'

describe('the next step after a write that failed', () => {
  for (const code of ['cannot-write', 'cannot-edit', 'file-not-written'] as const) {
    it(`is to free space where there is none: ${code}`, () => {
      const stepsOf = (reason: string) => new SlimCheckError(code, {path: 'x', reason}).nextSteps
      assert.deepEqual(stepsOf('no space left'), ['Free some space there, and run again'])
      assert.doesNotMatch(stepsOf('permission denied').join(), /space/)
    })
  }
})
