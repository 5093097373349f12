import assert from 'node:assert/strict'
import type {BudgetLimits} from '../../../src/config/settings.js'
import {checkBudgets} from '../../../src/measure/budget/check-budgets.js'
import {createBuild} from './create-build.js'

const API = createBuild(
  'api',
  ['src 400 4', 'web/dist 500 3', 'node_modules 900 90', 'docs 50 1', 'empty 0 0'],
  {
    savings: ['node_modules 900 90', 'web/dist/map 300 1'],
    largestEntries: ['web/dist/map 300', 'src/a 200', 'src/b 200'],
  },
)

describe('checkBudgets', () => {
  const rows: [limits: BudgetLimits, actual: number, ok: boolean, relievedBy: string[]][] = [
    [{'max-transfer': 1850}, 1850, true, []],
    [{'max-transfer': 1849}, 1850, false, ['node_modules']],
    [{'max-transfer': 700}, 1850, false, ['node_modules', 'web/dist']],
    [{'max-transfer': 300}, 1850, false, ['node_modules', 'web/dist', 'src']],
    [{'max-transfer': 0}, 1850, false, ['node_modules', 'web/dist', 'src']],
    [{'max-files': 98}, 98, true, []],
    [{'max-files': 5}, 98, false, ['node_modules', 'src']],
    [{'max-transfer': 1400}, 1850, false, ['node_modules']],
    [{'max-rebuild': 100}, 980, false, ['node_modules']],
    [{'max-entry': 300}, 300, true, []],
    [{'max-entry': 250}, 300, false, ['web/dist/map']],
    [{'max-entry': 0}, 300, false, ['web/dist/map', 'src/a', 'src/b']],
  ]
  for (const [limits, actual, ok, relievedBy] of rows) {
    it(`judges ${JSON.stringify(limits)}`, () => {
      const [budget, ...others] = checkBudgets([{build: API, limits}])
      assert.deepEqual(others, [])
      assert.deepEqual(
        [budget?.actual, budget?.ok, budget?.relievedBy.map(({path}) => path)],
        [actual, ok, relievedBy],
      )
      assert.equal(budget?.unit, 'max-files' in limits ? 'files' : 'bytes')
    })
  }

  it('judges each build by its own limits, in one order', () => {
    const builds = [
      {build: API, limits: {'max-entry': 1000, 'max-transfer': 10_000}},
      {build: createBuild('web', []), limits: {'max-entry': 0}},
      {build: createBuild('free', ['a 5']), limits: {}},
    ]
    assert.deepEqual(
      checkBudgets(builds).map(({plan, name, ok}) => `${plan} ${name} ${ok}`),
      ['api max-transfer true', 'api max-entry true', 'web max-entry true'],
    )
  })
})
