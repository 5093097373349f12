import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {judgeReport} from '../../../src/measure/build/compare-with-baseline.js'
import {parseMeasureReport} from '../../../src/measure/build/parse-report.js'
import {sumUpRuns} from '../../../src/measure/build/sum-up-runs.js'
import {renderJson} from '../../../src/render/json/render-json.js'
import {renderOptimizationPage} from '../../../src/render/markdown/render-optimization-page.js'
import type {
  MeasuredBuild,
  MeasuredLayer,
  MeasuredStep,
  MeasureLimits,
  MeasureReport,
} from '../../../src/report/measure/measure-report.js'
import {projectRoot} from '../../helpers/project.js'
import {matchSnapshot} from '../../helpers/snapshot.js'

type Schema = {[key: string]: unknown}

/** The published schema lets more fields come; here every field must be in it. */
function forbidMore(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forbidMore)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, forbidMore(value)]),
  ) as Schema
  return copy.type === 'object' ? {...copy, additionalProperties: false} : copy
}

const SCHEMA = JSON.parse(readFileSync(path.join(projectRoot, 'docs/report.schema.json'), 'utf8')) as Schema
const validate = new Ajv2020({allErrors: true}).compile(forbidMore({...SCHEMA, $id: 'strict'}) as Schema)

type StepRow = [text: string, line: number, seconds: number]

const step = ([text, line, seconds]: StepRow): MeasuredStep => ({text, line, cached: seconds === 0, seconds})

const cold = (seconds: readonly number[], steps: readonly StepRow[] = []) =>
  sumUpRuns(
    'cold',
    seconds.map((one) => ({
      ...{seconds: one, exportSeconds: 0, buildSeconds: one, transferBytes: null, load: 1},
      steps: steps.map(step),
    })),
    null,
  )

const layer = (
  index: number,
  stepText: string | null,
  line: number | null,
  fileBytes: number,
): MeasuredLayer => ({
  ...{index, diffId: `sha256:${index}-${fileBytes}`, step: stepText, line, fileBytes, pullBytes: fileBytes},
  ...{holds: null, remedy: null},
})

function build(more: Partial<MeasuredBuild>, layers: MeasuredLayer[] = []): MeasuredBuild {
  const unpackedBytes = layers.reduce((sum, {fileBytes}) => sum + fileBytes, 0)
  return {
    ...{name: 'api', dockerfile: 'Dockerfile', target: null, platform: null},
    ...{dockerfileSha: null, ignoreFileSha: null, contextSha: null, commands: [], scenarios: []},
    ...{
      transfer: null,
      deploy: null,
      smoke: null,
      ignoreLines: [],
      rewrites: [],
      changes: [],
      reasons: [],
      problem: null,
    },
    image:
      layers.length === 0
        ? null
        : {
            ...{pullBytes: unpackedBytes, pullIsEstimate: false, unpackedBytes, fileBytes: unpackedBytes},
            ...{hiddenBytes: 0, fileCount: 1, user: 'root', layers},
          },
    ...more,
  }
}

function report(builds: MeasuredBuild[], more: Partial<MeasureReport['environment']> = {}): MeasureReport {
  return {
    ...{
      schemaVersion: 1,
      context: '.',
      date: '2026-11-20T00:00:00.000Z',
      against: null,
      thresholds: [],
      notes: [],
    },
    environment: {
      ...{
        engine: '28.5.2',
        buildkit: null,
        buildx: null,
        builder: null,
        driver: 'docker',
        store: 'containerd',
      },
      ...{storage: 'overlayfs', os: 'linux', arch: 'x86_64', cpus: 2, memoryBytes: 8e9},
      ...more,
    },
    method: {version: 1, runs: 3, scenarios: ['cold'], flags: [], toolVersion: '1'},
    builds,
  }
}

const judge = (before: MeasureReport, after: MeasureReport, limits: MeasureLimits = {}): MeasureReport =>
  judgeReport(after, {file: 'baseline.json', report: before}, () => limits)

