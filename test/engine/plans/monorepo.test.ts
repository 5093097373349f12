/** The plan of three images on one root context: small contexts, layers of packages that an edit keeps, no install at start. */
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {appendFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../../src/report/context-report.js'
import type {DockerfileReport} from '../../../src/report/dockerfile-report.js'
import type {MeasuredBuild, MeasureReport} from '../../../src/report/measure/measure-report.js'
import {Journey} from './journey.js'

/** What the services must still do; a container that cannot write cannot install at its start. */
const SMOKE = `builds:
  api:
    smoke:
      - ports: [8000]
        health: [python, -c, "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health')"]
  pipeline:
    smoke:
      - run: python -m pipeline.run
  web:
    smoke:
      - ports: [3000]
        read-only: true
`
/** What a person agrees with. */
const AGREED = ['? slim-base', '? start-installs', '+ install-after-source', '? root-at-run-time'] as const
const NAMES = ['api', 'pipeline', 'web'] as const
/** What may be in one image and not in the other: of all, and of each. */
const ANNOUNCED =
  /^(?:etc\/(?:passwd|group)$|home\/app|root\/\.(?:cache|npm)|usr\/(?:lib\/standin|standin|bin|local\/bin)|var\/lib\/apt)/
const OWN: Readonly<Record<(typeof NAMES)[number], RegExp>> = {
  // Its packages stand in an environment that a stage of its own makes.
  api: /^(?:usr\/local\/lib\/python3\.11\/site-packages\/|venv(?:\/|$))/,
  // The same, and what is neither its source nor shared is gone.
  pipeline:
    /^(?:usr\/local\/lib\/python3\.11\/site-packages\/|venv(?:\/|$)|app\/(?!pipeline\/(?!Dockerfile$|requirements\.txt$)|pipeline$|shared(?:\/|$)))/,
  // It is installed and built in the image, and what is not web is gone.
  web: /^app\/(?!web(?:\/(?!node_modules(?:\/|$)|\.next(?:\/|$))|$))/,
}
const INSTALL = /pip install|npm (?:ci|install)|apt-get install/

describe('the plan of a monorepo', () => {
  const journey = new Journey('monorepo')
  let baseline: MeasureReport
  let transfers: number[] = []

  before(function () {
    journey.prepare(this, ['python:3.11', 'python:3.11-slim', 'node:20', 'node:20-slim'])
    writeFileSync(path.join(journey.directory, '../smoke.yaml'), SMOKE)
  })
  after(() => journey.close())

  it('is measured before any change: web installs at its start, an edit runs installs again', () => {
    transfers = readTransfers(journey)
    const {report} = journey.measure(
      '--save',
      '../baseline.md',
      '--smoke',
      '../smoke.yaml',
      '--scenario=cold,source',
      '--runs=1',
    )
    baseline = report
    assert.deepEqual(
      report.builds.map(({name}) => name),
      [...NAMES],
    )
    assert.deepEqual(failedChecks(report), ['web listens on port 3000'])
    for (const name of ['api', 'pipeline']) assert.ok(ranInstalls(find(report, name)).length > 0, name)
    const {rewrites} = journey.read<DockerfileReport>('dockerfile', '.')
    assert.ok(rewrites.some(({rule, file}) => rule === 'start-installs' && file === 'web/Dockerfile'))
  })

  it('is written: small contexts, and nothing left to say about installs', () => {
    const taken = journey.write('context', 'dockerfile', 'compose')
    for (const one of AGREED) assert.ok(taken.has(one), `${one} is not among ${[...taken].join(', ')}`)
    const after = readTransfers(journey)
    for (const [at, bytes] of after.entries())
      assert.ok(bytes < transfers[at]! / 20, `${NAMES[at]}: ${bytes}`)
  })

  for (const name of NAMES) {
    it(`leaves the files of ${name} that it should`, async () => {
      const {status, differences, reason} = await journey.verify(`${name}/Dockerfile`)
      assert.notEqual(status, 'failed', reason)
      assert.deepEqual(
        differences.map(({path: one}) => one).filter((one) => !ANNOUNCED.test(one) && !OWN[name].test(one)),
        [],
      )
    })
  }

  it('still needs what its programs open, and says so', () => {
    for (const file of ['shared/schemas/order.json', 'pipeline/sql/load.sql']) {
      const {stdout, status} = journey.run('why', file)
      assert.equal(status, 0, stdout)
    }
  })

  it('reaches what was asked for', () => {
    const words = [
      '--against',
      '../baseline.json',
      '--smoke',
      '../smoke.yaml',
      '--scenario=cold,source',
      '--runs=1',
    ]
    const {report} = journey.measure(...words, '--min-saving=30%')
    assert.deepEqual(failedChecks(report), [])
    assert.deepEqual(
      report.thresholds.map(({build, ok, message}) => [build, ok, message]),
      NAMES.map((name) => [name, true, null]),
    )
    for (const build of report.builds) {
      assert.deepEqual(ranInstalls(build), [], build.name)
      const before = find(baseline, build.name).deploy!.containerdBytes
      assert.ok(build.deploy!.containerdBytes < before, build.name)
    }
  })

  it('keeps the packages of all three images through an edit of each of them', () => {
    for (const [name, file] of [
      ['api', 'api/app/main.py'],
      ['pipeline', 'pipeline/pipeline/run.py'],
      ['web', 'web/app/page.tsx'],
    ] as const) {
      const words = ['buildx', 'build', '--progress=plain', '--output=type=cacheonly', ...journey.flags]
      const build = (): string => journey.docker([...words, '-f', `${name}/Dockerfile`, '.'])
      build()
      // An engine that has run this test before has the layer of an edit that is the same.
      appendFileSync(path.join(journey.directory, file), '\n'.repeat(1 + (process.pid % 1000)))
      const printed = build()
      const ran = listRan(printed)
      assert.ok(
        ran.some((step) => /COPY/.test(step)),
        printed,
      )
      assert.deepEqual(
        ran.filter((step) => INSTALL.test(step)),
        [],
      )
    }
  })

  it('starts web without writing a package', () => {
    const image = `${journey.prefix}-web`
    journey.build(image, ['-f', 'web/Dockerfile'])
    const name = `${journey.prefix}-start`
    const docker = (...words: string[]): string => execFileSync('docker', words, {encoding: 'utf8'})
    docker('run', '-d', '--network=none', '--name', name, image)
    try {
      assert.match(
        waitForWord(() => docker('logs', name), 'listening'),
        /listening on 3000/,
      )
      const written = docker('diff', name)
        .split('\n')
        .filter((line) => /node_modules|\.next|\.npm/.test(line))
      assert.deepEqual(written, [])
    } finally {
      docker('rm', '-f', name)
    }
  })
})

function readTransfers(journey: Journey): number[] {
  const {plans} = journey.read<ContextReport>('context', '.', '--fail-on=never')
  return NAMES.map((name) => plans.find((plan) => plan.name === name)!.before.transferBytes)
}

function find({builds}: MeasureReport, name: string): MeasuredBuild {
  return builds.find((build) => build.name === name)!
}

/** Steps that install and ran after the edit. */
function ranInstalls({scenarios}: MeasuredBuild): string[] {
  const {runs} = scenarios.find(({name}) => name === 'source')!
  return runs[0]!.steps.filter(({cached, text}) => !cached && INSTALL.test(text)).map(({text}) => text)
}

function failedChecks({builds}: MeasureReport): string[] {
  return builds.flatMap(({name, smoke}) =>
    smoke!.checks.filter(({status}) => status !== 'passed').map((check) => `${name} ${check.name}`),
  )
}

/** Steps of plain progress that were not cached. */
function listRan(printed: string): string[] {
  const steps = new Map(Array.from(printed.matchAll(/^#(\d+) (\[.*)$/gm), ([, id, text]) => [id!, text!]))
  const cached = new Set(Array.from(printed.matchAll(/^#(\d+) CACHED$/gm), ([, id]) => id!))
  return [...steps]
    .filter(([id, text]) => !cached.has(id) && !text.startsWith('[internal]'))
    .map(([, text]) => text)
}

/** Reads until a word is there, ten seconds at most. */
function waitForWord(read: () => string, word: string): string {
  for (let tries = 0; tries < 50; tries++) {
    const text = read()
    if (text.includes(word)) return text
    execFileSync('sleep', ['0.2'])
  }
  return read()
}
