import assert from 'node:assert/strict'
import {MODE} from '../../src/tree/model/file-mode.js'
import type {FileTree} from '../../src/tree/model/file-tree.js'
import {patchTree, type TreeEntry} from '../../src/tree/model/patch-tree.js'
import {createFileTree} from '../../src/tree/model/tree-from-entries.js'

const FILE: TreeEntry = {mode: 0o644, size: 1, modified: 0}

function treeOf(...paths: string[]): FileTree {
  return createFileTree(paths.map((path) => ({path, mode: 0o644, size: path.length, modified: 1000})))
}

function listPaths(tree: FileTree): string[] {
  return Array.from(
    {length: tree.length},
    (_, entry) => tree.pathOf(entry) + (tree.isDirectory(entry) ? '/' : ''),
  )
}

describe('patchTree', () => {
  const before = treeOf('a', 'b/c', 'b/d/e', 'f')
  const cases: [changes: Record<string, TreeEntry | null>, paths: string[]][] = [
    [{}, ['a', 'b/', 'b/c', 'b/d/', 'b/d/e', 'f']],
    [{a: null}, ['b/', 'b/c', 'b/d/', 'b/d/e', 'f']],
    [{'b/d/e': null}, ['a', 'b/', 'b/c', 'f']],
    [{b: null}, ['a', 'f']],
    [{b: FILE}, ['a', 'b', 'f']],
    [
      {'b/b': FILE, 'b/z/y/x': FILE, '0': FILE},
      ['0', 'a', 'b/', 'b/b', 'b/c', 'b/d/', 'b/d/e', 'b/z/', 'b/z/y/', 'b/z/y/x', 'f'],
    ],
    [{'a/x': FILE}, ['a/', 'a/x', 'b/', 'b/c', 'b/d/', 'b/d/e', 'f']],
    [{'none/at/all': null}, ['a', 'b/', 'b/c', 'b/d/', 'b/d/e', 'f']],
  ]
  for (const [changes, paths] of cases) {
    it(`makes ${paths.join(' ')}`, () => {
      const {tree, origins} = patchTree(before, Object.entries(changes))
      assert.deepEqual(listPaths(tree), paths)
      for (const [entry, origin] of origins.entries()) {
        if (origin >= 0) assert.equal(tree.pathOf(entry), before.pathOf(origin))
        else assert.ok(!(tree.pathOf(entry) in before) || tree.isFile(entry))
      }
      // A tree that is made at once is the same.
      const files = listPaths(tree).filter((path) => !path.endsWith('/'))
      assert.deepEqual(listPaths(treeOf(...files)), paths)
      for (let entry = 0; entry < tree.length; entry++) assert.equal(tree.find(tree.pathOf(entry)), entry)
    })
  }

  it('takes links over, and forgets those of what it takes back', () => {
    const link: TreeEntry = {mode: MODE.symlink + 0o777, size: 1, modified: 0, linkTarget: 'a'}
    const {tree} = patchTree(before, [['b/l', link]])
    assert.equal(tree.rareOf(tree.find('b/l'))?.linkTarget, 'a')
    const again = patchTree(tree, [['b', null]]).tree
    assert.deepEqual([...again.rareEntries()], [])
  })
})
