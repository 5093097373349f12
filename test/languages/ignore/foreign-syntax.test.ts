import assert from 'node:assert/strict'
import {findForeignSyntax} from '../../../src/languages/ignore/foreign-syntax.js'

const ROWS: readonly [text: string, expected: ReturnType<typeof findForeignSyntax>][] = [
  ['node_modules', null],
  ['../x', {kind: 'parent'}],
  ['..', {kind: 'parent'}],
  ['..x', null],
  ['~/x', {kind: 'home'}],
  ['~x', null],
  ['$HOME/x', {kind: 'variable'}],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a pattern as people write it
  ['${HOME}/x', {kind: 'variable'}],
  ['%TEMP%/x', {kind: 'variable'}],
  ['price$', null],
  ['{a,b}.txt', {kind: 'braces', lines: ['a.txt', 'b.txt']}],
  ['{a,b}/{c,d}', {kind: 'braces', lines: ['a/c', 'a/d', 'b/c', 'b/d']}],
  ['a{2}', null],
  ['{1,2,3,4,5,6,7,8,9}', null],
  ['"a b"', {kind: 'quotes', unquoted: 'a b'}],
  ["'a'", {kind: 'quotes', unquoted: 'a'}],
  ['bin\\Debug', {kind: 'backslash', slashed: 'bin/Debug'}],
  ['**\\obj', {kind: 'backslash', slashed: '**/obj'}],
  ['src\\\\app', {kind: 'backslash', slashed: 'src/app'}],
  ['\\#notes', null],
  ['a\\*b', {kind: 'backslash', slashed: 'a/*b'}],
  ['a\\[b', null],
]

describe('findForeignSyntax', () => {
  for (const [text, expected] of ROWS) {
    it(`${text} is ${expected?.kind ?? 'as Docker reads it'}`, () =>
      assert.deepEqual(findForeignSyntax(text), expected))
  }
})
