import assert from 'node:assert/strict'
import {BaselineError} from '../../../src/errors.js'
import {createBaseline} from '../../../src/measure/budget/baseline.js'
import {parseBaseline, writeBaseline} from '../../../src/measure/budget/baseline-text.js'
import {type BaselineOptions, compareBaseline} from '../../../src/measure/budget/compare-baseline.js'
import {createBuild} from './create-build.js'

const MB = 1_000_000

describe('a baseline', () => {
  const builds = [
    createBuild('web', [`src ${MB} 3`, 'a\nb 5']),
    createBuild('api', ['x 1', '__proto__ 2', 'x 4']),
  ]

  it('is one line a path, sorted', () => {
    assert.equal(
      writeBaseline(createBaseline(builds)),
      `{
  "version": 1,
  "builds": [
    {
      "name": "api",
      "transferBytes": 7,
      "rebuildTransferBytes": 30,
      "fileCount": 3,
      "paths": [
        {"path": "__proto__", "transferBytes": 2, "fileCount": 1},
        {"path": "x", "transferBytes": 5, "fileCount": 2}
      ],
      "otherPaths": {"pathCount": 0, "transferBytes": 0, "fileCount": 0}
    },
    {
      "name": "web",
      "transferBytes": 1000005,
      "rebuildTransferBytes": 40,
      "fileCount": 4,
      "paths": [
        {"path": "a\\nb", "transferBytes": 5, "fileCount": 1},
        {"path": "src", "transferBytes": 1000000, "fileCount": 3}
      ],
      "otherPaths": {"pathCount": 0, "transferBytes": 0, "fileCount": 0}
    }
  ]
}
`,
    )
  })

  it('is read as it was written', () => {
    const baseline = createBaseline(builds)
    assert.deepEqual(parseBaseline(writeBaseline(baseline)), baseline)
    assert.deepEqual(parseBaseline(writeBaseline({builds: []})), {builds: []})
  })

  it('holds the largest 200 paths, and sums up the others', () => {
    const many = createBuild(
      'many',
      Array.from({length: 250}, (_, at) => `p${at} ${at + 1}`),
    )
    const [build] = createBaseline([many]).builds
    assert.equal(build?.paths.length, 200)
    assert.deepEqual(build?.otherPaths, {pathCount: 50, transferBytes: 1275, fileCount: 50})
  })

  const build =
    '{"name":"a","transferBytes":1,"rebuildTransferBytes":1,"fileCount":1,"paths":[],"otherPaths":{"pathCount":0,"transferBytes":0,"fileCount":0}}'
  for (const [text, reason] of [
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    ['<<<<<<< HEAD\n{}\n', 'it has the markers of a merge conflict'],
    ['[]', 'the file is not an object'],
    ['{}', 'it has no "version"'],
    ['{"version": 2, "builds": []}', 'it has version 2, and this program reads version 1'],
    ['{"version": "1", "builds": []}', 'it has version "1", and this program reads version 1'],
    ['{"version": 1}', 'builds is not a list'],
    ['{"version": 1, "builds": [null]}', 'builds[0] is not an object'],
    [`{"version": 1, "builds": [${build}, ${build}]}`, 'it has the build "a" twice'],
    [
      `{"version": 1, "builds": [${build.replace('1', '-1')}]}`,
      'builds[0].transferBytes is not a whole number',
    ],
    [
      `{"version": 1, "builds": [${build.replace('1', '1e400')}]}`,
      'builds[0].transferBytes is not a whole number',
    ],
    [
      `{"version": 1, "builds": [${build.replace('[]', '[{"path": 3}]')}]}`,
      'builds[0].paths[0].path is not a text',
    ],
    ['['.repeat(100_000), 'it is not JSON'],
  ] as const) {
    it(`is refused as ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(() => parseBaseline(text), new BaselineError(reason))
    })
  }
})

describe('compareBaseline', () => {
  const OLD = createBaseline([createBuild('api', [`src ${100 * MB} 5`])])

  const rows: [bytes: number, options: BaselineOptions, ok: boolean][] = [
    [100 * MB, {}, true],
    [90 * MB, {}, true],
    [105 * MB, {}, true],
    [105 * MB + 1, {}, false],
    [104 * MB, {tolerance: {percent: 0, bytes: 0}}, false],
    [101 * MB, {tolerance: {percent: 0, bytes: 0}}, true],
    [101 * MB, {tolerance: {percent: 0, bytes: 0}, floorBytes: 0}, false],
    [102 * MB, {tolerance: {percent: 0, bytes: 2 * MB}}, true],
    [102 * MB + 1, {tolerance: {percent: 0, bytes: 2 * MB}}, false],
    [108 * MB, {floorBytes: 10 * MB}, true],
  ]
  for (const [bytes, options, ok] of rows) {
    it(`says ${ok ? 'yes' : 'no'} to ${bytes} bytes with ${JSON.stringify(options)}`, () => {
      const comparison = compareBaseline([createBuild('api', [`src ${bytes} 5`])], OLD, options)
      assert.equal(comparison.ok, ok)
      assert.equal(comparison.builds[0]?.status, ok ? 'kept' : 'outgrown')
      assert.equal(comparison.builds[0]?.budgets[0]?.ok, ok)
    })
  }

  it('holds the rebuild, too', () => {
    const {ok, builds} = compareBaseline([createBuild('api', [`src ${100 * MB} 200000`])], OLD)
    assert.equal(ok, false)
    assert.deepEqual(builds[0]?.budgets[1], {
      name: 'baseline-rebuild',
      plan: 'api',
      limit: 1_000_050,
      actual: 2_000_000,
      ok: false,
      unit: 'bytes',
      relievedBy: [],
      baseline: 50,
    })
  })

  it('tells of new and missing builds, and fails for neither', () => {
    const {ok, builds} = compareBaseline([createBuild('web', [`src ${900 * MB}`])], OLD)
    assert.equal(ok, true)
    assert.deepEqual(
      builds.map(({name, status, before, now}) => [name, status, before?.fileCount, now?.fileCount]),
      [
        ['api', 'missing', 5, undefined],
        ['web', 'new', undefined, 1],
      ],
    )
  })

  it('names what grew', () => {
    const now = createBuild('api', [`src ${100 * MB} 5`, `dump.sql ${50 * MB}`, `a ${20 * MB}`])
    const [build] = compareBaseline([now], OLD).builds
    assert.deepEqual(build?.budgets[0]?.relievedBy, [
      {path: 'dump.sql', transferBytes: 50 * MB, fileCount: 1},
      {path: 'a', transferBytes: 20 * MB, fileCount: 1},
    ])
  })

  it('says path by path what changed, the largest first', () => {
    const before = createBuild('api', [
      'same 5',
      'grown 10',
      'shrunk 50',
      'gone 20',
      'web 100 9',
      'lib/a 7',
      'lib/b 3',
    ])
    const now = createBuild('api', [
      'same 5',
      'grown 15',
      'shrunk 40',
      'new 30',
      'web/dist 80 3',
      'web/src 60 2',
      'lib 12 2',
    ])
    const [build] = compareBaseline([now], createBaseline([before])).builds
    assert.deepEqual(
      build?.changes.map(
        ({path, change, baselineBytes, transferBytes}) =>
          `${path} ${change} ${baselineBytes} ${transferBytes}`,
      ),
      [
        'web grown 100 140',
        'new new 0 30',
        'gone gone 20 0',
        'shrunk shrunk 50 40',
        'grown grown 10 15',
        'lib grown 10 12',
      ],
    )
  })

  it('calls nothing new that a baseline may have left out as small', () => {
    const paths = Array.from({length: 250}, (_, at) => `p${at} ${at + 100}`)
    const before = createBaseline([createBuild('api', paths)])
    const [build] = compareBaseline([createBuild('api', [...paths, 'tiny 1', 'big 5000'])], before).builds
    assert.deepEqual(
      build?.changes.map(({path, change}) => `${path} ${change}`),
      ['big new'],
    )
  })

  it('finds nothing when nothing changed', () => {
    const builds = [createBuild('api', ['a 5', 'b/c 6']), createBuild('web', [])]
    const comparison = compareBaseline(builds, createBaseline(builds))
    assert.deepEqual(
      comparison.builds.map(({status, changes}) => [status, changes]),
      [
        ['kept', []],
        ['kept', []],
      ],
    )
  })
})
