import assert from 'node:assert/strict'
import type {ConfigSmoke} from '../../../src/config/slim-check-config.js'
import {readSmokeChecks, type SmokeCheck} from '../../../src/config/smoke-check.js'
import {
  isExecImpossible,
  judgePath,
  judgeRun,
  judgeStop,
  judgeUser,
  readListeningPorts,
  type SmokeOutcome,
} from '../../../src/measure/smoke/judge-smoke.js'

function check<K extends SmokeCheck['kind']>(kind: K, given: ConfigSmoke): SmokeCheck & {kind: K} {
  const [first] = readSmokeChecks(given)
  assert.equal(first?.kind, kind)
  return first as SmokeCheck & {kind: K}
}

describe('judgeRun', () => {
  const outcome: SmokeOutcome = {status: 0, output: 'ledger 1.2\n', seconds: 1, isLate: false}
  const cases: [
    name: string,
    given: ConfigSmoke,
    more: Partial<typeof outcome> | {status: null},
    status: string,
    detail: RegExp,
  ][] = [
    ['a command that ends with 0', {run: 'a'}, {}, 'passed', /^ledger 1\.2$/],
    [
      'output that matches, at any line',
      {run: 'a', output: '^ledger \\d'},
      {output: 'x\nledger 2\n'},
      'passed',
      /./,
    ],
    ['output that does not match', {run: 'a', output: '^1'}, {}, 'failed', /"ledger 1\.2".*\^1$/],
    ['another status', {run: 'a'}, {status: 1, output: 'oh\n'}, 'failed', /exit status was 1, not 0: oh$/],
    ['a status that is wanted', {run: 'a', status: 3}, {status: 3}, 'passed', /./],
    ['a program that is not there', {run: ['x'], status: 127}, {status: 127}, 'passed', /./],
    [
      'what docker itself refuses',
      {run: 'a'},
      {status: 125, output: 'no such network\n'},
      'failed',
      /docker.*no such network/,
    ],
    ['what takes too long', {run: 'a', within: '2s'}, {isLate: true}, 'failed', /after 2 s/],
    ['what did not start', {run: 'a'}, {status: null, output: 'spawn docker ENOENT'}, 'failed', /ENOENT/],
  ]
  for (const [name, given, more, status, detail] of cases) {
    it(`tells ${status} for ${name}`, () => {
      const verdict = judgeRun(check('run', given), {...outcome, ...more})
      assert.equal(verdict.status, status)
      assert.match(verdict.detail, detail)
    })
  }
})

describe('judgePath', () => {
  const cases: [given: ConfigSmoke, isThere: boolean | null, status: string][] = [
    [{files: ['/a']}, true, 'passed'],
    [{files: ['/a']}, false, 'failed'],
    [{absent: ['/a']}, false, 'passed'],
    [{absent: ['/a']}, true, 'failed'],
    [{absent: ['/a']}, null, 'skipped'],
  ]
  for (const [given, isThere, status] of cases)
    it(`tells ${status} for ${JSON.stringify(given)} where that is ${isThere}`, () =>
      assert.equal(judgePath(check('files', given), isThere, '').status, status))
})

describe('judgeUser', () => {
  const cases: [wanted: string, actual: string, status: string][] = [
    ['root', '', 'passed'],
    ['root', '0:0', 'passed'],
    ['0', 'root', 'passed'],
    ['node', 'node:node', 'passed'],
    ['node:app', 'node', 'failed'],
    ['1000', 'root', 'failed'],
  ]
  for (const [wanted, actual, status] of cases)
    it(`tells ${status} for ${wanted} where it is "${actual}"`, () =>
      assert.equal(judgeUser(check('user', {user: wanted}), actual).status, status))
})

describe('judgeStop', () => {
  const cases: [seconds: number, exitCode: number | null, status: string][] = [
    [0.3, 0, 'passed'],
    [0.3, 143, 'passed'],
    [0.3, 137, 'failed'],
    [2.5, 0, 'failed'],
    [3, null, 'failed'],
  ]
  for (const [seconds, exitCode, status] of cases)
    it(`tells ${status} for ${exitCode} after ${seconds} s of 2`, () =>
      assert.equal(judgeStop(check('stop', {stop: '2s'}), seconds, exitCode).status, status))
})

describe('readListeningPorts', () => {
  it('takes sockets that listen, of both tables', () => {
    const table = `  sl  local_address rem_address   st tx_queue
   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
   1: 0100007F:0050 0100007F:1F91 01 00000000:00000000 00:00000000 00000000     0        0 2 1
  sl  local_address                         remote_address                        st
   0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000
cat: can't open '/proc/net/x'`
    assert.deepEqual([...readListeningPorts(table)], [8080, 443])
  })
})

describe('isExecImpossible', () => {
  const cases: [output: string, isImpossible: boolean][] = [
    ['OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd', true],
    ['wget: server returned error: HTTP/1.1 500', false],
    ['', false],
  ]
  for (const [output, isImpossible] of cases)
    it(`is ${isImpossible} for "${output}"`, () => assert.equal(isExecImpossible(output), isImpossible))
})
