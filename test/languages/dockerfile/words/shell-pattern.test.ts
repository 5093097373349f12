// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {
  parseShellPattern,
  replaceAll,
  replaceFirst,
  trimPrefix,
  trimSuffix,
} from '../../../../src/languages/dockerfile/words/shell-pattern.js'
import {fail, failureOf} from '../make-scope.js'

const parse = (pattern: string) => parseShellPattern(pattern, fail)

describe('shell patterns', () => {
  const trims: [value: string, pattern: string, prefix: string, longestPrefix: string][] = [
    ['abab', 'a*b', 'ab', ''],
    ['abab', '*', 'abab', ''],
    ['abab', '?', 'bab', 'bab'],
    ['abab', 'x*', 'abab', 'abab'],
    ['a.b', '.', 'a.b', 'a.b'],
    ['*a', '\\*', 'a', 'a'],
    ['a\nb', '*b', 'a\nb', 'a\nb'],
    ['𝒳a', '?', 'a', 'a'],
  ]
  for (const [value, pattern, prefix, longestPrefix] of trims) {
    it(`takes ${pattern} off the start of ${JSON.stringify(value)}`, () => {
      assert.equal(trimPrefix(value, parse(pattern), false), prefix)
      assert.equal(trimPrefix(value, parse(pattern), true), longestPrefix)
    })
  }

  it('takes it off the end', () => {
    assert.equal(trimSuffix('a.b.c', parse('.*'), false), 'a.b')
    assert.equal(trimSuffix('a.b.c', parse('.*'), true), 'a')
    assert.equal(trimSuffix('a*', parse('\\*'), true), 'a')
  })

  it('replaces the leftmost, longest match', () => {
    assert.equal(replaceFirst('xaabaab', parse('a*b'), '-'), 'x-')
    assert.equal(replaceFirst('abc', parse('b'), '$0'), 'a$0c')
    assert.equal(replaceFirst('abc', parse('z'), '-'), 'abc')
  })

  it('replaces every match, empty ones between characters too', () => {
    assert.equal(replaceAll('a-b-c', parse('-'), '_'), 'a_b_c')
    assert.equal(replaceAll('abc', parse(''), '-'), '-a-b-c-')
    assert.equal(replaceAll('abc', parse('b*'), '-'), 'a-')
  })

  it('fills the marks of a template when it replaces every match', () => {
    assert.equal(replaceAll('ab', parse('?'), '[$0$$${0}$name]'), '[a$a][b$b]')
  })

  for (const pattern of ['\\q', 'a\\']) {
    it(`refuses ${pattern}`, () =>
      assert.match(
        failureOf(() => parse(pattern)),
        /is not an escape/,
      ))
  }
})