const COPY_ALL = build(
  {
    scenarios: [
      cold(
        [100, 101, 102],
        [
          ['[2/4] COPY . .', 2, 1],
          ['[3/4] RUN npm ci', 3, 88],
        ],
      ),
    ],
    transfer: {...NONE(), predictedBytes: 800e6},
    ignoreLines: ['logs'],
  },
  [layer(0, null, null, 900e6), layer(1, 'COPY . .', 2, 160e6), layer(2, 'RUN npm ci', 3, 40e6)],
)

function NONE() {
  return {measuredBytes: null, predictedRebuildBytes: 0, measuredRebuildBytes: null, agrees: null}
}

const SLIM = build(
  {
    scenarios: [
      cold(
        [10, 10.1, 10.2],
        [
          ['[2/4] COPY package.json .', 2, 1],
          ['[3/4] RUN npm ci', 3, 0],
        ],
      ),
    ],
    transfer: {...NONE(), predictedBytes: 18e6},
    ignoreLines: ['logs', 'node_modules', '.git'],
  },
  [layer(0, null, null, 200e6), layer(1, 'COPY package.json .', 2, 1e3), layer(2, 'RUN npm ci', 3, 40e6)],
)

describe('the page of how images were optimized', () => {
  const write = (before: MeasureReport, after: MeasureReport): string =>
    renderOptimizationPage({
      baseline: before,
      results: judge(before, after),
      baselineFile: 'docs/baseline.json',
    })

  it('says what it brought, what was done, what still holds, and how to measure again', () => {
    const before = report([
      {...COPY_ALL, rewrites: [{rule: 'install-after-source', title: 'copy the lock file first', line: 3}]},
    ])
    const checks = [
      {name: 'says its version', status: 'passed', before: null, detail: '1.0 `|`', seconds: 1},
    ] as const
    const after = report([
      {...SLIM, smoke: {file: null, checks: [...checks]}, commands: ['docker buildx build .']},
    ])
    matchSnapshot('measure/optimized.md', write(before, after))
  })

  it('has a part for each build, and says which could not be measured', () => {
    const web = (one: MeasuredBuild): MeasuredBuild => ({...one, name: 'web'})
    const broken = {...build({name: 'job'}), problem: 'its build *failed*'}
    const page = write(report([COPY_ALL, web(COPY_ALL)]), report([SLIM, web(SLIM), broken]))
    assert.deepEqual(page.match(/^##? .*/gm), [
      '# How we optimized images',
      '## api',
      '## web',
      '## job',
      '## How to measure it again',
    ])
    assert.match(page, /its build &#42;failed&#42;/)
  })

  it('says what does not compare', () => {
    const page = write(report([COPY_ALL]), report([SLIM], {cpus: 8}))
    assert.match(page, /^Not everything can be compared: .*8/m)
  })
})

describe('a comparison with a baseline', () => {
  it('tells each figure with its percentage and a verdict', () => {
    const [one] = judge(report([COPY_ALL]), report([SLIM])).builds
    const told = one!.changes.map(({figure, percent, verdict}) => [figure, percent, verdict])
    assert.deepEqual(told.slice(0, 4), [
      ['cold', -90, 'less'],
      ['transfer', -97.7, 'less'],
      ['pull', -78.2, 'less'],
      ['unpacked', -78.2, 'less'],
    ])
  })

  it('names the three things that did most, of every kind', () => {
    const [one] = judge(report([COPY_ALL]), report([SLIM])).builds
    assert.deepEqual(
      one!.reasons.map(({kind, text}) => `${kind}: ${text}`),
      [
        'ignore-lines: the ignore file keeps out "node_modules", ".git"',
        'step: "RUN npm ci" no longer runs in a cold build',
        'base: the base image is smaller',
      ],
    )
  })

  it('compares RUNs that were joined with the one that does it all', () => {
    const apart = build(
      {
        scenarios: [
          cold(
            [30, 31, 32],
            [
              ['[2/4] RUN apt-get update', 2, 9],
              ['[3/4] RUN apt-get install -y git', 3, 9],
            ],
          ),
        ],
      },
      [
        layer(0, null, null, 200e6),
        layer(1, 'RUN apt-get update', 2, 20e6),
        layer(2, 'RUN apt-get install -y git', 3, 74e6),
      ],
    )
    const text = 'RUN apt-get update  && apt-get install -y git  && rm -rf /var/lib/apt/lists/*'
    const joined = build({scenarios: [cold([10, 11, 12], [[`[2/3] ${text}`, 2, 10]])]}, [
      layer(0, null, null, 200e6),
      layer(1, text, 2, 74e6),
    ])
    const [one] = judge(report([apart]), report([joined])).builds
    assert.deepEqual(
      one!.reasons.map(({text: told, savedBytes, savedSeconds}) => [told, savedBytes, savedSeconds]),
      [
        [`"${text}" is faster in a cold build`, null, 8],
        [`the layer of "${text}" is smaller`, 20e6, null],
      ],
    )
  })

  it('finds no change in the same report', () => {
    const same = judge(report([COPY_ALL]), report([COPY_ALL]), {'max-growth': '0%'})
    assert.ok(same.builds[0]!.changes.every(({verdict}) => verdict === 'same'))
    assert.deepEqual(same.builds[0]!.reasons, [])
    assert.ok(same.thresholds.every(({ok}) => ok))
  })

  const environments: [
    more: Partial<MeasureReport['environment']>,
    cold: string,
    unpacked: string,
    words: RegExp,
  ][] = [
    [{cpus: 4}, 'not-comparable', 'less', /CPUs 4 instead of 2/],
    [{engine: '29.0.0'}, 'not-comparable', 'less', /Engine 29\.0\.0 instead of 28\.5\.2/],
    [
      {store: 'graph driver'},
      'not-comparable',
      'not-comparable',
      /image store graph driver instead of containerd/,
    ],
    [{memoryBytes: 4e9}, 'not-comparable', 'less', /memory/],
  ]
  for (const [more, coldVerdict, sizeVerdict, words] of environments) {
    it(`says that ${Object.keys(more)} is another`, () => {
      const {builds, against} = judge(report([COPY_ALL]), report([SLIM], more))
      const verdicts = new Map(builds[0]!.changes.map(({figure, verdict}) => [figure, verdict]))
      assert.deepEqual([verdicts.get('cold'), verdicts.get('unpacked')], [coldVerdict, sizeVerdict])
      assert.match(against!.differences.join('; '), words)
    })
  }

  it('takes memory that differs by a little, and another buildx, for the same machine', () => {
    const {against} = judge(report([COPY_ALL]), report([SLIM], {memoryBytes: 8.1e9, buildx: '0.30.0'}))
    assert.deepEqual(against!.differences, [])
  })

  it('is what the published schema says, and no field more', () => {
    const judged = judge(report([COPY_ALL]), report([SLIM]), {'max-size': '1MB', 'min-speedup': '99%'})
    for (const one of [judged, report([COPY_ALL])])
      assert.ok(validate(JSON.parse(renderJson(one))), JSON.stringify(validate.errors?.slice(0, 5)))
  })

  it('survives being saved', () => {
    const saved = parseMeasureReport(renderJson(report([COPY_ALL])))
    assert.deepEqual(saved, JSON.parse(JSON.stringify(report([COPY_ALL]))))
  })
})

describe('limits of measured builds', () => {
  const grown = build({scenarios: [cold([100, 101, 102], [['[3/4] RUN npm ci', 3, 88]])]}, [
    layer(0, null, null, 200e6),
    layer(1, 'COPY src .', 2, 1e6),
    layer(2, 'RUN apt-get install -y g++', 7, 300e6),
  ])
  const before = build({scenarios: [cold([10, 10.1, 10.2], [['[3/4] RUN npm ci', 3, 1]])]}, [
    layer(0, null, null, 200e6),
    layer(1, 'COPY src .', 2, 1e6),
    layer(2, 'RUN apt-get install', 7, 2e6),
  ])

  const deployed = {...grown, deploy: {classicBytes: 300e6, containerdBytes: 300e6, firstLayer: 2}}
  const cases: [
    limits: MeasureLimits,
    before: MeasureReport,
    after: MeasureReport,
    told: (string | RegExp)[],
  ][] = [
    [{'max-size': '600MB'}, report([before]), report([grown]), ['ok']],
    [
      {'max-size': '400MB'},
      report([before]),
      report([grown]),
      [
        /^501 MB is 101 MB over: layer 3 \(Dockerfile:7\) "RUN apt-get install -y g\+\+" has 298 MB more, 300 MB\. Leave out/,
      ],
    ],
    [
      {'max-build-time': '1m'},
      report([before]),
      report([grown]),
      [
        /^1 min 41 s is 41 s over: "RUN npm ci" \(Dockerfile:3\) takes 88 s, 87 s more\. Run docker-slim-check dockerfile/,
      ],
    ],
    [{'min-saving': '30%', 'min-speedup': '25%'}, report([grown]), report([before]), ['ok', 'ok']],
    [
      {'min-speedup': '25%'},
      report([grown]),
      report([before], {cpus: 8}),
      [/^it cannot be compared: another machine/],
    ],
    [
      {'min-saving': '90%'},
      report([grown]),
      report([before]),
      [
        /^501 MB before, 203 MB now, -59\.5 %: layer 1, of the base image, has 200 MB\. Choose a smaller base/,
      ],
    ],
    [{'max-deploy': '300MB'}, report([before]), report([deployed]), ['ok']],
    [
      {'max-deploy': '10MB'},
      report([before]),
      report([deployed]),
      [
        /^300 MB is 290 MB over: layer 3 \(Dockerfile:7\) "RUN apt-get install -y g\+\+" has 300 MB of it\. Copy packages/,
      ],
    ],
    [{'max-deploy': '10MB'}, report([before]), report([grown]), [/^no build after an edit/]],
    [{'max-growth': '10%'}, report([]), report([grown]), [/^the baseline has no such build/]],
    [
      {'min-speedup': '25%'},
      report([build({scenarios: [cold([100])]})]),
      report([build({scenarios: [cold([10])]})]),
      [/fewer than 3 runs cannot show a difference: measure with more --runs/],
    ],
  ]
  for (const [limits, was, is, told] of cases) {
    it(`tells of ${JSON.stringify(limits)}: ${told.join(', ')}`, () => {
      const {thresholds} = judge(was, is, limits)
      assert.equal(thresholds.length, told.length)
      for (const [at, words] of told.entries()) {
        const {ok, message} = thresholds[at]!
        if (typeof words === 'string') assert.ok(ok, message ?? '')
        else assert.match(message ?? 'ok', words)
      }
    })
  }

  it('refuses what is no limit', () => {
    for (const [name, text] of [
      ['max-size', '5 apples'],
      ['min-saving', '30'],
      ['max-build-time', 'x'],
    ])
      assert.throws(() => judge(report([before]), report([grown]), {[name!]: text}), /is not a limit/)
  })
})

describe('parseMeasureReport', () => {
  const good = JSON.parse(renderJson(report([COPY_ALL])))
  const cases: [name: string, text: string, words: RegExp][] = [
    ['no JSON', '{', /not JSON/],
    ['another file', '[]', /schemaVersion is missing/],
    ['null', 'null', /not an object/],
    ['a later version', '{"schemaVersion": 2}', /schemaVersion is 2/],
    ['no builds', JSON.stringify({...good, builds: {}}), /builds is not a list/],
    [
      'text for a time',
      renderJson(report([COPY_ALL])).replace('"seconds": 100', '"seconds": "100"'),
      /builds\[0\]\.scenarios\[0\]\.runs\[0\]\.seconds/,
    ],
    [
      'a negative size',
      renderJson(report([COPY_ALL])).replace('"fileBytes": 900000000', '"fileBytes": -1'),
      /layers\[0\]/,
    ],
  ]
  for (const [name, text, words] of cases) {
    it(`refuses ${name}`, () => {
      const problem = parseMeasureReport(text)
      assert.match(String(problem), words)
    })
  }
})
