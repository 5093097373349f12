import assert from 'node:assert/strict'
import {listSourceFiles, MAX_SOURCES} from '../../../../src/advice/proof/survey/source-files.js'
import {createFileTree} from '../../../../src/tree/model/tree-from-entries.js'

describe('listSourceFiles', () => {
  const list = (paths: readonly string[], size: number) =>
    listSourceFiles(createFileTree(paths.map((path) => ({path, mode: 0o644, size, modified: 1}))))
  const many = (count: number) => Array.from({length: count}, (_, number) => `f${number}.js`)

  it('leaves out what is no source', () => {
    const paths = ['a.js', 'a.min.js', 'a.png', 'package-lock.json', 'package.json']
    assert.deepEqual(list(paths, 10), ['a.js', 'package.json'])
  })

  it('lists so many files, and so many bytes', () => {
    assert.equal(list(many(MAX_SOURCES + 10), 10).length, MAX_SOURCES)
    // 128 MiB in files of 256 KiB.
    assert.equal(list(many(600), 256 * 1024).length, 512)
    assert.equal(list(many(600), 256 * 1024 + 1).length, 0)
  })
})
