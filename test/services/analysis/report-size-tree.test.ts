import assert from 'node:assert/strict'
import path from 'node:path'
import type {SizeNode} from '../../../src/report/size-node.js'
import {reportSizeTree} from '../../../src/services/analysis/report-size-tree.js'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'
import {walkTree} from '../../measure/figures/size-trees.js'

/** The packet that ends a transfer; it belongs to no entry. */
const CLOSING_BYTES = 2

describe('reportSizeTree', () => {
  let directory: string

  before(() => {
    directory = makeTemporaryDirectory()
    const files = {
      'app/Dockerfile': 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCOPY --from=lib . /lib\n',
      'app/package.json': '{"name": "app"}',
      'app/package-lock.json': '{}',
      'app/src/index.js': 'x'.repeat(3000),
      'app/node_modules/a/package.json': '{"name": "a"}',
      'app/node_modules/a/index.js': 'x'.repeat(50_000),
      'lib/lib.js': 'x'.repeat(700),
    }
    writeTree(directory, files)
  })

  after(() => removeTree(directory))

  async function report(options: {buildContexts?: Record<string, string>}): Promise<{
    tree: SizeNode
    before: number
    after: number
  }> {
    const analysis = await analyzeInDepth({contextDir: path.join(directory, 'app'), ...options})
    const {before, after} = analysis.report
    const tree = reportSizeTree(analysis)
    return {tree, before: before.transferBytes, after: after.transferBytes}
  }

  it('adds up to the transfer, and to what the suggestions leave of it', async () => {
    const {tree, before, after} = await report({})
    assert.equal(tree.transferBytes, before - CLOSING_BYTES)
    const leaving = [...walkTree(tree)].filter((node) => node.leavingBytes === node.transferBytes)
    assert.equal(leaving[0]?.path, 'node_modules')
    assert.equal(leaving[0]?.kind, 'npm-packages')
    // the ignore file that is written is not in the tree, and a smaller number may take a byte less in each packet
    assert.ok(Math.abs(tree.transferBytes - tree.leavingBytes - after) < 200)
  })

  it('puts named contexts beside the context', async () => {
    const {tree, before} = await report({buildContexts: {lib: path.join(directory, 'lib')}})
    const [first, second] = tree.children
    assert.deepEqual([first?.path, second?.path], ['context', 'context lib'])
    assert.equal(first?.transferBytes, before - CLOSING_BYTES)
    assert.equal(second?.children[0]?.path, 'context lib/lib.js')
    assert.equal(second?.leavingBytes, 0)
  })
})
