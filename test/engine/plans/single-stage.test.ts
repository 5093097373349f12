/** The plan of one fat image of Python and Node tools: below 1 GB or with its reasons, a better cache, and the same functions. */
import assert from 'node:assert/strict'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../../src/report/context-report.js'
import type {DockerfileReport} from '../../../src/report/dockerfile-report.js'
import type {MeasureReport} from '../../../src/report/measure/measure-report.js'
import {Journey} from './journey.js'

/** The tools that people use the image for. */
const SMOKE = `smoke:
  - name: prints its reports
    run: python -m reports
  - run: python -m pytest
    output: 1 passed
  - run: command -v git && command -v curl && command -v jq && command -v node && command -v npm && command -v pnpm
`
/** What a person agrees with. */
const AGREED = [
  '+ install-after-source',
  '? package-lists',
  '+ late-cleanup',
  '? build-tools-in-final',
] as const
/** What may be in one image and not in the other: caches, lists of packages, what lay about, a compiler; the packages move. */
const ANNOUNCED =
  /^(?:root\/\.(?:cache|npm)|usr\/bin\/gcc$|venv(?:\/|$)|usr\/local\/(?:bin\/(?:pre-commit|pytest|ruff)$|lib\/python3\.11\/site-packages\/)|usr\/lib\/standin\/deb\/|var\/lib\/apt\/lists|workspace\/(?:\.dockerignore|Dockerfile))/

describe('the plan of a single stage', () => {
  const journey = new Journey('single-stage')
  let baseline: MeasureReport

  before(function () {
    journey.prepare(this, ['mcr.microsoft.com/devcontainers/python:3.11-bullseye'])
    writeFileSync(path.join(journey.directory, '../smoke.yaml'), SMOKE)
    // People run the tests in this image.
    writeFileSync(path.join(journey.directory, '.slim-check.yaml'), 'keep: [tests]\n')
  })
  after(() => journey.close())

  it('is measured before any change', () => {
    const words = [
      '--save',
      '../baseline.md',
      '--smoke',
      '../smoke.yaml',
      '--scenario=cold,source',
      '--runs=1',
    ]
    const {report, status} = journey.measure(...words, `--max-size=${journey.limitOf(1000)}`)
    assert.equal(status, 1)
    const [threshold] = report.thresholds
    assert.match(threshold?.message ?? '', / over: layer /)
    baseline = report
    assert.deepEqual(secretsSent(), ['.env'])
    const {findings} = journey.read<DockerfileReport>('dockerfile', '.', '--ci')
    assert.ok(findings.some(({rule}) => rule === 'ci-no-cache'))
  })

  /** Files with secrets that go into the image. */
  function secretsSent(): string[] {
    const {findings} = journey.read<ContextReport>('context', '.', '--fail-on=never')
    const secrets = findings.filter(({rule}) => rule === 'secret-in-context')
    return secrets.map(({message}) => /^"(.*?)"/.exec(message)![1]!)
  }

  it('is written, and only what was announced is gone', async () => {
    const taken = journey.write('context', 'dockerfile')
    for (const one of AGREED) assert.ok(taken.has(one), `${one} is not among ${[...taken].join(', ')}`)
    const {status, differences, reason} = await journey.verify('Dockerfile')
    assert.notEqual(status, 'failed', reason)
    assert.deepEqual(
      differences.filter(({path: one}) => !ANNOUNCED.test(one)),
      [],
    )
  })

  it('is smaller, keeps more of the cache, takes no longer, and does the same', () => {
    const words = [
      '--against',
      '../baseline.json',
      '--smoke',
      '../smoke.yaml',
      '--scenario=cold,source',
      '--runs=1',
    ]
    const {report} = journey.measure(...words, `--max-size=${journey.limitOf(1000)}`)
    const [build] = report.builds
    const [before] = baseline.builds
    assert.deepEqual(
      build!.smoke!.checks.filter(({status}) => status !== 'passed'),
      [],
    )
    assert.ok(build!.image!.unpackedBytes < before!.image!.unpackedBytes * 0.9)
    assert.ok(build!.transfer!.measuredBytes! < 20_000)
    assert.ok(ranAfterEdit(report) <= 2 && ranAfterEdit(baseline) >= 11)
    assert.ok(build!.deploy!.containerdBytes < before!.deploy!.containerdBytes / 100)
    const slower = build!.changes.filter(({unit, verdict}) => unit === 'seconds' && verdict === 'more')
    assert.deepEqual(slower, [])
    const [size] = report.thresholds
    assert.deepEqual([size!.name, size!.message], ['max-size', null])
    assert.deepEqual(secretsSent(), [])
  })

  it('has its compilers in a stage of their own', () => {
    const {rewrites} = journey.read<DockerfileReport>('dockerfile', '.')
    assert.ok(!rewrites.some(({rule}) => rule === 'build-tools-in-final'))
    const text = readFileSync(path.join(journey.directory, 'Dockerfile'), 'utf8')
    assert.match(
      text,
      / AS packages\n.*install -y gcc libpq-dev.*\nFROM .*COPY --from=packages \/venv \/venv\n/s,
    )
  })

  it('writes down what was done', () => {
    const {stdout} = journey.run('measure', '.', '--against', '../baseline.json', '--document')
    assert.match(stdout, /^# How we optimized images/)
    for (const words of [
      'run apt-get, npm, pnpm before the source is copied',
      'update, install and remove the package lists in one RUN',
      'The ignore file keeps out',
    ])
      assert.ok(stdout.includes(words), `${words}: ${stdout}`)
  })
})

/** Steps that an edit of a source file ran. */
function ranAfterEdit({builds}: MeasureReport): number {
  return builds[0]!.scenarios.find(({name}) => name === 'source')!.ranCount
}
