import assert from 'node:assert/strict'
import type {CatalogueEntry, Evidence} from '../../../src/advice/catalogue/catalogue-entry.js'
import {hasEvidence} from '../../../src/advice/catalogue/check-evidence.js'
import {createTree, viewAt} from './tree-literal.js'

const TREE = createTree([
  'a/x.js',
  'a/y/deep.txt',
  'a/x.d/',
  'a/@org/pkg/package.json',
  'a/link@',
  'empty/',
  'top.json',
  '__proto__/constructor',
])

const ROWS: readonly [holds: boolean, evidence: Evidence, path: string][] = [
  [true, {contains: ['x.js', 'y']}, 'a'],
  [false, {contains: ['x.js', 'z']}, 'a'],
  [true, {contains: ['y/deep.txt']}, 'a'],
  [false, {contains: ['y/deep.txt/more']}, 'a'],
  [true, {containsAny: ['z', '*.js']}, 'a'],
  [false, {containsAny: ['*.ts']}, 'a'],
  [false, {containsAny: ['*']}, 'empty'],
  [false, {containsAny: ['*']}, 'top.json'],
  [true, {containsOnly: ['x*', 'y', '@org', 'link']}, 'a'],
  [false, {containsOnly: ['x*', 'y']}, 'a'],
  [false, {containsOnly: ['*']}, 'empty'],
  [true, {anyChildHas: 'package.json'}, 'a'],
  [true, {anyChildHas: 'deep.txt'}, 'a'],
  [false, {anyChildHas: 'x.js'}, 'a'],
  [true, {sibling: ['top.json']}, 'a'],
  [true, {sibling: ['*.json']}, 'empty'],
  [false, {sibling: ['x.js']}, 'a'],
  [true, {sameStem: ['.ts', '.d']}, 'a/x.js'],
  [false, {sameStem: ['.ts']}, 'a/x.js'],
  [true, {ancestorHas: ['top.json']}, 'a/y/deep.txt'],
  [true, {ancestorHas: ['x.js']}, 'a/y/deep.txt'],
  [false, {ancestorHas: ['package.json']}, 'a/y/deep.txt'],
  [true, {under: ['a']}, 'a/y/deep.txt'],
  [false, {under: ['deep.txt']}, 'a/y/deep.txt'],
  [false, {under: ['*']}, 'top.json'],
  [true, {not: {sibling: ['x.js']}}, 'a'],
  [true, {all: [{contains: ['y']}, {sibling: ['empty']}]}, 'a'],
  [false, {all: [{contains: ['y']}, {sibling: ['full']}]}, 'a'],
  [true, {any: [{contains: ['z']}, {sibling: ['empty']}]}, 'a'],
  [false, {any: []}, 'a'],
  [true, {contains: ['constructor']}, '__proto__'],
  [false, {contains: ['constructor']}, 'a'],
]

describe('hasEvidence', () => {
  for (const [holds, evidence, path] of ROWS) {
    it(`${path} ${holds ? 'has' : 'has not'} ${JSON.stringify(evidence)}`, () => {
      assert.equal(hasEvidence({...ANYTHING, evidence}, viewAt(TREE, path)), holds)
    })
  }

  it('compares the type', () => {
    assert.equal(hasEvidence({...ANYTHING, type: 'dir'}, viewAt(TREE, 'a')), true)
    assert.equal(hasEvidence({...ANYTHING, type: 'file'}, viewAt(TREE, 'a')), false)
    assert.equal(hasEvidence({...ANYTHING, type: 'file'}, viewAt(TREE, 'a/link')), false)
    assert.equal(hasEvidence(ANYTHING, viewAt(TREE, 'a/link')), true)
  })

  it('looks into a bounded number of children', () => {
    const paths = Array.from({length: 1000}, (_, i) => `a/@org/p${i}/`)
    const few = createTree([...paths.slice(0, 40), 'a/@org/last/package.json'])
    const many = createTree([...paths, 'a/@org/last/package.json'])
    const entry = {...ANYTHING, evidence: {anyChildHas: 'package.json'}}
    assert.equal(hasEvidence(entry, viewAt(few, 'a')), true)
    assert.equal(hasEvidence(entry, viewAt(many, 'a')), false)
  })
})

const ANYTHING: CatalogueEntry = {
  kind: 'thing',
  rule: 'thing',
  title: 'thing',
  names: ['*'],
  type: 'any',
  disposition: 'junk',
}
