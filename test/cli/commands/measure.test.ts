import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import type {MeasureReport} from '../../../src/report/measure/measure-report.js'
import {type RecordedStep, writeBuildRecord} from '../../helpers/build-record.js'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('measure without an engine', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'shop/Dockerfile': 'FROM node:20 AS build\nARG API_TOKEN\nCOPY . .\nRUN npm ci\nFROM build\n',
      'shop/src/index.js': 'one',
      'shop/package-lock.json': '{}',
      'stack/compose.yaml':
        "services:\n  api:\n    build: {context: api, args: {MODE: it's}}\n  web:\n    build: {context: web, target: run}\n",
      'stack/api/Dockerfile': 'FROM scratch\nCOPY . /\n',
      'stack/web/Dockerfile': 'FROM scratch AS run\nCOPY . /\n',
      'notes.json': '{"schemaVersion": 1}',
    })
  })
  after(() => removeTree(root))

  /** No engine answers there. */
  const measure = (...words: string[]) =>
    runCli(['measure', ...words], {
      cwd: root,
      env: {DOCKER_HOST: `unix://${path.join(root, 'nothing.sock')}`, TMPDIR: root},
    })

  it('prints the commands, without values that may be secret, and builds nothing', () => {
    const words = [
      'shop',
      '--build-arg',
      'API_TOKEN=hush',
      '--platform',
      'linux/amd64,linux/arm64',
      '--dry-run',
    ]
    const {status, stdout} = measure(...words, '--', '--secret', 'id=npm,src=.npmrc')
    assert.equal(status, 0)
    assert.doesNotMatch(stdout, /hush/)
    const lines = stdout.trim().split('\n')
    assert.deepEqual(
      lines.map((line) => line.replace(/slim-check-[0-9a-f]{16}/, 'NAMESPACE')),
      ['linux/amd64', 'linux/arm64'].flatMap((platform) => {
        const common = `--platform=${platform} --build-arg=BUILDKIT_CACHE_MOUNT_NS=NAMESPACE --build-arg=API_TOKEN --add-host=slim-check-RANDOM:127.0.0.1 --secret id=npm,src=.npmrc shop`
        const start = `docker buildx build --progress=rawjson --load --tag=slim-check-measure:RANDOM --file=shop/Dockerfile`
        return ['# Dockerfile', `${start} --no-cache ${common}`, `${start} ${common}`]
      }),
    )
  })

  it('prints the commands of every service, or of one', () => {
    const all = measure('stack', '--compose', '--dry-run', '--scenario', 'cold').stdout
    assert.match(
      all,
      /^# api\n.*'--build-arg=MODE=it'\\''s'.* stack\/api\n# web\n.*--target=run.* stack\/web\n$/,
    )
    const one = measure('stack', '--service', 'web', '--dry-run', '--scenario', 'cold').stdout
    assert.match(one, /^# web\n.*stack\/web\n$/)
  })

  const refusals: [words: string[], message: RegExp][] = [
    [['shop'], /Measuring needs a Docker engine: .*\nTry this: Start Docker, or see .* --dry-run/],
    [
      ['shop', '--scenario', 'cold,warm'],
      /--scenario: "warm" is not a scenario\nTry this: Choose from cold, unchanged, source, lock/,
    ],
    [['shop', '--max-growth', '5%'], /--max-growth needs a baseline to compare with/],
    [['shop', '--max-size', 'big'], /--max-size: "big" is not a limit\nTry this: Write it as 500MB/],
    [['shop', '--max-build-time', '5 parsecs'], /"5 parsecs" is not a limit\nTry this: Write it as 5m/],
    [
      ['shop', '--against', 'none.json'],
      /"none\.json" is not a report of measured builds: there is no such file/,
    ],
    [
      ['shop', '--against', 'notes.md'],
      /"notes\.json" is not a report of measured builds: date has a wrong value/,
    ],
    [['shop', '--document'], /--against/],
    [['shop', '--runs', '0'], /--runs/],
    [['shop', '--record', 'notes.json'], /notes\.json/],
    [['shop', '--', '--push'], /--push cannot be passed on .*: nothing is pushed/],
    [['shop', '--', '-t', 'mine'], /--t cannot be passed on .*: every image gets a random name/],
    [['shop', '--', '--cache-to=type=local,dest=x'], /--cache-to cannot be passed on/],
  ]
  for (const [words, message] of refusals) {
    it(`refuses ${words.join(' ')}`, () => {
      const {status, stdout, stderr} = measure(...words)
      assert.match(stderr, message)
      assert.deepEqual([status, stdout], [2, ''])
    })
  }

  describe('--record', () => {
    const STEPS: RecordedStep[] = [
      ['[internal] load build definition from Dockerfile', 0, 1],
      ['[build 1/3] FROM docker.io/library/node:20', 0, 1],
      ['[build 2/3] COPY . .', 1, 2],
      ['[build 3/3] RUN npm ci', 3, 40],
      ['exporting to image', 43, 7],
    ]
    const write = (name: string, isCached: (step: string) => boolean): void => {
      const steps = STEPS.map((step): RecordedStep => (isCached(step[0]) ? [step[0]] : step))
      writeBuildRecord(path.join(root, name), steps)
    }
    const read = (...words: string[]): MeasureReport =>
      JSON.parse(measure('shop', '--json', ...words).stdout) as MeasureReport

    before(() => {
      write('cold.dockerbuild', () => false)
      write('warm.dockerbuild', (step) => /RUN/.test(step))
      write('same.dockerbuild', (step) => /COPY|RUN/.test(step))
    })

    it('takes times, steps and lines, and tells the kinds of builds apart by what ran', () => {
      const {builds, environment} = read(
        '--record',
        'cold.dockerbuild',
        '--record',
        'warm.dockerbuild',
        '--record',
        'same.dockerbuild',
      )
      const [build] = builds
      assert.deepEqual(
        build!.scenarios.map(({name, medianSeconds, medianExportSeconds, ranCount, runs}) => {
          return [name, medianSeconds, medianExportSeconds, ranCount, runs.length]
        }),
        [
          ['cold', 50, 7, 2, 1],
          ['unchanged', 50, 7, 0, 1],
          ['source', 50, 7, 1, 1],
        ],
      )
      const install = build!.scenarios[0]!.runs[0]!.steps.find(({text}) => text.endsWith('npm ci'))
      assert.deepEqual([install?.line, install?.seconds, install?.cached], [4, 40, false])
      assert.deepEqual([build!.image, build!.transfer, environment.engine], [null, null, null])
    })

    it('is saved, and compared with as far as a record says where it was made', () => {
      const words = ['--record', 'cold.dockerbuild', '--save', 'past.md']
      assert.equal(measure('shop', ...words).status, 0)
      const {against, builds} = read('--record', 'cold.dockerbuild', '--against', 'past.json')
      assert.equal(against?.file, 'past.json')
      assert.deepEqual(
        builds[0]!.changes.map(({figure, verdict}) => [figure, verdict]),
        [['cold', 'not-comparable']],
      )
      assert.equal(measure('shop', '--record', 'cold.dockerbuild', '--max-build-time', '30s').status, 1)
    })

    it('refuses what tells of no step', () => {
      writeBuildRecord(path.join(root, 'none.dockerbuild'), [])
      const {status, stderr} = measure('shop', '--record', 'none.dockerbuild')
      assert.equal(status, 2)
      assert.match(stderr, /none\.dockerbuild.* step/)
    })
  })

  it('says in JSON what kept it from running', () => {
    const {status, stdout} = measure('shop', '--json')
    assert.equal(status, 2)
    assert.equal(JSON.parse(stdout).error.code, 'measure-needs-engine')
  })

  it('names every problem of a configuration with limits and smoke checks', () => {
    const text =
      'measure: {max-size: big, max-growth: 5}\nsmoke:\n  - run: []\n  - files: [relative]\n  - output: "["\n'
    writeFileSync(path.join(root, 'shop/.slim-check.yaml'), text)
    const {status, stderr} = measure('shop', '--dry-run')
    assert.equal(status, 2)
    for (const part of [
      'measure.max-size',
      'measure.max-growth',
      'smoke[0].run',
      'smoke[1].files[0]',
      'smoke[2].output',
    ])
      assert.ok(
        stderr.includes(part.replace(/\[(\d)\]/g, (all) => all)) ||
          stderr.includes(part.replace(/\[(\d)\]/g, '.$1')),
        `${part}: ${stderr}`,
      )
    writeFileSync(path.join(root, 'shop/.slim-check.yaml'), '')
  })
})
