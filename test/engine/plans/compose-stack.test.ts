/** The plan of an API, three workers and a monitor on one fat image: what the program may write, and which targets it says are missed. */
import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import type {MeasuredBuild, MeasureReport} from '../../../src/report/measure/measure-report.js'
import type {ComposeReport} from '../../../src/report/project/compose-report.js'
import {Journey} from './journey.js'

const WORDS = ['--service=api', '--service=flower', '--scenario=cold,source', '--runs=1']
/** What a person agrees with. */
const AGREED = ['? install-after-source', '? dev-dependencies-in-final'] as const

/** What may be in one image and not in the other. */
const ANNOUNCED =
  /^(?:usr\/bin\/(?:g\+\+|gcc|make)$|app\/\.venv\/(?:bin\/(?:mypy|pytest|ruff)$|lib\/python3\.11\/site-packages\/(?:IPython|jupyterlab|mypy|playwright|pytest|ruff)(?:\/|$))|etc\/(?:passwd|group)$|home\/app|root\/\.cache|usr\/lib\/standin\/deb\/|var\/lib\/apt)/

/** The targets of the plan, and what the services must still do. */
function writeSettings(journey: Journey): string {
  return `measure:
  max-build-time: 5m
builds:
  api:
    measure: {max-size: ${journey.limitOf(500)}}
    smoke:
      - ports: [8000]
      - run: [celery, -A, app.worker, inspect, ping]
  flower:
    measure: {max-size: ${journey.limitOf(200)}}
    smoke:
      - ports: [5555]
`
}

describe('the plan of a compose stack', () => {
  const journey = new Journey('compose-stack', {scale: 1, network: 10_000})
  let baseline: MeasureReport

  before(function () {
    journey.prepare(this, ['python:3.11-slim', 'ghcr.io/astral-sh/uv:latest'])
    writeFileSync(path.join(journey.directory, '.slim-check.yaml'), writeSettings(journey))
  })
  after(() => journey.close())

  it('is measured before any change, service by service', () => {
    const {report, status} = journey.measure('--save', '../baseline.md', ...WORDS)
    baseline = report
    assert.equal(status, 1)
    assert.deepEqual(listFailedChecks(report), [])
    assert.ok(find(report, 'api').image!.unpackedBytes > Number(journey.limitOf(6000)))
    assert.ok(find(report, 'flower').image!.unpackedBytes > Number(journey.limitOf(20_000)))
  })

  it('is written: one image for the API and its workers, their code no longer hidden', () => {
    const before = journey.read<ComposeReport>('compose', '.', '--no-sizes', '--fail-on=never')
    assert.deepEqual(
      before.services.flatMap(({name, build}) => (build?.sameAs === 'api' ? [name] : [])),
      ['worker-default', 'worker-heavy', 'worker-io'],
    )
    const taken = journey.write('context', 'dockerfile', 'compose')
    for (const one of AGREED) assert.ok(taken.has(one), `${one} is not among ${[...taken].join(', ')}`)
    const {services} = journey.read<ComposeReport>('compose', '.', '--no-sizes', '--fail-on=never')
    assert.deepEqual(
      services.flatMap(({name, imageOf}) => (imageOf === 'api' && name !== 'api' ? [name] : [])),
      ['worker-default', 'worker-heavy', 'worker-io'],
    )
    const mounted = services.flatMap(({volumes}) => volumes.map(({target}) => target))
    assert.ok(!mounted.includes('/app/src'), mounted.join(', '))
  })

  for (const file of ['docker/Dockerfile', 'docker/Dockerfile.flower']) {
    it(`leaves the files of ${file} that it should`, async () => {
      const {status, differences, reason} = await journey.verify(file)
      assert.notEqual(status, 'failed', reason)
      assert.deepEqual(
        differences.map(({path: one}) => one).filter((one) => !ANNOUNCED.test(one)),
        [],
      )
    })
  }

  it('sends little, installs nothing after an edit, and does the same', () => {
    const {report} = journey.measure('--against', '../baseline.json', ...WORDS)
    assert.deepEqual(listFailedChecks(report), [])
    for (const name of ['api', 'flower']) {
      const [was, is] = [find(baseline, name), find(report, name)]
      assert.ok(is.image!.unpackedBytes < was.image!.unpackedBytes, name)
      assert.ok(is.deploy!.containerdBytes < was.deploy!.containerdBytes, name)
      const {runs} = is.scenarios.find((one) => one.name === 'source')!
      const ran = runs[0]!.steps.filter(({cached, text}) => !cached && /uv sync|apt-get/.test(text))
      assert.deepEqual(ran, [], name)
    }
    assert.ok(
      find(report, 'flower').transfer!.measuredBytes! <
        find(baseline, 'flower').transfer!.measuredBytes! / 50,
    )
    assert.ok(find(report, 'api').deploy!.containerdBytes < Number(journey.limitOf(1)))
    assertMissed(report)
  })

  /** What a service imports is code: no program may write that. */
  function assertMissed({thresholds}: MeasureReport): void {
    assert.ok(thresholds.filter(({name}) => name === 'max-build-time').every(({ok}) => ok))
    const missed = thresholds.filter(({ok}) => !ok)
    assert.deepEqual(
      missed.map(({name, build}) => [name, build]),
      [
        ['max-size', 'api'],
        ['max-size', 'flower'],
      ],
    )
    const [api, flower] = missed.map(({message}) => message!)
    assert.match(
      api!,
      /over: layer \d+ \(docker\/Dockerfile:\d+\) "(?:RUN .*uv sync |COPY .*\/\.venv").*Python virtual environment/,
    )
    assert.match(flower!, /"RUN uv sync --frozen --no-dev" .*Leave out what only the build needs/)
    const {findings} = journey.read<ComposeReport>('compose', '.', '--no-sizes', '--fail-on=never')
    const foreign = findings.find(({rule}) => rule === 'compose-foreign-program')
    assert.match(foreign?.message ?? '', /"flower" runs flower alone.*"torch", "transformers"/)
    assert.match(foreign?.fix ?? '', /Use the image mher\/flower, or a small stage/)
    assert.ok(findings.some(({rule, message}) => rule === 'compose-no-limits' && /6 services/.test(message)))
  }
})

function find({builds}: MeasureReport, name: string): MeasuredBuild {
  return builds.find((build) => build.name === name)!
}

function listFailedChecks({builds}: MeasureReport): string[] {
  return builds.flatMap(({name, smoke}) =>
    smoke!.checks
      .filter(({status}) => status !== 'passed')
      .map((check) => `${name} ${check.name}: ${check.detail}`),
  )
}
