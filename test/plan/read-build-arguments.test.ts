import assert from 'node:assert/strict'
import {readBuildArguments} from '../../src/plan/read-build-arguments.js'

describe('readBuildArguments', () => {
  const rows: [given: string[], read: [name: string, value: string][]][] = [
    [
      ['A=1', 'B=2'],
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    [['A=x=y'], [['A', 'x=y']]],
    [['A='], [['A', '']]],
    [['A=1', 'A=2'], [['A', '2']]],
    [['HERE'], [['HERE', 'from outside']]],
    [['ABSENT'], []],
    // Names that every object knows.
    [['toString', 'constructor', '__proto__'], []],
    [
      ['__proto__=1', 'toString=2'],
      [
        ['__proto__', '1'],
        ['toString', '2'],
      ],
    ],
  ]
  for (const [given, read] of rows) {
    it(`reads ${given.join(' ')}`, () => {
      assert.deepEqual(Object.entries(readBuildArguments(given, {HERE: 'from outside'})), read)
    })
  }
})
