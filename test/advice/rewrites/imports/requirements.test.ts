import assert from 'node:assert/strict'
import {modulesOf, readRequirements} from '../../../../src/advice/rewrites/imports/requirements.js'

describe('a list of requirements', () => {
  const rows: [text: string, names: string[] | null][] = [
    ['a==1\n# b\nC_d[x,y]>=2 ; python_version < "3"\n', ['a', 'c-d']],
    ['--index-url https://example.org\na # why\n', ['a']],
    ['a==1 \\\n    --hash=sha256:0\n', ['a']],
    ['a @ https://example.org/a.whl\n', ['a']],
    ['-r other.txt\n', null],
    ['-e .\n', null],
    ['./a\n', null],
  ]
  for (const [text, names] of rows)
    it(JSON.stringify(text), () => assert.deepEqual(readRequirements(text), names))

  it('brings modules', () => {
    assert.deepEqual(modulesOf('PyYAML'), ['yaml'])
    assert.deepEqual(modulesOf('some-thing'), ['some_thing'])
  })
})
