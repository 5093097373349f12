import {WorkBudget} from '../../../../src/languages/dockerfile/words/word-scope.js'
import {fail, failureOf} from '../make-scope.js'

describe('WorkBudget', () => {
  it('fails when it is spent', () => {
    const budget = new WorkBudget()
    budget.spend(60_000_000, fail)
    failureOf(() => budget.spend(60_000_000, fail))
  })
})
