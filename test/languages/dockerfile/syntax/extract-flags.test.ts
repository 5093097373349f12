import assert from 'node:assert/strict'
import {extractFlags} from '../../../../src/languages/dockerfile/syntax/extract-flags.js'

describe('extractFlags', () => {
  const rows: [text: string, flags: string[], rest: string][] = [
    ['a --b', [], 'a --b'],
    ['--a --b=c  d', ['--a', '--b=c'], 'd'],
    ['--a="b c" d', ['--a=b c'], 'd'],
    ['--a=b\\ c\\" d', ['--a=b c"'], 'd'],
    ['--a', ['--a'], ''],
    ['--a -- --b c', ['--a'], ' --b c'],
    ['-a b', [], '-a b'],
    ['--a é', ['--a'], 'é'],
    ['--a=é b', ['--a=Ã©'], 'b'],
  ]
  for (const [text, flags, rest] of rows) {
    it(`reads ${text}`, () => assert.deepEqual(extractFlags(text, '\\'), {flags, rest}))
  }
})
