import assert from 'node:assert/strict'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {type BuilderLoad, simulateBuilder} from '../../../src/build/transfer/simulate-builder.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {createFileTree} from '../../advice/rules/create-file-tree.js'

const TREE = createFileTree(['a (100000 bytes)', 'b (200000 bytes)', 'c (300000 bytes)', 'd/e (9 bytes)'])
const OTHER = createFileTree(['a (100000 bytes)'])

/** `a b` asks for these, `*` for everything, `-b` for all but b; `lib:a` from a named context, `other/a` from elsewhere. */
function read(words: string): BuilderLoad {
  const [, name = 'context', asked = ''] = /^(?:(lib):)?(.*)$/.exec(words) ?? []
  const tree = asked.startsWith('other/') ? OTHER : TREE
  const paths = asked.replace('other/', '')
  const filter = paths.startsWith('-')
    ? {ignore: IgnoreRules.of([paths.slice(1)]), requested: null}
    : {ignore: null, requested: paths === '*' ? null : IgnoreRules.ofRequests(paths.split(' '))}
  const selection = selectEntries(tree, filter)
  return {copy: name, request: words, tree, selection, transfer: predictTransfer(tree, selection)}
}

/** Which files' contents cross, in the first round and in the next: as thousands of bytes. */
const ROWS: [title: string, loads: string[], isTogether: boolean, first: number[], again: number[]][] = [
  ['one build', ['a'], false, [100], [0]],
  ['one after another, the same', ['*', '*'], false, [600, 0], [0, 0]],
  ['one after another, others', ['a', 'b'], false, [100, 200], [100, 200]],
  ['one after another, a part', ['*', 'a'], false, [600, 0], [500, 0]],
  ['one after another, more', ['a', 'a b'], false, [100, 200], [0, 200]],
  ['one after another, another ignore file', ['*', '-b'], false, [600, 0], [200, 0]],
  ['a named context has a copy of its own', ['a', 'lib:b'], false, [100, 200], [0, 0]],
  ['another directory of the same name', ['a', 'other/a'], false, [100, 100], [100, 100]],
  ['together, the same', ['*', '*', '*'], true, [600, 0, 0], [0, 0, 0]],
  ['together, others: each has a copy', ['*', 'a', '-b'], true, [600, 100, 400], [200, 0, 300]],
]

describe('simulateBuilder', () => {
  for (const [title, loads, isTogether, first, again] of ROWS) {
    it(`knows what crosses: ${title}`, () => {
      const outcomes = simulateBuilder(loads.map(read), isTogether)
      assert.deepEqual(
        outcomes.map(({sizes}) => Math.floor(sizes.fileBytes / 1e5) * 100),
        first,
      )
      assert.deepEqual(
        outcomes.map(({sizes}) => Math.floor(sizes.rebuildTransferBytes / 1e5) * 100),
        again,
      )
    })
  }

  it('sums up each entry to the byte', () => {
    const [, second] = simulateBuilder([read('a'), read('a b')], false)
    const sum = second!.entryBytes!.reduce((one, other) => one + other, 0)
    assert.equal(sum + 2, second!.sizes.transferBytes)
    assert.equal(second!.sizes.fileCount, 1)
  })

  it('leaves alone what nothing changes', () => {
    const load = read('a')
    const [only] = simulateBuilder([load], false)
    assert.equal(only!.entryBytes, load.transfer.entryBytes)
    assert.deepEqual(only!.sizes, load.transfer.sizes)
  })

  it('counts nothing where another load of the run sends the same', () => {
    const [, second] = simulateBuilder([read('a'), read('a')], true)
    assert.equal(second!.entryBytes, null)
    assert.deepEqual(second!.sizes, {
      entryCount: 0,
      fileCount: 0,
      fileBytes: 0,
      transferBytes: 0,
      rebuildTransferBytes: 0,
    })
  })
})
