import assert from 'node:assert/strict'
import {joinSizeTrees} from '../../../src/measure/figures/join-size-trees.js'
import {makeTree, walkTree} from './size-trees.js'

describe('joinSizeTrees', () => {
  const small = makeTree([['a', 10]])
  const large = makeTree([['src/b', 100]], ['src'])
  const empty = makeTree([])

  it('leaves a single tree alone', () => {
    assert.equal(joinSizeTrees([{name: 'api', tree: small}]), small)
  })

  it('puts each context under its name, the largest first, and drops what is empty', () => {
    const root = joinSizeTrees([
      {name: 'api', tree: small},
      {name: 'web', tree: large},
      {name: 'none', tree: empty},
    ])
    const nodes = [...walkTree(root)].filter(({isRest}) => !isRest)
    assert.deepEqual(
      nodes.map(({name, path, transferBytes}) => [name, path, transferBytes]),
      [
        ['', '', 120],
        ['web', 'web', 110],
        ['src', 'web/src', 110],
        ['b', 'web/src/b', 100],
        ['api', 'api', 10],
        ['a', 'api/a', 10],
      ],
    )
    assert.deepEqual([root.leavingBytes, root.fileCount, root.leavingFileCount], [110, 2, 1])
  })
})
