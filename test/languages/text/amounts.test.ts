import assert from 'node:assert/strict'
import {
  formatBytes,
  formatChange,
  formatRoughly,
  formatSaving,
  formatSeconds,
  formatShare,
} from '../../../src/languages/text/amounts.js'

const ROWS: [actual: string, expected: string][] = [
  [formatBytes(0), '0 B'],
  [formatBytes(999), '999 B'],
  [formatBytes(999_499), '999 kB'],
  [formatBytes(999_999), '1 MB'],
  [formatBytes(999_999_999), '1 GB'],
  [formatBytes(10 ** 15), '1 PB'],
  [formatBytes(10 ** 15, true), '1,000,000,000,000,000 B'],
  [formatShare(0, 0), '0 %'],
  [formatShare(1, 1000), '<1 %'],
  [formatShare(999, 1000), '>99 %'],
  [formatShare(1, 1), '100 %'],
  [formatChange(0, 5), ''],
  [formatChange(5, 5), ''],
  [formatChange(1000, 15), '98.5 % less'],
  [formatChange(10 ** 9, 1), '>99.9 % less'],
  [formatChange(10 ** 9, 0), '100.0 % less'],
  [formatChange(1_005_001, 1_004_999), '<0.1 % less'],
  [formatChange(10 ** 9, 10 ** 9 - 1), '1 B less'],
  [formatChange(22_000, 22_045), '45 B more'],
  [formatChange(100, 150), '50.0 % more'],
  [formatSaving(100, 50), '50.0 % less'],
  [formatSaving(100, 110), ''],
  [formatSaving(0, 0), ''],
  [formatSeconds(0), '0 s'],
  [formatSeconds(0.01), '<0.1 s'],
  [formatRoughly(0.01), '<0.1 s'],
  [formatRoughly(65), 'about 65 s'],
  [formatSeconds(2.54), '2.5 s'],
  [formatSeconds(9.96), '10 s'],
  [formatSeconds(65), '65 s'],
  [formatSeconds(198), '3 min 18 s'],
  [formatSeconds(119.7), '2 min'],
  [formatSeconds(3599.9), '60 min'],
  [formatSeconds(7500), '2 h 5 min'],
  [formatSeconds(90_000), '1 d 1 h'],
]

describe('amounts in words', () => {
  for (const [actual, expected] of ROWS) it(expected, () => assert.equal(actual, expected))
})
