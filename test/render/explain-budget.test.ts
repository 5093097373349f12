import assert from 'node:assert/strict'
import {explainBudget} from '../../src/render/explain-budget.js'
import type {Budget, ContextReport, Suggestion} from '../../src/report/context-report.js'

const MB = 1e6

/** A build that sends 100 MB, with lines that save so much. */
function makeReport(safe: number, review: number[]): ContextReport {
  const figures = (transferBytes: number) => ({transferBytes, fileCount: 1, rebuildTransferBytes: 0})
  const plan = {name: 'api', before: figures(100 * MB), after: figures((100 - safe) * MB), namedContexts: []}
  const suggestions = review.map((saved): Partial<Suggestion> => {
    return {confidence: 'review', savedBytes: 90 * MB, furtherSavedBytes: saved * MB}
  })
  return {plans: [plan], suggestions} as unknown as ContextReport
}

const adviceOf = (report: ContextReport, limit: number, name: Budget['name'] = 'max-transfer') =>
  explainBudget(report, {
    name,
    plan: 'api',
    unit: 'bytes',
    limit: limit * MB,
    actual: 100 * MB,
    ok: false,
    relievedBy: [],
  }).nextStep

describe('what to do about a budget', () => {
  it('names the proved lines where they suffice', () => {
    assert.match(adviceOf(makeReport(60, [30]), 50), /^run again with --write: .* to 40 MB$/)
  })

  it('names the lines to review where they are needed, and counts each for what it adds', () => {
    const advice = adviceOf(makeReport(0, [30, 25]), 50)
    assert.match(advice, /^the \? lines below reduce it to 45 MB: review them, .* --all --write/)
    assert.match(adviceOf(makeReport(10, [30]), 50), /^the \? lines below reduce it to 60 MB/)
  })

  it('names no line to review for a figure that it does not change', () => {
    assert.equal(adviceOf(makeReport(0, [30]), 50, 'max-entry'), 'ignore it, copy less, or raise the limit')
  })

  for (const [name, amounts, relief] of [
    ['max-transfer', [30, 20], 'passes without'],
    ['max-transfer', [30, 19], 'mostly'],
    ['baseline-transfer', [30, 19], 'mostly'],
    ['max-rebuild', [60], 'mostly'],
    ['max-entry', [60], 'passes without'],
  ] as const) {
    it(`says of ${name}, 50 MB over, "${relief}" paths of ${amounts.join(' and ')} MB`, () => {
      const relievedBy = amounts.map((megabytes, at) => ({
        path: `p${at}`,
        transferBytes: megabytes * MB,
        fileCount: 1,
      }))
      const limits = {limit: 50 * MB, actual: 100 * MB, ok: false, relievedBy}
      const budget: Budget = {name, plan: 'api', unit: 'bytes', ...limits}
      assert.equal(explainBudget(makeReport(0, []), budget).relief, relief)
    })
  }
})
