import assert from 'node:assert/strict'
import fc from 'fast-check'
import {DockerfileError, SlimCheckError} from '../../../../src/errors.js'
import {
  applyEdits,
  editBytes,
  editsOverlap,
  type TextEdit,
} from '../../../../src/languages/dockerfile/edit/apply-edits.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

function edit(start: number, end: number, text: string): TextEdit {
  return {range: {start, end}, text}
}

/** The slow way: one edit after the other, from the last to the first. */
function applyByReference(text: string, edits: readonly TextEdit[]): string {
  const characters = Array.from({length: text.length + 1}, (_, index) => ({
    before: '',
    own: text.charAt(index),
  }))
  for (const {range, text: replacement} of edits) {
    for (let at = range.start; at < range.end; at++) characters[at]!.own = ''
    if (range.start === range.end) characters[range.start]!.before += replacement
  }
  for (const {range, text: replacement} of edits) {
    if (range.start < range.end) characters[range.start]!.own = replacement
  }
  return characters.map(({before, own}) => before + own).join('')
}

const character = fc.constantFrom('a', 'B', ' ', '\\', '\n', '\r\n', '#', 'é', '😀', '\ufeff')
const text = fc.array(character, {maxLength: 30}).map((parts) => parts.join(''))

/** A text and edits of it that may be applied together. */
const scene = text.chain((content) => {
  const places = Array.from({length: content.length + 1}, (_, index) => index).filter(
    (index) => !/^[\udc00-\udfff]/.test(content.slice(index)),
  )
  const replacement = fc.array(character, {maxLength: 3}).map((parts) => parts.join(''))
  return fc
    .tuple(
      fc.array(fc.constantFrom(...places), {maxLength: 12}),
      fc.array(replacement, {minLength: 6, maxLength: 6}),
    )
    .map(([bounds, replacements]) => {
      const sorted = bounds.toSorted((one, other) => one - other)
      const edits: TextEdit[] = []
      for (let index = 0; index + 1 < sorted.length; index += 2) {
        edits.push(edit(sorted[index]!, sorted[index + 1]!, replacements[index / 2]!))
      }
      return {content, edits}
    })
})

describe('applyEdits', () => {
  it('does what the slow way does, whatever the order', () => {
    fc.assert(
      fc.property(scene, ({content, edits}) => {
        const expected = applyByReference(content, edits)
        assert.equal(applyEdits(content, edits), expected)
        const isAmbiguous = edits.some(
          (one, index) =>
            one.range.start === one.range.end &&
            edits.some(
              (other, at) =>
                at !== index && other.range.start === one.range.start && other.range.end === one.range.end,
            ),
        )
        if (!isAmbiguous) assert.equal(applyEdits(content, edits.toReversed()), expected)
      }),
      {numRuns: 1_000},
    )
  })

  it('does the same to bytes, the mark kept', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('', '\ufeff'), ({content, edits}, mark) => {
        // a mark at the start of the text is the file's
        fc.pre(mark !== '' || !content.startsWith('\ufeff'))
        const edited = editBytes(new TextEncoder().encode(mark + content), edits)
        assert.deepEqual(edited, new TextEncoder().encode(mark + applyEdits(content, edits)))
      }),
      {numRuns: 1_000},
    )
  })

  it('leaves every byte outside the ranges, whatever it is', () => {
    const garbage = fc.uint8Array({maxLength: 20}).map((bytes) => bytes.filter((byte) => byte !== 0x0a))
    fc.assert(
      fc.property(garbage, garbage, fc.constantFrom('\n', '\r\n'), (before, after, lineEnd) => {
        const join = (...parts: (string | Uint8Array)[]) =>
          new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))))
        const content = join('#', before, lineEnd, 'RUN é', lineEnd, '#', after)
        const start = new TextDecoder().decode(content).indexOf('RUN')
        const edited = editBytes(content, [edit(start, start + 5, 'RUN ü')])
        assert.deepEqual(edited, join('#', before, lineEnd, 'RUN ü', lineEnd, '#', after))
      }),
    )
  })

  const failures: [title: string, edits: TextEdit[], reason: RegExp][] = [
    ['overlap', [edit(0, 2, 'x'), edit(1, 3, 'y')], /overlaps another/],
    ['are the same', [edit(0, 2, 'x'), edit(0, 2, 'x')], /overlaps another/],
    ['put something into another', [edit(0, 2, 'x'), edit(1, 1, 'y')], /overlaps another/],
    ['leave the text', [edit(3, 7, 'x')], /is not in the text/],
    ['begin before it', [edit(-1, 2, 'x')], /overlaps another/],
    ['end before they begin', [edit(3, 2, 'x')], /is not in the text/],
    ['cut a character', [edit(0, 5, 'x')], /cuts a character/],
  ]
  for (const [title, edits, reason] of failures) {
    it(`refuses edits that ${title}`, () => {
      const isRight = (error: unknown) => error instanceof SlimCheckError && reason.test(error.message)
      assert.throws(() => applyEdits('abcd😀', edits), isRight)
      assert.throws(() => editBytes(Buffer.from('abcd😀'), edits), isRight)
    })
  }

  it('refuses to edit a line that is not UTF-8', () => {
    const content = Buffer.from([0x61, 0x0a, 0x62, 0xff, 0x0a])
    assert.throws(
      () => editBytes(content, [edit(2, 3, 'c')]),
      (error) => error instanceof DockerfileError && error.line === 2,
    )
    assert.deepEqual(editBytes(content, [edit(0, 1, 'c')]), new Uint8Array([0x63, 0x0a, 0x62, 0xff, 0x0a]))
  })

  it('keeps comments, continuations and line endings around an edit', () => {
    const content = '\ufeff# a\r\nFROM b\r\nCOPY --link c \\\r\n  # d\r\n\r\n  e f/ \r\nRUN g\r\n'
    const {text: source, instructions} = parseDockerfile(content)
    const copy = instructions[1]!
    const edited = applyEdits(source, [
      {range: copy.argRanges[1]!, text: 'h i'},
      {range: copy.flags[0]!.range, text: '--chown=1'},
    ])
    assert.equal(edited, '# a\r\nFROM b\r\nCOPY --chown=1 c \\\r\n  # d\r\n\r\n  h i f/ \r\nRUN g\r\n')
  })
})

describe('editsOverlap', () => {
  const rows: [one: TextEdit, other: TextEdit, overlap: boolean][] = [
    [edit(0, 2, ''), edit(2, 3, ''), false],
    [edit(0, 2, ''), edit(1, 3, ''), true],
    [edit(0, 2, ''), edit(1, 1, ''), true],
    [edit(0, 2, ''), edit(2, 2, ''), false],
    [edit(1, 1, ''), edit(1, 1, ''), false],
  ]
  for (const [one, other, overlap] of rows) {
    it(`says ${overlap} for ${JSON.stringify([one.range, other.range])}`, () => {
      assert.equal(editsOverlap(one, other), overlap)
      assert.equal(editsOverlap(other, one), overlap)
    })
  }
})
