import assert from 'node:assert/strict'
import {embedJson, escapeHtml, renderName} from '../../../src/render/html/escape-html.js'

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
