// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
import assert from 'node:assert/strict'
import {interpolate} from '../../../../src/plan/compose/variables/interpolate.js'

const VARIABLES: Record<string, string> = {FOO: 'foo', EMPTY: '', BAR: 'b a r'}

/** What Docker makes of it, asked with `docker buildx bake --print`. */
const ROWS: [text: string, result: string][] = [
  ['$FOO', 'foo'],
  ['${FOO}', 'foo'],
  ['$foo', ''],
  ['$FOO-bar', 'foo-bar'],
  ['$FOO_bar', ''],
  ['${NO:-d}', 'd'],
  ['${NO-d}', 'd'],
  ['${EMPTY:-d}', 'd'],
  ['${EMPTY-d}', ''],
  ['${FOO:+r}', 'r'],
  ['${EMPTY:+r}', ''],
  ['${EMPTY+r}', 'r'],
  ['${NO+r}', ''],
  ['${FOO?x}', 'foo'],
  ['${EMPTY?x}', ''],
  ['$$FOO', '$FOO'],
  ['$$$FOO', '$foo'],
  ['${NO:-${FOO}}', 'foo'],
  ['${NO:-${NO2:-x}}y', 'xy'],
  ['${NO:-a}${FOO}', 'afoo'],
  ['${NO:-a:-b}', 'a:-b'],
  ['${NO:-{}}', '{}'],
  ['${NO:-{"a":"b"}}', '{"a":"b"}'],
  ['${NO:-{a}}x}', '{a}x}'],
  ['${FOO:-}}', 'foo}'],
  ['${NO:-$$x}', '$x'],
  ['${NO:- }x', ' x'],
  ['${NO:+${FOO}}${BAR}', 'b a r'],
  ['{${NO:-x}}', '{x}'],
  ['$1', '$1'],
  ['a$', 'a$'],
  ['a$ b', 'a$ b'],
]

const ERRORS: [text: string, reason: RegExp][] = [
  ['${NO:?must be set}', /^required variable NO is missing a value: must be set$/],
  ['${EMPTY:?${FOO}}', /^required variable EMPTY is missing a value: foo$/],
  ['${NO?}', /^required variable NO is missing a value$/],
  ['${FOO', /^invalid interpolation "\$\{FOO"/],
  ['${}', /^invalid interpolation/],
  ['${1}', /^invalid interpolation/],
  ['${FOO:x}', /^invalid interpolation/],
  ['${FOO%x}', /^invalid interpolation/],
  ['${NO:-a\nb}', /^invalid interpolation/],
  ['${A:-'.repeat(60) + '}'.repeat(60), /nested too deeply/],
  ['$BIG'.repeat(20), /longer than/],
]

describe('interpolate', () => {
  const lookup = (name: string): string | undefined =>
    name === 'BIG' ? 'x'.repeat(100_000) : VARIABLES[name]

  for (const [text, result] of ROWS) {
    it(`reads ${text} as ${JSON.stringify(result)}`, () => {
      assert.equal(interpolate(text, lookup), result)
    })
  }

  for (const [text, reason] of ERRORS) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.throws(() => interpolate(text, lookup), {message: reason})
    })
  }

  it('takes time in proportion to the text', () => {
    assert.equal(interpolate('$'.repeat(400_000), lookup).length, 200_000)
    assert.throws(() => interpolate('${A:-'.repeat(20_000), lookup), /invalid interpolation/)
  })
})
