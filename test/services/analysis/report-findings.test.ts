import assert from 'node:assert/strict'
import type {Finding} from '../../../src/report/context-report.js'
import {mergeFindings} from '../../../src/services/analysis/report-findings.js'
import {Context} from '../../../src/services/project.js'
import {FileTree} from '../../../src/tree/model/file-tree.js'

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

/** A context at a path of the report's. */
function at(prefix: string): Context {
  return new Context({hostPath: '/x', prefix, tree: new FileTree(), hasXattrs: true, problem: null})
}

describe('mergeFindings', () => {
  it('leaves a single build as it is', () => {
    const findings = [dead, missing]
    assert.deepEqual(mergeFindings([{plan: 'a', context: at(''), findings}], new Set()), findings)
  })

  it('tells once what several have, and names the one that has it alone', () => {
    const parts = [
      {plan: 'a', context: at(''), findings: [dead]},
      {plan: 'b', context: at(''), findings: [dead, missing]},
    ]
    assert.deepEqual(mergeFindings(parts, new Set()), [dead, {...missing, plan: 'b'}])
  })

  it('keeps apart what stands in different contexts', () => {
    const parts = [
      {plan: 'a', context: at('api/'), findings: [dead]},
      {plan: 'b', context: at('../web/'), findings: [dead]},
    ]
    assert.deepEqual(
      mergeFindings(parts, new Set()).map(({file, plan}) => `${plan} ${file}`),
      ['a api/.dockerignore', 'b ../web/.dockerignore'],
    )
  })

  it('calls no ignore file inert that another build reads', () => {
    const parts = [
      {plan: 'web', context: at(''), findings: [inert]},
      {plan: 'api', context: at('api/'), findings: []},
    ]
    assert.deepEqual(mergeFindings(parts, new Set(['.dockerignore', 'api/.dockerignore'])), [])
  })
})
