import assert from 'node:assert/strict'
import {type FailOn, findFailures, listFailing} from '../../../src/measure/budget/fail-on.js'

const FINDINGS = (['info', 'warning', 'error', 'warning'] as const).map((severity, id) => ({severity, id}))
const SUGGESTIONS = (['safe', 'review', 'blocked'] as const).map((confidence) => ({confidence}))

const rows: [failOn: FailOn, ids: number[], counted: string[]][] = [
  ['error', [2], ['1 error']],
  ['warning', [2, 1, 3], ['1 error', '2 warning']],
  ['suggestion', [], ['1 suggestion']],
  ['never', [], []],
]

describe('what --fail-on looks at', () => {
  for (const [failOn, ids, counted] of rows) {
    it(`${failOn}: ${counted.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(
        listFailing(FINDINGS, failOn).map(({id}) => id),
        ids,
      )
      const failures = findFailures({findings: FINDINGS, suggestions: SUGGESTIONS}, failOn)
      assert.deepEqual(
        failures.map(({count, kind}) => `${count} ${kind}`),
        counted,
      )
    })
  }

  it('counts nothing that is not there', () => {
    assert.deepEqual(findFailures({findings: []}, 'warning'), [])
    assert.deepEqual(findFailures({findings: []}, 'suggestion'), [])
  })
})
