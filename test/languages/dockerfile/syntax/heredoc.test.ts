import assert from 'node:assert/strict'
import {
  findHeredocMarks,
  heredocBody,
  parseHeredocMark,
} from '../../../../src/languages/dockerfile/syntax/heredoc.js'
import {textAt} from '../../../../src/languages/text/range.js'
import {fail, failureOf} from '../make-scope.js'

describe('heredocs', () => {
  const rows: [line: string, marks: string[]][] = [
    ['RUN <<A', ['A']],
    ['RUN << A x', ['A']],
    ['RUN 3<<A <<-B', ['A', 'B-']],
    [`COPY <<'A' <<"B" <<C'D' /x`, ["A'", "B'", "CD'"]],
    ['RUN x<<A', []],
    ['RUN <<<A', []],
    ['RUN "<<A"', []],
    ['RUN <<', []],
    ['RUN <<$A', ['$A']],
    ["RUN it's <<A", []],
  ]
  for (const [line, expected] of rows) {
    it(`finds those of ${line}`, () => {
      const marks = findHeredocMarks(line, fail)
      const shown = marks.map(
        ({name, isChomped, isExpanded}) => name + (isChomped ? '-' : '') + (isExpanded ? '' : "'"),
      )
      assert.deepEqual(shown, expected)
      for (const {name, range} of marks) {
        const written = textAt(line, range)
        assert.match(written, /^\d*<</)
        assert.ok(written.replaceAll(/['"]/g, '').endsWith(name), written)
      }
    })
  }

  it('takes a broken delimiter for an error in a line, for a plain word in an argument', () => {
    assert.equal(parseHeredocMark("<<'A"), null)
    assert.match(
      failureOf(() => parseHeredocMark("<<'A", fail)),
      /bad heredoc delimiter/,
    )
  })

  it('drops leading tabs after <<-', () => {
    const content = '\t\ta\n\n\tb\tc\r\td\n'
    assert.equal(heredocBody({content, isChomped: true}), 'a\n\nb\tc\r\td\n')
    assert.equal(heredocBody({content, isChomped: false}), content)
  })

  it('reads a long line of blanks in linear time', () => {
    assert.deepEqual(findHeredocMarks(`RUN <<${' '.repeat(1_000_000)}x<`, fail), [])
  })
})
