import assert from 'node:assert/strict'
import {checkPort, isSignal} from '../../../../src/languages/dockerfile/syntax/check-values.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {fail, failureOf} from '../make-scope.js'

describe('checkHealthcheck', () => {
  const accepted = [
    'NONE',
    'none',
    'CMD a',
    'CMD ["a"]',
    '--interval=1m30.5s --timeout=0 --retries=3 CMD a',
    '--x NONE',
  ]
  for (const rest of accepted) it(`accepts ${rest}`, () => void parseDockerfile(`HEALTHCHECK ${rest}`))

  const failures: [rest: string, message: string][] = [
    ['', 'HEALTHCHECK needs at least one argument'],
    ['NONE a', 'HEALTHCHECK NONE takes no arguments'],
    ['a', 'unknown HEALTHCHECK type "a": write CMD or NONE'],
    ['CMD', 'HEALTHCHECK CMD needs a command'],
    ['--interval=1x CMD a', 'flag "--interval" is not a duration such as 30s: "1x"'],
    ['--interval=0.5ms CMD a', 'flag "--interval" is shorter than 1ms'],
    ['--timeout=-1s CMD a', 'flag "--timeout" is shorter than 1ms'],
    ['--retries=-1 CMD a', 'flag "--retries" is not a count: "-1"'],
  ]
  for (const [rest, message] of failures) {
    it(`refuses ${JSON.stringify(rest)}`, () => {
      assert.equal(
        failureOf(() => parseDockerfile(`HEALTHCHECK ${rest}`)),
        `1: ${message}`,
      )
    })
  }
})

describe('checkPort', () => {
  for (const port of ['80', '80/tcp', '80/UDP', '80-90', '8080:80', '127.0.0.1:80:80', '0']) {
    it(`accepts ${port}`, () => checkPort(port, fail))
  }
  for (const port of ['', 'x', '80/x', '90-80', '65536', '80-', '80-81-82', '-1', 'x:80']) {
    it(`refuses ${JSON.stringify(port)}`, () => void failureOf(() => checkPort(port, fail)))
  }
})

describe('isSignal', () => {
  for (const signal of ['9', 'KILL', 'SIGTERM', 'sigint', 'RTMIN+3', 'SIGRTMAX-14']) {
    it(`accepts ${signal}`, () => assert.ok(isSignal(signal)))
  }
  for (const signal of ['', '0', 'FOO', 'RTMIN+16']) {
    it(`refuses ${JSON.stringify(signal)}`, () => assert.ok(!isSignal(signal)))
  }
})
