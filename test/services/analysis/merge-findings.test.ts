import assert from 'node:assert/strict'
import type {Finding} from '../../../src/report/context-report.js'
import {mergeFindings} from '../../../src/services/analysis/merge-findings.js'

const dead: Finding = {
  rule: 'dead-pattern',
  severity: 'warning',
  message: 'x',
  file: '.dockerignore',
  line: 1,
}
const missing: Finding = {
  rule: 'copy-missing-source',
  severity: 'error',
  message: 'y',
  file: 'Dockerfile',
  line: 2,
}
const inert: Finding = {
  rule: 'inert-ignore-file',
  severity: 'warning',
  message: 'z',
  file: 'api/.dockerignore',
}

describe('mergeFindings', () => {
  it('leaves a single build as it is', () => {
    const findings = [dead, missing]
    assert.deepEqual(mergeFindings([{plan: 'a', prefix: '', findings}], new Set()), findings)
  })

  it('tells once what several have, and names the one that has it alone', () => {
    const parts = [
      {plan: 'a', prefix: '', findings: [dead]},
      {plan: 'b', prefix: '', findings: [dead, missing]},
    ]
    assert.deepEqual(mergeFindings(parts, new Set()), [dead, {...missing, plan: 'b'}])
  })

  it('keeps apart what stands in different contexts', () => {
    const parts = [
      {plan: 'a', prefix: 'api/', findings: [dead]},
      {plan: 'b', prefix: '../web/', findings: [dead]},
    ]
    assert.deepEqual(
      mergeFindings(parts, new Set()).map(({file, plan}) => `${plan} ${file}`),
      ['a api/.dockerignore', 'b ../web/.dockerignore'],
    )
  })

  it('calls no ignore file inert that another build reads', () => {
    const parts = [
      {plan: 'web', prefix: '', findings: [inert]},
      {plan: 'api', prefix: 'api/', findings: []},
    ]
    assert.deepEqual(mergeFindings(parts, new Set(['.dockerignore', 'api/.dockerignore'])), [])
  })
})
