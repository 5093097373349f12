import assert from 'node:assert/strict'
import {writeImageReasons} from '../../../src/render/image/write-comparison.js'
import type {ImageReport, LayerComparison} from '../../../src/report/image-report.js'

const REASONLESS = {was: null, wasBytes: null, reason: null, changedCount: 0, changedBytes: 0, examples: []}

const bytes = (count: number) => `${count} B`

/** Layers from the lowest, layers that are gone, and the lines. */
const ROWS: [string, Partial<LayerComparison>[], number, string[]][] = [
  ['what is the same is left out', [{status: 'same'}, {status: 'new'}], 0, ['layer 2: new']],
  [
    'layers that follow one another and have one reason are one line',
    [
      {status: 'same'},
      {status: 'new'},
      {status: 'new'},
      {status: 'changed', reason: 'times'},
      {status: 'new'},
    ],
    0,
    ['layers 2-3: new', 'layer 4: rebuilt: the same files with other times', 'layer 5: new'],
  ],
  [
    'a layer that is the same between two stands between two lines',
    [{status: 'new'}, {status: 'same'}, {status: 'new'}],
    0,
    ['layer 1: new', 'layer 3: new'],
  ],
  ['what is gone comes last', [{status: 'new'}], 2, ['layer 1: new', '2 layers of it are no longer there']],
]

describe('why layers are pulled again', () => {
  for (const [title, given, removedCount, lines] of ROWS) {
    it(title, () => {
      const layers = given.map((layer, index) => ({...REASONLESS, ...layer, index}))
      const removed = Array.from({length: removedCount}, () => ({}))
      const image = {compare: {layers, removed}} as unknown as ImageReport
      assert.deepEqual(writeImageReasons(image, bytes, 10), lines)
    })
  }
})
