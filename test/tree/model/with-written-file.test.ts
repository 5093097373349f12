import assert from 'node:assert/strict'
import {MODE} from '../../../src/tree/model/file-mode.js'
import type {FileTree} from '../../../src/tree/model/file-tree.js'
import {createFileTree} from '../../../src/tree/model/tree-from-entries.js'
import {withWrittenFile} from '../../../src/tree/model/with-written-file.js'

const ROWS = ['a/', 'a/b/', 'a/b/c', 'a/d', 'e', 'f/', 'f/g/', 'f/g/h']

function makeFileTree(rows: readonly string[]): FileTree {
  return createFileTree(
    rows.map((row) => ({
      path: row.replace(/\/$/, ''),
      mode: row.endsWith('/') ? MODE.dir + 0o755 : 0o644,
      size: row.endsWith('/') ? 0 : 5,
      modified: 1_700_000_000_000,
    })),
  )
}

function describeFileTree(tree: FileTree): string[] {
  return Array.from({length: tree.length}, (_, entry) => {
    const parent = tree.parentOf(entry)
    return `${tree.pathOf(entry)} ${tree.pathBytes[entry]} ${tree.sizeOf(entry)} ${tree.endOf(entry)} ${parent}`
  })
}

describe('withWrittenFile', () => {
  for (const path of ['.dockerignore', 'zz', 'b', 'a/b/a', 'a/b/z', 'a/c', 'a/z', 'f/g/z', 'f/z', 'f/a']) {
    it(`adds ${path} where the walk would have found it`, () => {
      const expected = makeFileTree([...ROWS, path])
      expected.columns.sizes[expected.find(path)] = 77
      assert.deepEqual(
        describeFileTree(withWrittenFile(makeFileTree(ROWS), {path, size: 77})),
        describeFileTree(expected),
      )
    })
  }

  for (const path of ['e', 'a/d', 'a/b/c', 'f/g/h']) {
    it(`changes ${path} in its place`, () => {
      const expected = makeFileTree(ROWS)
      expected.columns.sizes[expected.find(path)] = 99
      assert.deepEqual(
        describeFileTree(withWrittenFile(makeFileTree(ROWS), {path, size: 99})),
        describeFileTree(expected),
      )
    })
  }

  for (const path of ['.dockerignore', 'a/b/e', 'a/c', 'f/g/a', 'zz']) {
    it(`tells names apart as a walk would with ${path}`, () => {
      const tree = makeFileTree(ROWS)
      assert.equal(tree.names.count, 8)
      const changed = withWrittenFile(tree, {path, size: 1})
      const expected = makeFileTree([...ROWS, path])
      assert.equal(changed.names.count, expected.names.count)
      assert.deepEqual(
        describeFileTree(changed).sort(),
        describeFileTree(withWrittenFile(expected, {path, size: 1})).sort(),
      )
    })
  }

  it('moves the facts that few entries have along with them', () => {
    const tree = makeFileTree(ROWS)
    tree.columns.addRare(tree.find('a/b/c'), {inode: 1})
    tree.columns.addRare(tree.find('f/g/h'), {inode: 2})
    const changed = withWrittenFile(tree, {path: 'b', size: 1})
    assert.deepEqual(
      [...changed.rareEntries()].map((entry) => changed.pathOf(entry)),
      ['a/b/c', 'f/g/h'],
    )
    assert.equal(changed.rareOf(changed.find('f/g/h'))?.inode, 2)
  })

  it('leaves the tree alone where the directory is not in it', () => {
    const tree = makeFileTree(ROWS)
    assert.equal(withWrittenFile(tree, {path: 'nowhere/x', size: 1}), tree)
  })
})
