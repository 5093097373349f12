import assert from 'node:assert/strict'
import {findTemplateSign} from '../../src/plan/find-template-sign.js'

const ROWS: [text: string, line: number, sign: string | null][] = [
  ['FROM a\n{%- if x %}\nRUN b\n{% endif %}', 3, '{%'],
  ['FROM a:{{ version }} b c', 1, '{{'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Maven fills it in
  ['FROM a\nCOPY ${pkg.name}.deb /tmp/', 2, '${pkg.name}'],
  ['FROM <%= base %>', 1, '<%'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker fills it in
  ['FROM a\nCOPY ${A:-b.c} /', 2, null],
  ["FROM a\nRUN docker ps --format '{{.ID}}'\nCOPPY a /", 3, null],
]

describe('findTemplateSign', () => {
  for (const [text, line, sign] of ROWS) {
    it(`finds ${sign} in ${JSON.stringify(text)}`, () => assert.equal(findTemplateSign(text, line), sign))
  }
})
