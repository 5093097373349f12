import assert from 'node:assert/strict'
import {listGoals, readMakefile} from '../../../src/languages/scripts/read-makefile.js'

const ROWS: [text: string, expected: string[]][] = [
  ['a: b\n\techo 1\n', ['a:2 echo 1']],
  ['a b &: c\n\t@-echo $$HOME\n', ['a:2 echo $HOME', 'b:2 echo $HOME']],
  ['X := 1\nY ?= $\u007bX}2\na:\n\techo $(Y) $(Z)\n', ['a:4 echo 12 $Z']],
  ['a:\n\techo 1 \\\n\t  2\n\n\techo 3\n', ['a:2 echo 1  2', 'a:5 echo 3']],
  ['\techo nowhere\nX = a:b\n', []],
  ['X = $(X)\na:\n\techo $(X)\n', ['a:3 echo $(X)']],
  ['a:\n\tcp $@ $$@\n\tcp $$@\n', ['a:2 cp x $@ (automatic)', 'a:3 cp $@']],
  ['a:\r\n\techo 1\r\n', ['a:2 echo 1']],
]

describe('readMakefile', () => {
  for (const [text, expected] of ROWS) {
    it(JSON.stringify(text), () => {
      const found = listGoals(readMakefile([text])).flatMap(({name, lines}) =>
        lines.map((line) => `${name}:${line.line} ${line.text}${line.isAutomatic ? ' (automatic)' : ''}`),
      )
      assert.deepEqual(found, expected)
    })
  }
})
