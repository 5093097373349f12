import assert from 'node:assert/strict'
import {PlanFigures} from '../../../src/advice/suggest/plan-figures.js'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {createFileTree} from '../../../src/tree/model/tree-from-entries.js'

/** More entries than take one byte for a number, of sizes with one data packet, several and none. */
const FILES = Array.from({length: 400}, (_, number) => ({
  path: `d${Math.floor(number / 40)}/f${number}`,
  mode: 0o644,
  size: (number * 7_919) % 90_000,
  modified: 1,
}))
const TREE = createFileTree([
  ...FILES,
  ...Array.from({length: 10}, (_, number) => ({
    path: `d${number}`,
    mode: 0x80_00_01_ed,
    size: 0,
    modified: 1,
  })),
])
const ROOTS = ['d0', 'd2/f80', 'd3', 'd9', 'd9/f399']

describe('PlanFigures', () => {
  const measure = (ignored: readonly string[]) => {
    const filter = {ignore: ignored.length === 0 ? null : IgnoreRules.of([...ignored]), requested: null}
    const selection = selectEntries(TREE, filter)
    return {filter, selection, transfer: predictTransfer(TREE, selection)}
  }
  const whole = measure([])
  const createFigures = () => new PlanFigures(TREE, whole)

  it('tells what a new measurement says, asked for the first time and for the hundredth', () => {
    const asked = createFigures()
    for (let time = 0; time < 100; time++) asked.measureFall([TREE.find('d0')])
    for (const paths of [...ROOTS.map((one) => [one]), ['d0', 'd3', 'd9/f399']]) {
      const roots = paths.map((one) => TREE.find(one))
      const expected = whole.transfer.sizes.transferBytes - measure(paths).transfer.sizes.transferBytes
      for (const figures of [createFigures(), asked]) {
        assert.deepEqual(figures.measureFall(roots), {bytes: expected, crossingBytes: expected}, paths.join())
      }
    }
  })
})
