/** Builds one after another on a real engine: what the builder has from the builds before. */
import assert from 'node:assert/strict'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {analyzeRequest} from '../../src/services/context/analyze-request.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {measureBuild, requireEngine} from './engine.js'

const SEQUENCES: [title: string, dockerfiles: string[]][] = [
  ['others each time', ['COPY a /', 'COPY b /', 'COPY a b /']],
  ['everything, then a part', ['COPY . /', 'COPY a /', 'COPY . /x']],
  ['the same', ['COPY . /', 'COPY . /x', 'COPY . /y']],
]

describe('builds on one builder', () => {
  let directory: string
  before(function () {
    requireEngine(this)
  })
  beforeEach(() => {
    directory = path.join(makeTemporaryDirectory(), 'one-builder-context')
    mkdirSync(directory)
    for (const [name, size] of [
      ['a', 100_000],
      ['b', 200_000],
      ['c', 300_000],
    ] as const) {
      writeFileSync(path.join(directory, name), 'x'.repeat(size))
    }
  })
  afterEach(() => removeTree(path.dirname(directory)))

  for (const [title, dockerfiles] of SEQUENCES) {
    it(`transfer what is predicted, twice in turn: ${title}`, async () => {
      for (const [number, text] of dockerfiles.entries()) {
        writeFileSync(path.join(directory, `f${number}.Dockerfile`), `FROM scratch\n${text}\n`)
      }
      const build = {contextDir: '.', workingDir: directory}
      const {analysis} = await analyzeRequest({build, choice: {allDockerfiles: true}, configFile: null})
      const {plans} = analysis.report
      const measure = (isWarm: boolean, name: string): number | null =>
        measureBuild(['-f', path.join(directory, name), directory], isWarm).context
      const first = plans.map(({name}, number) => measure(number > 0, name))
      const again = plans.map(({name}) => measure(true, name))
      assert.deepEqual(
        plans.map(({oneBuilder}) => oneBuilder!.before.transferBytes),
        first,
      )
      assert.deepEqual(
        plans.map(({oneBuilder}) => oneBuilder!.before.rebuildTransferBytes),
        again,
      )
    })
  }
})
