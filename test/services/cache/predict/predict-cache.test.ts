import assert from 'node:assert/strict'
import path from 'node:path'
import {type BaseImage, type CacheSide, predictCache} from '../../../../src/index.js'
import {type BuildRow, buildsOf, type CacheRow, cacheRows, compareSteps} from '../../../build/cache/rows.js'
import {layOutRows} from '../../../helpers/lay-out-rows.js'
import {makeTemporaryDirectory, removeTree} from '../../../helpers/tree.js'

/** What the rows' base images are, as `predictCache` is told. */
const IMAGES: Record<string, BaseImage> = {
  'bb:1': {layers: 'A'},
  'bb:2': {layers: 'B', env: {BASE: 'two'}, workingDir: '/w'},
  'bb:3': {layers: 'A', env: ['BASE=three']},
  'bb:on': {layers: 'A', onBuild: ['COPY package.json /on/', 'RUN echo on > /on/x']},
}

const TIME = 1_700_000_000

describe('predictCache', () => {
  let scratch = ''
  before(() => {
    scratch = makeTemporaryDirectory()
  })
  after(() => removeTree(scratch))

  const rows = cacheRows()
  const size = 65
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size)
    it(`predicts rows ${start + 1} to ${start + part.length} from directories`, async () => {
      const wrong: unknown[] = []
      for (const [at, row] of part.entries()) {
        const {before: first, after: second} = buildsOf(row)
        const directories = ['before', 'after'].map((side) => path.join(scratch, `${start + at}-${side}`))
        layOutRows(directories[0]!, first.tree)
        layOutRows(directories[1]!, second.tree)
        const forecast = await predictCache(
          sideOf(directories[0]!, first, IMAGES),
          sideOf(directories[1]!, second, movedImages(row)),
        )
        wrong.push(...compareSteps(row, forecast.steps))
        for (const directory of directories) removeTree(directory)
      }
      assert.deepEqual(wrong, [])
    })
  }

  it('says what is missing', async () => {
    await assert.rejects(
      predictCache({} as CacheSide, {contextDir: '.'}),
      /"before.contextDir" is not a path/,
    )
    await assert.rejects(predictCache({contextDir: scratch}, {contextDir: scratch}), /Dockerfile not found/)
  })

  it('knows that a mount for writing has everything sent anew, what has the same size and time among it', async () => {
    for (const [flag, state] of [
      ['', 'cached'],
      [',rw', 'runs'],
    ]) {
      const sides = ['one', 'two'].map((content) => {
        const directory = path.join(scratch, `written${flag}-${content}`)
        const dockerfile = `FROM x\nCOPY a /\nRUN --mount=type=bind,source=b,target=/b${flag} c\n`
        layOutRows(directory, [
          ['file', 'Dockerfile', dockerfile, 0o644, TIME],
          ['file', 'a', content, 0o644, TIME],
          ['file', 'b', 'b', 0o644, TIME],
        ])
        return {contextDir: directory}
      })
      const {steps} = await predictCache(sides[0]!, sides[1]!)
      assert.equal(steps[0]!.state, state)
    }
  })

  it('takes only what an option says: nothing changed, all is cached', async () => {
    layOutRows(scratch, [
      ['file', 'Dockerfile', 'FROM x\nCOPY a /\nRUN b\n', 0o644, TIME],
      ['file', 'a', 'a', 0o644, TIME],
    ])
    const {steps} = await predictCache({contextDir: scratch}, {contextDir: scratch})
    assert.deepEqual(
      steps.map(({state}) => state),
      ['cached', 'cached'],
    )
    const again = await predictCache({contextDir: scratch}, {contextDir: scratch, noCache: true})
    assert.deepEqual(
      again.steps.map(({state, causes}) => [state, causes[0]?.kind]),
      [
        ['runs', 'no-cache'],
        ['runs', 'no-cache'],
      ],
    )
  })
})

function movedImages({change}: CacheRow): Record<string, BaseImage> {
  const moved = (change.images ?? []).map((name) => [name, {...IMAGES[name], layers: 'moved'}])
  return {...IMAGES, ...Object.fromEntries(moved)}
}

function sideOf(contextDir: string, build: BuildRow, images: Record<string, BaseImage>): CacheSide {
  const {target, buildArgs, noCache, noCacheFilter} = build
  return {
    contextDir,
    target,
    buildArgs,
    platform: 'linux/amd64',
    networkMode: 'none',
    images,
    ...(noCache !== undefined && {noCache}),
    ...(noCacheFilter !== undefined && {noCacheFilter}),
  }
}
