import assert from 'node:assert/strict'
import path from 'node:path'
import {measureBuilds} from '../../../src/services/analysis/check-builds.js'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {analyzeRequest} from '../../../src/services/context/analyze-request.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** Closing packets belong to no path: one for each context. */
const CLOSING_BYTES = 2

describe('measureBuilds', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(
      root,
      {
        'app/Dockerfile': 'FROM node\nCOPY --from=lib . /lib\nCOPY package.json .\nRUN npm ci\nCOPY . .\n',
        'app/package.json': '{}',
        'app/node_modules/left/package.json': '{}',
        'app/node_modules/left/index.js': 'x'.repeat(50_000),
        'app/src/big.bin': 'x'.repeat(80_000),
        'lib/a.so': 'x'.repeat(60_000),
      },
      [['hardlink', 'app/src/same.bin', 'app/src/big.bin']],
    )
  })
  after(() => removeTree(root))

  const measure = async () => {
    const options = {contextDir: path.join(root, 'app'), buildContexts: {lib: path.join(root, 'lib')}}
    const {groups} = await analyzeInDepth(options)
    return {measured: groups[0]!.builds[0]!, build: measureBuilds(groups)[0]!}
  }

  it('sums up to what is transferred, first and on a rebuild', async () => {
    const {build, measured} = await measure()
    const {main, named} = measured
    const both = [main, ...named.map((one) => one.measured)].map(({transfer}) => transfer.sizes)
    const total = (key: keyof typeof build.sizes): number => both.reduce((sum, sizes) => sum + sizes[key], 0)
    assert.equal(build.sizes.transferBytes, total('transferBytes'))
    for (const key of ['transferBytes', 'rebuildTransferBytes', 'fileCount'] as const) {
      const sum = [...build.paths].reduce((bytes, one) => bytes + one[key], 0)
      assert.equal(sum, total(key) - (key === 'fileCount' ? 0 : 2 * CLOSING_BYTES), key)
    }
  })

  it('knows the paths, the savings and the largest entries', async () => {
    const {build} = await measure()
    assert.deepEqual(
      Array.from(build.paths, ({path}) => path),
      ['Dockerfile', 'node_modules', 'package.json', 'src', 'lib:a.so'],
    )
    assert.ok([...build.savings].some(({path, fileCount}) => path === 'node_modules' && fileCount === 2))
    assert.deepEqual(
      build.largestEntries.map(({path}) => path),
      ['src/big.bin', 'lib:a.so', 'node_modules/left/index.js'],
    )
  })
})

describe('budgets of several builds', () => {
  const KILOBYTE = 1_000
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      a: 'a'.repeat(100 * KILOBYTE),
      b: 'b'.repeat(200 * KILOBYTE),
      'one.Dockerfile': 'FROM scratch\nCOPY a /\n',
      'two.Dockerfile': 'FROM scratch\nCOPY b /\n',
      'same.Dockerfile': 'FROM scratch\nCOPY a /x\n',
    })
  })
  afterEach(() => removeTree(root))

  const services = (names: readonly string[]): string =>
    `services:\n${names.map((name) => `  ${name}:\n    build: {context: ., dockerfile: ${name}.Dockerfile}\n`).join('')}`

  const cases: [title: string, compose: string[] | null, flag: string, limit: number, failing: string[]][] = [
    ['what two services ask alike crosses once', ['one', 'same'], 'max-transfer', 50, ['one']],
    ['and its files count once', ['one', 'same'], 'max-files', 0, ['one']],
    ['each of other requests crosses', ['one', 'two'], 'max-transfer', 50, ['one', 'two']],
    ['and again the next time', ['one', 'two'], 'max-rebuild', 150, ['two']],
    ['found by their names, each may be the first', null, 'max-transfer', 50, ['one', 'same', 'two']],
    ['and another may take its files away', null, 'max-rebuild', 50, ['one', 'two']],
  ]
  for (const [title, compose, flag, limit, failing] of cases) {
    it(title, async () => {
      if (compose !== null) writeTree(root, {'compose.yaml': services(compose)})
      const {analysis} = await analyzeRequest({
        build: {contextDir: root},
        choice: compose === null ? {allDockerfiles: true} : {composeFiles: []},
        configFile: null,
        flags: {[flag]: flag === 'max-files' ? String(limit) : `${limit}kB`},
      })
      const failed = analysis.report.budgets.filter(({ok}) => !ok)
      assert.deepEqual(
        failed.map(({plan}) => plan.replace('.Dockerfile', '')),
        failing,
      )
      for (const {relievedBy} of failed) assert.equal(relievedBy.length, 1)
    })
  }
})
