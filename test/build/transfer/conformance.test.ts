import assert from 'node:assert/strict'
import path from 'node:path'
import {SlimCheckError} from '../../../src/errors.js'
import {measurePlan} from '../../../src/services/analysis/measure-project.js'
import {listTransfer} from '../../../src/services/entries/list-entries.js'
import {loadPlan} from '../../../src/services/load/load-plan.js'
import {makePipe} from '../../helpers/make-pipe.js'
import {readConformanceRows} from '../../helpers/project.js'
import {makeTemporaryDirectory, removeTree, type TreeRow, writeTree} from '../../helpers/tree.js'

interface Row {
  name: string
  files: Record<string, string>
  tree: TreeRow[]
  target: string
  buildArgs: Record<string, string>
  expect: {
    usesContext?: boolean
    paths?: string[]
    fileBytes?: number
    transferBytes?: number
    error?: string
  }
}

describe('transfers against the reference', () => {
  const rows = readConformanceRows<Row>('transfer.jsonl')
  let root = ''

  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  it('has all the rows', () => assert.equal(rows.length, 380))

  for (const [number, row] of rows.entries()) {
    it(row.name, async () => {
      const contextDir = path.join(root, String(number))
      writeTree(contextDir, row.files, row.tree, makePipe)
      const options = {contextDir, buildArgs: row.buildArgs, ...(row.target !== '' && {target: row.target})}
      const {usesContext, paths, fileBytes, transferBytes, error} = row.expect
      if (error !== undefined)
        return assert.rejects(async () => measurePlan(loadPlan(options)), SlimCheckError)
      const {main} = await measurePlan(loadPlan(options))
      assert.equal(main.requests.usesContext, usesContext)
      const entries = await listTransfer(options)
      assert.deepEqual(
        entries.map((entry) => entry.path),
        paths ?? [],
      )
      const {sizes} = main.transfer
      assert.deepEqual(
        {fileBytes: sizes.fileBytes, transferBytes: sizes.transferBytes},
        {fileBytes: fileBytes ?? 0, transferBytes: transferBytes ?? 0},
      )
      removeTree(contextDir)
    })
  }
})
