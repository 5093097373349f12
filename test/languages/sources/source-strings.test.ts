import assert from 'node:assert/strict'
import {readLoaders, readStrings} from '../../../src/languages/sources/source-strings.js'

describe('strings of sources', () => {
  it('are paths and names, and loaders take none', () => {
    const text = 'open("../a/b.json")\nf(\'x y\')\nimportlib.import_module(name)\nimport_module("a.b")\n'
    assert.deepEqual(
      readStrings(text).map(({text: one, line}) => `${line} ${one}`),
      ['1 ../a/b.json', '4 a.b'],
    )
    assert.deepEqual(
      readLoaders(text).map(({line}) => line),
      [3],
    )
  })
})
