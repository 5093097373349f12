import assert from 'node:assert/strict'
import type {ContextModel} from '../../../src/tree/model/context-model.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import {createModel} from '../../../src/tree/model/model-from-entries.js'
import {withWrittenFile} from '../../../src/tree/model/with-written-file.js'

const ROWS = ['a/', 'a/b/', 'a/b/c', 'a/d', 'e', 'f/', 'f/g/', 'f/g/h']

function makeModel(rows: readonly string[]): ContextModel {
  return createModel(
    rows.map((row) => ({
      path: row.replace(/\/$/, ''),
      mode: row.endsWith('/') ? MODE.dir + 0o755 : 0o644,
      size: row.endsWith('/') ? 0 : 5,
      modified: 1_700_000_000_000,
    })),
  )
}

function describeModel(model: ContextModel): string[] {
  return Array.from({length: model.length}, (_, index) => {
    const parent = model.parentOf(index)
    return `${model.pathOf(index)} ${model.sizeOf(index)} ${model.endOf(index)} ${parent}`
  })
}

describe('withWrittenFile', () => {
  for (const path of ['.dockerignore', 'zz', 'b', 'a/b/a', 'a/b/z', 'a/c', 'a/z', 'f/g/z', 'f/z', 'f/a']) {
    it(`adds ${path} where the walk would have found it`, () => {
      const expected = makeModel([...ROWS, path])
      expected.columns.sizes[expected.find(path)] = 77
      assert.deepEqual(
        describeModel(withWrittenFile(makeModel(ROWS), {path, size: 77})),
        describeModel(expected),
      )
    })
  }

  for (const path of ['e', 'a/d', 'a/b/c', 'f/g/h']) {
    it(`changes ${path} in its place`, () => {
      const expected = makeModel(ROWS)
      expected.columns.sizes[expected.find(path)] = 99
      assert.deepEqual(
        describeModel(withWrittenFile(makeModel(ROWS), {path, size: 99})),
        describeModel(expected),
      )
    })
  }

  for (const path of ['.dockerignore', 'a/b/e', 'a/c', 'f/g/a', 'zz']) {
    it(`tells names apart as a walk would with ${path}`, () => {
      const model = makeModel(ROWS)
      assert.equal(model.names.count, 8)
      const changed = withWrittenFile(model, {path, size: 1})
      const expected = makeModel([...ROWS, path])
      assert.equal(changed.names.count, expected.names.count)
      assert.deepEqual(
        describeModel(changed).sort(),
        describeModel(withWrittenFile(expected, {path, size: 1})).sort(),
      )
    })
  }

  it('moves the facts that few entries have along with them', () => {
    const model = makeModel(ROWS)
    model.columns.addRare(model.find('a/b/c'), {inode: 1})
    model.columns.addRare(model.find('f/g/h'), {inode: 2})
    const changed = withWrittenFile(model, {path: 'b', size: 1})
    assert.deepEqual(
      [...changed.rareIndexes()].map((index) => changed.pathOf(index)),
      ['a/b/c', 'f/g/h'],
    )
    assert.equal(changed.rareOf(changed.find('f/g/h'))?.inode, 2)
  })

  it('leaves the model alone where the directory is not in it', () => {
    const model = makeModel(ROWS)
    assert.equal(withWrittenFile(model, {path: 'nowhere/x', size: 1}), model)
  })
})
