// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
import assert from 'node:assert/strict'
import {BuildFileError} from '../../../../src/errors.js'
import {parseEnvFile} from '../../../../src/plan/compose/variables/parse-env-file.js'

/** What Docker makes of it, asked with `docker buildx bake --print`. */
const ROWS: [text: string, values: Record<string, string>][] = [
  ['A=1\n', {A: '1'}],
  ['A=1', {A: '1'}],
  ['# c\n\n  A=1 # not\n', {A: '1'}],
  ['A=a#b\nB=#x\n', {A: 'a#b', B: '#x'}],
  ['A=1\r\nB=2\r\n', {A: '1', B: '2'}],
  ['A =  x y  \n', {A: 'x y'}],
  ['A: x\nB: =\nC=b:c\n', {A: 'x', B: '=', C: 'b:c'}],
  ['export A=1\n', {A: '1'}],
  ['A=\nB=2\n', {A: '', B: '2'}],
  ['A=1\nA=2\n', {A: '2'}],
  ['A="x y" # c\nB=2\n', {A: 'x y', B: '2'}],
  ['A="multi\nline"\n', {A: 'multi\nline'}],
  ['A="q\\"q\\n\\$A\\t|"\n', {A: 'q"q\n$A\t|'}],
  ['A="\\0101 \\101 \\x41"\n', {A: 'A \\101 \\x41'}],
  ["A='x $FOO'\nB='it\\'s'\n", {A: 'x $FOO', B: "it's"}],
  ['A=$FOO\nB=${A}-${NO:-d}\nC="$A"\n', {A: 'foo', B: 'foo-d', C: 'foo'}],
  ['A=$\nB=$$A\n', {A: '$', B: '$A'}],
  ['FOO\nNOPE\nA=1\n', {FOO: 'foo', A: '1'}],
  ['A-B=1\nÉ=é\n1A=x\n', {'A-B': '1', É: 'é', '1A': 'x'}],
  ['', {}],
]

const ERRORS: [text: string, line: number, reason: RegExp][] = [
  ['A=1\nB C=1\n', 2, /unexpected "C"/],
  ['A!=1\n', 1, /unexpected "!"/],
  ['\nA="x\n\n', 2, /never closed/],
  ['A=1\nB=${X:?no}\n', 2, /required variable X/],
  [
    Array.from({length: 40}, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}x`).join('\n'),
    21,
    /longer than/,
  ],
]

describe('parseEnvFile', () => {
  const lookup = (name: string): string | undefined => (name === 'FOO' ? 'foo' : undefined)

  for (const [text, values] of ROWS) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(Object.fromEntries(parseEnvFile(text, '.env', lookup)), values)
    })
  }

  for (const [text, line, reason] of ERRORS) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))} at line ${line}`, () => {
      assert.throws(
        () => parseEnvFile(text, '.env', lookup),
        (error) => error instanceof BuildFileError && error.line === line && reason.test(error.message),
      )
    })
  }
})
