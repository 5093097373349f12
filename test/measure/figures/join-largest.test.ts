import assert from 'node:assert/strict'
import type {Largest} from '../../../src/measure/figures/find-largest.js'
import {joinLargest} from '../../../src/measure/figures/join-largest.js'
import {createLargest} from '../../helpers/report-fixtures.js'

describe('joinLargest', () => {
  const NO_OTHERS = {pathCount: 0, fileCount: 0, fileBytes: 0, transferBytes: 0}
  const OTHERS = {pathCount: 3, fileCount: 2, fileBytes: 5, transferBytes: 8}
  const create = (paths: Record<string, number>, otherPaths = NO_OTHERS): Largest => ({
    largest: Object.entries(paths).map(([path, bytes]) => createLargest(path, bytes, 1)),
    otherPaths,
  })

  const cases: [title: string, ofContexts: Largest[], paths: string[], otherPaths?: Largest['otherPaths']][] =
    [
      ['keeps the paths of one context', [create({a: 3, b: 2})], ['a', 'b']],
      ['puts those of several in one order', [create({a: 3, b: 1}), create({'x/c': 2})], ['a', 'x/c', 'b']],
      [
        'lists no more than one context may have',
        [create({a: 9, b: 4}), create({'x/c': 5, 'x/d': 2}, OTHERS)],
        ['a', 'x/c', 'b'],
        {
          pathCount: 4,
          fileCount: 3,
          fileBytes: OTHERS.fileBytes + createLargest('x/d', 2, 1).fileBytes,
          transferBytes: 10,
        },
      ],
      ['tells of what is not listed', [create({a: 3}, OTHERS), create({b: 2})], ['a', 'b'], OTHERS],
      [
        'adds up what is not listed in several',
        [create({}, OTHERS), create({}, OTHERS)],
        [],
        {pathCount: 6, fileCount: 4, fileBytes: 10, transferBytes: 16},
      ],
    ]
  for (const [title, ofContexts, paths, otherPaths] of cases) {
    it(title, () => {
      const joined = joinLargest(ofContexts, 3)
      assert.deepEqual(
        joined.largest.map(({path}) => path),
        paths,
      )
      assert.deepEqual(joined.otherPaths, otherPaths)
    })
  }
})
