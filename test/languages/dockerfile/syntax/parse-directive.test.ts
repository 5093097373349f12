import assert from 'node:assert/strict'
import {parseDirective} from '../../../../src/languages/dockerfile/syntax/parse-directive.js'

describe('parseDirective', () => {
  const rows: [line: string, directive: [name: string, value: string] | null][] = [
    ['# syntax=docker/dockerfile:1', ['syntax', 'docker/dockerfile:1']],
    ['#ESCAPE =  ` ', ['escape', '`']],
    ['# check=skip=all;error=true', ['check', 'skip=all;error=true']],
    ['# foo=bar', null],
    ['# a comment', null],
    ['#syntax=', null],
    ['FROM a', null],
    ['', null],
  ]
  for (const [line, expected] of rows) {
    it(`reads ${JSON.stringify(line)}`, () => {
      const directive = parseDirective(line, 1)
      assert.deepEqual(directive && [directive.name, directive.value], expected)
    })
  }
})
