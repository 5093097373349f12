import assert from 'node:assert/strict'
import {joinContinued} from '../../../src/languages/scripts/join-continued.js'

const ROWS: readonly [text: string, expected: readonly string[]][] = [
  ['a\nb', ['1 a', '2 b']],
  ['a \\\n  b \\\n\tc\nd', ['1 a  b c', '4 d']],
  ['a\\\r\nb\r\nc', ['1 a b', '3 c']],
  ['a \\', ['1 a ']],
]

describe('joinContinued', () => {
  for (const [text, expected] of ROWS)
    it(JSON.stringify(text), () =>
      assert.deepEqual(
        joinContinued(text).map(({text: joined, line}) => `${line} ${joined}`),
        expected,
      ),
    )
})
