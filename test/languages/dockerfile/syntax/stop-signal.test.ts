import assert from 'node:assert/strict'
import {isSignal} from '../../../../src/languages/dockerfile/syntax/stop-signal.js'

describe('isSignal', () => {
  for (const signal of ['9', 'KILL', 'SIGTERM', 'sigint', 'RTMIN+3', 'SIGRTMAX-14']) {
    it(`accepts ${signal}`, () => assert.ok(isSignal(signal)))
  }
  for (const signal of ['', '0', 'FOO', 'RTMIN+16']) {
    it(`refuses ${JSON.stringify(signal)}`, () => assert.ok(!isSignal(signal)))
  }
})
