import assert from 'node:assert/strict'
import {cleanContextPath, resolvePath} from '../../../src/languages/text/clean-path.js'

describe('cleanContextPath', () => {
  const rows: [path: string, clean: string][] = [
    ['a', 'a'],
    ['./a/', 'a'],
    ['/a//b/./c', 'a/b/c'],
    ['../a', 'a'],
    ['a/../../b', 'b'],
    ['a/..', '.'],
    ['', '.'],
    ['/', '.'],
    ['...', '...'],
    [' a ', ' a '],
  ]
  for (const [path, clean] of rows) {
    it(`cleans ${JSON.stringify(path)}`, () => assert.equal(cleanContextPath(path), clean))
  }
})

describe('resolvePath', () => {
  it('resolves against a directory', () => {
    assert.equal(resolvePath('/a', 'b/../c'), '/a/c')
    assert.equal(resolvePath('/a', '/b/'), '/b')
    assert.equal(resolvePath('/a', ''), '/a')
    assert.equal(resolvePath('/', '..'), '/')
  })
})
