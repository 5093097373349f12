import assert from 'node:assert/strict'
import {cacheRows, compareSteps, predictRow} from './rows.js'

/** Every row: what Docker Engine 28.5 found cached after a change, in memory. */
describe('cache conformance', () => {
  const rows = cacheRows()
  const kinds = new Map<string, typeof rows>()
  for (const row of rows) {
    const kind = row.name.startsWith('public') ? 'generated builds' : 'handwritten builds'
    kinds.set(kind, [...(kinds.get(kind) ?? []), row])
  }
  for (const [kind, group] of kinds) {
    it(`predicts ${group.length} ${kind}`, () => {
      const wrong = group.flatMap((row) => compareSteps(row, predictRow(row)))
      assert.deepEqual(wrong, [])
    })
  }
})
