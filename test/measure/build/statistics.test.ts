import assert from 'node:assert/strict'
import {compareTimes, findMedian, type TimedRun} from '../../../src/measure/build/statistics.js'

const runs = (seconds: number[], load = 1): TimedRun[] => seconds.map((one) => ({seconds: one, load}))

describe('findMedian', () => {
  const cases: [values: number[], median: number][] = [
    [[], 0],
    [[3], 3],
    [[3, 1, 2], 2],
    [[1, 2, 3, 10], 2.5],
  ]
  for (const [values, median] of cases)
    it(`of ${values.join(', ') || 'nothing'} is ${median}`, () => assert.equal(findMedian(values), median))
})

describe('compareTimes', () => {
  const cases: [name: string, before: TimedRun[], after: TimedRun[], verdict: string][] = [
    ['ranges apart', runs([5, 5.1, 5.2]), runs([4, 4.1, 4.2]), 'less'],
    ['the same the other way round', runs([4, 4.1, 4.2]), runs([5, 5.1, 5.2]), 'more'],
    ['a fifth of a short build', runs([2.5, 2.52, 2.54]), runs([2.0, 2.02, 2.04]), 'less'],
    ['ranges that overlap', runs([4, 5, 6]), runs([3.9, 4.1, 4.2]), 'same'],
    [
      'ranges that nearly touch: three runs do not show the whole spread',
      runs([4, 4.5, 5]),
      runs([3.2, 3.5, 3.9]),
      'same',
    ],
    ['single runs, however far apart', runs([100]), runs([1]), 'same'],
    [
      'a machine that was half as fast: it may have waited all the time',
      runs([5, 5.1, 5.2]),
      runs([9, 9.1, 9.2], 2),
      'same',
    ],
    ['a real difference on a busy machine', runs([5, 5.1, 5.2]), runs([15, 15.1, 15.2], 2), 'more'],
    ['two machines that were as busy', runs([5, 5.1, 5.2], 2), runs([4, 4.1, 4.2], 2), 'less'],
  ]
  for (const [name, before, after, verdict] of cases)
    it(`tells ${verdict} for ${name}`, () => assert.equal(compareTimes(before, after), verdict))
})
