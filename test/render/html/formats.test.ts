import assert from 'node:assert/strict'
import {embedJson} from '../../../src/render/html/embed-json.js'
import {escapeHtml} from '../../../src/render/html/escape-html.js'
import {formatDuration} from '../../../src/render/html/format-duration.js'
import {formatSaving} from '../../../src/render/html/format-saving.js'
import {renderName} from '../../../src/render/html/render-name.js'

describe('formatDuration', () => {
  const cases: [seconds: number, expected: string][] = [
    [0, '0 s'],
    [0.001, '< 0.1 s'],
    [0.44, '0.4 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [119, '1 min 59 s'],
    [3599.7, '1 h'],
    [7500, '2 h 5 min'],
    [3_600_000, '1,000 h'],
  ]
  for (const [seconds, expected] of cases) {
    it(`says ${expected} for ${seconds}`, () => assert.equal(formatDuration(seconds), expected))
  }
})

describe('formatSaving', () => {
  const cases: [before: number, after: number, expected: string][] = [
    [100, 50, '50.0 % less'],
    [100, 100, ''],
    [100, 110, ''],
    [0, 0, ''],
    [1_000_000, 1, '99.9 % less'],
    [1_000_000, 0, '100 % less'],
    [1_000_000, 999_999, '< 0.1 % less'],
  ]
  for (const [before, after, expected] of cases) {
    it(`says "${expected}" for ${before} and ${after}`, () =>
      assert.equal(formatSaving(before, after), expected))
  }
})

describe('escapeHtml', () => {
  const cases: [text: string, expected: string][] = [
    ['a&b', 'a&amp;b'],
    ['<script>"\'', '&lt;script&gt;&quot;&#39;'],
    ['a\u202eb\n\u001b[31m', 'a\\u{202e}b\\n\\e[31m'],
    ['שלום', 'שלום'],
  ]
  for (const [text, expected] of cases) {
    it(`writes ${JSON.stringify(text)} as text`, () => assert.equal(escapeHtml(text), expected))
  }
})

describe('renderName', () => {
  it('isolates the direction of a path and lets it break at its slashes', () => {
    assert.equal(renderName('a/<b'), '<code><bdi>a/<wbr>&lt;b</bdi></code>')
  })
})

describe('embedJson', () => {
  it('ends no script element, and reads back the same', () => {
    const value = {name: '</script><!--\u2028'}
    assert.doesNotMatch(embedJson(value), /[<\u2028]/)
    assert.deepEqual(JSON.parse(embedJson(value)), value)
  })
})
