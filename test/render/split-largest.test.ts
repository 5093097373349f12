import assert from 'node:assert/strict'
import {splitLargest} from '../../src/render/split-largest.js'
import type {OtherPaths} from '../../src/report/context-report.js'
import {createLargest} from '../helpers/report-fixtures.js'

describe('splitLargest', () => {
  const OTHERS = {pathCount: 1_000, fileCount: 900, fileBytes: 90, transferBytes: 100}
  const cases: [
    title: string,
    count: number,
    otherPaths: OtherPaths | undefined,
    shown: number,
    label?: string,
  ][] = [
    ['shows all that fit', 3, undefined, 3],
    ['shows one more rather than a row for a single one', 4, undefined, 4],
    ['sums up two and more', 5, undefined, 3, '2 more'],
    ['counts what is not listed', 5, OTHERS, 3, '1,002 more'],
    ['has a row for what is not listed though all others fit', 2, OTHERS, 2, '1,000 more'],
  ]
  for (const [title, count, otherPaths, shown, label] of cases) {
    it(title, () => {
      const largest = Array.from({length: count}, (_, at) => createLargest(`${at}`, 10, 1))
      const split = splitLargest({largest, ...(otherPaths && {otherPaths})}, 3)
      assert.equal(split.shown.length, shown)
      assert.equal(split.rest?.label, label)
      const wholeBytes = count * 10 + (otherPaths?.transferBytes ?? 0)
      assert.equal(split.wholeBytes, wholeBytes)
      assert.equal(split.shown.length * 10 + (split.rest?.transferBytes ?? 0), wholeBytes)
    })
  }
})
