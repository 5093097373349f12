import assert from 'node:assert/strict'
import {readPythonImports} from '../../../src/languages/sources/python-source.js'

describe('the imports of a Python source', () => {
  const rows: [text: string, found: string[]][] = [
    ['import a', ['a']],
    ['import a.b as c, d', ['a.b', 'd']],
    ['from a.b import c, d as e', ['a.b: c d']],
    ['from a import (\n    b,  # one\n    c,\n)', ['a: b c']],
    ['from . import a', ['.: a']],
    ['from ..a.b import *', ['..a.b']],
    ['def f():\n    import a', ['a?']],
    ['"""\nimport a\n"""\nimport b', ['b']],
    ['x = "import a"', []],
    ['# import a', []],
    ['important = 1', []],
  ]
  for (const [text, expected] of rows) {
    it(JSON.stringify(text), () => {
      const found = readPythonImports(text).map(({module, level, names, isCertain}) => {
        const taken = names.length === 0 ? '' : `: ${names.join(' ')}`
        return `${'.'.repeat(level)}${module}${taken}${isCertain ? '' : '?'}`
      })
      assert.deepEqual(found, expected)
    })
  }

  it('stand in their lines', () => {
    const lines = readPythonImports('import a\n\n"""\n"""\nfrom b import c\nimport d\n').map(({line}) => line)
    assert.deepEqual(lines.sort(), [1, 5, 6])
  })
})
