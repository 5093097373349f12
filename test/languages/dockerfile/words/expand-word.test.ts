// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {expandWord, expandWords, readName} from '../../../../src/languages/dockerfile/words/expand-word.js'
import {TextCursor} from '../../../../src/languages/dockerfile/words/text-cursor.js'
import {textAt} from '../../../../src/languages/text/range.js'
import {failureOf, makeScope} from '../make-scope.js'

const VARIABLES = {A: 'a', B: 'a b', D: 'a-b-c', E: '', P: 'p/q/r', T: 'a.tar.gz'}

describe('expandWord', () => {
  const rows: [word: string, expanded: string][] = [
    ['plain', 'plain'],
    ['$A', 'a'],
    ['${A}x', 'ax'],
    ['$Ax', ''],
    ['$A.x', 'a.x'],
    ['$', '$'],
    ['a$', 'a$'],
    ['$1a', 'a'],
    ['$$', ''],
    ['$@$#', ''],
    ['\\$A', '$A'],
    ["'$A'", '$A'],
    ['"$A"', 'a'],
    ['"\\$A\\"\\\\\\n"', '$A"\\\\n'],
    ['"$B"', 'a b'],
    ['$B', 'a b'],
    ['a\\', 'a'],
    ['<<A', '<<A'],
    ['${E:-x}', 'x'],
    ['${E-x}', ''],
    ['${N:-x}', 'x'],
    ['${N-x}', 'x'],
    ['${A:+x}', 'x'],
    ['${E:+x}', ''],
    ['${E+x}', 'x'],
    ['${N+x}', ''],
    ['${A:?no}', 'a'],
    ['${E?no}', ''],
    ['${N:-${M:-${A}}}', 'a'],
    ['${N:-"$A }"}', 'a }'],
    ['${T#*.}', 'tar.gz'],
    ['${T##*.}', 'gz'],
    ['${T%.*}', 'a.tar'],
    ['${T%%.*}', 'a'],
    ['${P/\\//_}', 'p_q/r'],
    ['${P//\\//_}', 'p_q_r'],
    ['${D/-/_}', 'a_b-c'],
    ['${D//-/_}', 'a_b_c'],
    ['${D//-/}', 'abc'],
    ['\ufeff$A', 'a'],
    ['é𝒳$A', 'é𝒳a'],
  ]
  for (const [word, expanded] of rows) {
    it(`expands ${JSON.stringify(word)}`, () =>
      assert.equal(expandWord(word, makeScope(VARIABLES)), expanded))
  }

  it('takes the escape character of the file', () => {
    assert.equal(expandWord('`$A\\$A', makeScope(VARIABLES, '`')), '$A\\a')
  })

  const failures: [word: string, message: string][] = [
    ['"a', `1: missing '"' in "\\"a"`],
    ["'a", `1: missing "'" in "'a"`],
    ['${A', '1: missing "}" in "${A"'],
    ['${', '1: missing "}" in "${"'],
    ['${N:-x', '1: missing "}" in "${N:-x"'],
    ['${A/a', '1: missing "/" in "${A/a"'],
    ['${A/a/b', '1: missing "}" in "${A/a/b"'],
    ['${}', '1: bad substitution in "${}": a name must follow "${"'],
    ['${{A}}', '1: bad substitution in "${{A}}": a name must follow "${"'],
    ['${A=b}', '1: unsupported modifier "=" in "${A=b}"'],
    ['${A:#b}', '1: unsupported modifier ":#" in "${A:#b}"'],
    ['${N:?}', '1: N: is not allowed to be unset'],
    ['${E:?}', '1: E: is not allowed to be empty'],
    ['${N?must be set}', '1: N: must be set'],
    ['${T#\\q}', '1: bad pattern "\\\\q": "\\q" is not an escape'],
  ]
  for (const [word, message] of failures) {
    it(`refuses ${JSON.stringify(word)}`, () => {
      assert.equal(
        failureOf(() => expandWord(word, makeScope(VARIABLES))),
        message,
      )
    })
  }

  it('refuses what grows or nests without end', () => {
    const big = {A: 'x'.repeat(600_000)}
    assert.equal(
      failureOf(() => expandWord('$A$A', makeScope(big))),
      '1: "$A$A" expands to more than 1 MiB',
    )
    const nested = '${N:-'.repeat(20_000)
    assert.equal(
      failureOf(() => expandWord(nested, makeScope())),
      '1: variables are nested too deeply',
    )
  })

  it('takes time in proportion to pattern times value', () => {
    const scope = makeScope({A: 'a'.repeat(3000)})
    assert.equal(expandWord(`\${A#${'*a'.repeat(1000)}b}`, scope).length, 3000)
  })
})

describe('expandWords', () => {
  const rows: [text: string, words: string[], written?: string[]][] = [
    ['  a  b ', ['a', 'b']],
    ['$B', ['a', 'b'], ['$B', '$B']],
    ['x$B-y', ['xa', 'b-y'], ['x$B', '$B-y']],
    ['"$B" c', ['a b', 'c'], ['"$B"', 'c']],
    ['a\\ b', ['a b'], ['a\\ b']],
    ["x'y z'", ['xy z'], ["x'y z'"]],
    ['"" a', ['a']],
    ['${N:-a b}', ['a', 'b'], ['${N:-a b}', '${N:-a b}']],
    ['<< EOF', ['<< EOF']],
    ['\ufeffa b', ['a', 'b']],
  ]
  for (const [text, words, written = words] of rows) {
    it(`cuts ${JSON.stringify(text)}`, () => {
      const found = expandWords(text, makeScope(VARIABLES))
      assert.deepEqual(
        found.map(({word, range}) => [word, textAt(text, range)]),
        words.map((word, index) => [word, written[index]]),
      )
    })
  }

  it('keeps quotes, escapes and unset variables when told to', () => {
    const mode = {keepsQuotes: true, keepsEscapes: true, keepsUnset: true}
    const words = expandWords(`'a b' "c\\"" d\\ e $N \${N:-x}`, makeScope(), mode)
    assert.deepEqual(
      words.map(({word}) => word),
      ["'a b'", '"c\\""', 'd\\ e', '$N', '${N:-x}'],
    )
  })
})

describe('readName', () => {
  const rows: [text: string, name: string][] = [
    ['abc_1-x', 'abc_1'],
    ['12a', '12'],
    ['@a', '@'],
    ['été.', 'été'],
    ['.', ''],
    ['', ''],
  ]
  for (const [text, name] of rows) {
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(readName(new TextCursor(text)), name))
  }
})
