import assert from 'node:assert/strict'
import {evaluateExpression} from '../../../src/plan/workflow/evaluate-expression.js'

const VALUES: Record<string, string> = {'matrix.image': 'a/single-process', 'inputs.empty': '', 'env.N': '3'}

const ROWS: [expression: string, expected: string | undefined][] = [
  ["'it''s'", "it's"],
  ['matrix.image', 'a/single-process'],
  ["matrix['image']", 'a/single-process'],
  ['github.sha', undefined],
  ["inputs.empty || 'x'", 'x'],
  ["matrix.image || 'x'", 'a/single-process'],
  ["github.sha || 'x'", undefined],
  ["inputs.empty && github.sha || 'x'", 'x'],
  ["contains(matrix.image, 'Single') && 'one' || 'many'", 'one'],
  ["startsWith(matrix.image, 'b') && 'one' || 'many'", 'many'],
  ["endsWith(matrix.image, 'process')", 'true'],
  ["matrix.image == 'A/single-process'", 'true'],
  ['env.N != 3', 'false'],
  ["!(env.N == 3 || github.sha == 'x')", 'false'],
  ["!(env.N == 4 || github.sha == 'x')", undefined],
  ['!inputs.empty', 'true'],
  ["format('{0}:{1} {{x}}', matrix.image, env.N)", 'a/single-process:3 {x}'],
  ["fromJSON('[1]')", undefined],
  ['matrix.*.x', undefined],
  ["'open", undefined],
  ['a b', undefined],
  ['((', undefined],
  ['', undefined],
  [`${'('.repeat(5000)}1`, undefined],
]

describe('evaluateExpression', () => {
  for (const [expression, expected] of ROWS) {
    it(`evaluates ${expression.slice(0, 60)}`, () => {
      assert.equal(
        evaluateExpression(expression, (path) => VALUES[path.join('.')]),
        expected,
      )
    })
  }
})
