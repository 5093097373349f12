import assert from 'node:assert/strict'
import {mkdirSync, utimesSync} from 'node:fs'
import path from 'node:path'
import {predictRebuild} from '../../src/build/transfer/predict-transfer.js'
import {measurePlan} from '../../src/services/analysis/measure-project.js'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {loadPlan} from '../../src/services/load/load-plan.js'
import {makePipe} from '../helpers/make-pipe.js'
import {readConformanceRows} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree, type TreeRow, writeTree} from '../helpers/tree.js'
import {measureBuild, requireEngine} from './engine.js'

interface Row {
  name: string
  files: Record<string, string>
  tree: TreeRow[]
  target: string
  buildArgs: Record<string, string>
  expect: {usesContext?: boolean; error?: string}
}

const EVERY = 19

describe('transfers against a real engine', () => {
  let root = ''
  before(function () {
    requireEngine(this)
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  const rows = readConformanceRows<Row>('transfer.jsonl').filter((_, number) => number % EVERY === 0)
  for (const [number, row] of rows.entries()) {
    if (row.expect.error !== undefined) continue
    it(row.name, async () => {
      const contextDir = path.join(root, `row${number}`)
      writeTree(contextDir, row.files, row.tree, makePipe)
      const target = row.target === '' ? [] : ['--target', row.target]
      const buildArgs = Object.entries(row.buildArgs).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ])
      const {before} = await analyzeContext({
        contextDir,
        buildArgs: row.buildArgs,
        ...(row.target !== '' && {target: row.target}),
      })
      assert.equal(before.transferBytes, measureBuild([...target, ...buildArgs, contextDir]).context ?? 0)
    })
  }

  it('measures each named context by itself, through its own ignore file', async () => {
    const contextDir = path.join(root, 'named/app')
    const lib = path.join(root, 'named/lib')
    writeTree(contextDir, {Dockerfile: 'FROM scratch\nCOPY --from=lib a.js /\nCOPY x /\n', x: 'x', y: 'y'})
    writeTree(lib, {'a.js': 'aaa', 'b.js': 'b', '.dockerignore': 'b.js\n'})
    const report = await analyzeContext({contextDir, buildContexts: {lib}})
    const measured = measureBuild(['--build-context', `lib=${lib}`, contextDir])
    assert.equal(report.before.transferBytes, measured.context)
    assert.equal(report.plans[0]!.namedContexts[0]!.before.transferBytes, measured.named.lib)
  })

  it('predicts a rebuild, unchanged and after a touch', async () => {
    const contextDir = path.join(root, 'rebuild')
    mkdirSync(contextDir)
    writeTree(contextDir, {Dockerfile: 'FROM scratch\nCOPY . /\n', 'src/a': 'a'.repeat(40_000), b: 'bb'})
    const {context, main} = await measurePlan(loadPlan({contextDir}))
    const {tree} = context
    assert.equal(main.transfer.sizes.transferBytes, measureBuild([contextDir]).context)
    assert.equal(main.transfer.sizes.rebuildTransferBytes, measureBuild([contextDir], true).context)
    utimesSync(path.join(contextDir, 'src/a'), 1_700_000_001, 1_700_000_001)
    const changed = new Set([tree.find('src/a')])
    assert.equal(predictRebuild(tree, main.selection, changed), measureBuild([contextDir], true).context)
  })
})
