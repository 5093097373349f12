import assert from 'node:assert/strict'
import {readMakefile} from '../../../src/plan/ci/read-makefile.js'

const ROWS: [text: string, expected: string[]][] = [
  ['a: b\n\techo 1\n', ['a:2 echo 1']],
  ['a b &: c\n\t@-echo $$HOME\n', ['a b &:2 echo $HOME']],
  ['X := 1\nY ?= $\u007bX}2\na:\n\techo $(Y) $(Z)\n', ['a:4 echo 12 $(Z)']],
  ['a:\n\techo 1 \\\n\t  2\n\n\techo 3\n', ['a:2 echo 1  2', 'a:5 echo 3']],
  ['\techo nowhere\nX = a:b\n', []],
  ['X = $(X)\na:\n\techo $(X)\n', ['a:3 echo $(X)']],
  ['a:\r\n\techo 1\r\n', ['a:2 echo 1']],
]

describe('readMakefile', () => {
  for (const [text, expected] of ROWS) {
    it(JSON.stringify(text), () => {
      const found = readMakefile(text).map(({target, command, line}) => `${target}:${line} ${command}`)
      assert.deepEqual(found, expected)
    })
  }
})
