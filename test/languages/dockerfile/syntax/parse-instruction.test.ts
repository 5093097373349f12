import assert from 'node:assert/strict'
import {KEYWORDS, parseInstruction} from '../../../../src/languages/dockerfile/syntax/parse-instruction.js'
import {MappedText} from '../../../../src/languages/text/mapped-text.js'
import {fail} from '../make-scope.js'

describe('parseInstruction', () => {
  const rows: [joined: string, keyword: string, args: string[], isJson?: true][] = [
    ['copy a  b', 'COPY', ['a', 'b']],
    ['COPY\ta\tb ', 'COPY', ['a', 'b']],
    ['COPY "a b" c', 'COPY', ['"a', 'b"', 'c']],
    ['COPY ["a b", "c"] ', 'COPY', ['a b', 'c'], true],
    ['COPY ["a"', 'COPY', ['["a"']],
    ['CMD ["a"] b', 'CMD', ['["a"] b']],
    ['RUN  a   b', 'RUN', ['a   b']],
    ['RUN []', 'RUN', [], true],
    ['ENV a=b c="d e"', 'ENV', ['a=b', 'c="d e"']],
    ['ENV a b=c  d', 'ENV', ['a=b=c  d']],
    ['ARG a b=c', 'ARG', ['a', 'b=c']],
    ['HEALTHCHECK CMD ["a"]', 'HEALTHCHECK', ['CMD', 'a'], true],
    ['HEALTHCHECK cmd a b', 'HEALTHCHECK', ['cmd', 'a b']],
    ['ONBUILD run a', 'ONBUILD', ['run a']],
    ['Foo a', 'Foo', []],
    ['constructor a', 'constructor', []],
  ]
  for (const [joined, keyword, args, isJson = false] of rows) {
    it(`reads ${JSON.stringify(joined)}`, () => {
      const parsed = parseInstruction(MappedText.at(0, joined), '\\', fail)
      assert.deepEqual(
        {keyword: parsed.keyword, flags: parsed.flags, args: parsed.args, isJson: parsed.isJson},
        {keyword, flags: [], args, isJson},
      )
    })
  }

  it('knows the keywords in order', () => assert.deepEqual(KEYWORDS, KEYWORDS.toSorted()))
})
