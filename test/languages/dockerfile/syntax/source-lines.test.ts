import assert from 'node:assert/strict'
import {
  decodeDockerfile,
  sourceLines,
  trimLineEnd,
} from '../../../../src/languages/dockerfile/syntax/source-lines.js'
import {failureOf} from '../make-scope.js'

describe('sourceLines', () => {
  it('keeps line endings', () => assert.deepEqual([...sourceLines('a\r\n\nb')], ['a\r\n', '\n', 'b']))

  const rows: [title: string, text: string, fits: boolean][] = [
    ['65,535 bytes and a line feed', `${'x'.repeat(65_535)}\n`, true],
    ['65,536 bytes', 'x'.repeat(65_536), false],
    ['65,535 bytes at the end', 'x'.repeat(65_535), true],
    ['65,535 bytes and CRLF', `${'x'.repeat(65_535)}\r\n`, false],
    ['as many in other letters', `${'é'.repeat(32_768)}\n`, false],
  ]
  for (const [title, text, fits] of rows) {
    it(`${fits ? 'accepts' : 'refuses'} ${title}`, () => {
      if (fits) assert.equal([...sourceLines(text)].length, 1)
      else
        assert.equal(
          failureOf(() => [...sourceLines(`a\n${text}`)]),
          '2: the line is longer than 65,535 bytes',
        )
    })
  }

  it('is decoded from UTF-8, one mark dropped', () => {
    assert.equal(decodeDockerfile(new TextEncoder().encode('\ufeff\ufeffa')), '\ufeffa')
    assert.equal(decodeDockerfile('\ufeff\ufeffa'), '\ufeffa')
    assert.equal(decodeDockerfile(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff)), 'a\ufffd')
  })

  it('is trimmed at the end', () => assert.equal(trimLineEnd('a \r\r\n'), 'a '))
})
