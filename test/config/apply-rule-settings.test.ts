import assert from 'node:assert/strict'
import {applyRuleSettings} from '../../src/config/apply-rule-settings.js'
import type {Finding} from '../../src/report/context-report.js'

const FINDINGS: Finding[] = [
  {rule: 'arrives-empty', severity: 'error', message: 'e', file: 'a', line: 2},
  {rule: 'dead-pattern', severity: 'warning', message: 'w', file: 'a', line: 1},
  {rule: 'slow-negation', severity: 'info', message: 'i', file: 'a', line: 3},
]

describe('applyRuleSettings', () => {
  it('changes nothing without settings', () =>
    assert.deepEqual(applyRuleSettings(FINDINGS, new Map()), FINDINGS))

  it('drops what is off, and orders by the new severities', () => {
    const rules = new Map([
      ['arrives-empty', 'off'],
      ['dead-pattern', 'info'],
      ['slow-negation', 'error'],
    ] as const)
    assert.deepEqual(
      applyRuleSettings(FINDINGS, rules).map(({severity, line}) => `${severity} ${line}`),
      ['error 3', 'info 1'],
    )
    assert.equal(FINDINGS[1]?.severity, 'warning')
  })
})
