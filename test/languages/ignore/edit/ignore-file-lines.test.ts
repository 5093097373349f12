import assert from 'node:assert/strict'
import {
  findDominantEnding,
  joinFile,
  splitFile,
} from '../../../../src/languages/ignore/edit/ignore-file-lines.js'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('splitFile and joinFile', () => {
  for (const text of [
    '',
    '\n',
    'a',
    'a\n',
    'a\r\nb\nc',
    'a\rb\r\r\n',
    '\xef\xbb\xbf',
    '\xef\xbb\xbfa\n',
    '\xff\xfe\0',
  ]) {
    it(`keeps ${JSON.stringify(text)}`, () => {
      assert.deepEqual(joinFile(splitFile(bytes(text))), bytes(text))
    })
  }

  it('reads each line as Docker does', () => {
    const {lines} = splitFile(bytes('\xef\xbb\xbf#c\n /a/ \r\n! b\n\n#\n[a\n\xef\xbb\xbfc'))
    const texts = lines.map(({pattern}) => pattern?.text ?? null)
    assert.deepEqual(texts, [null, 'a', '!b', null, null, null, '\uFEFFc'])
  })
})

describe('findDominantEnding', () => {
  for (const [text, ending] of [
    ['', '\n'],
    ['a', '\n'],
    ['a\r\nb', '\r\n'],
    ['a\r\nb\n', '\n'],
    ['a\r\nb\r\nc\n', '\r\n'],
  ] as const) {
    it(`is ${JSON.stringify(ending)} for ${JSON.stringify(text)}`, () => {
      assert.equal(findDominantEnding(splitFile(bytes(text)).lines), ending)
    })
  }
})
