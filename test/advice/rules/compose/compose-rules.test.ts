import assert from 'node:assert/strict'
import {mkdirSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {COMPOSE_IDS} from '../../../../src/advice/rule-ids.js'
import {COMPOSE_RULES} from '../../../../src/advice/rules/compose/all-compose-rules.js'
import type {ComposeExample} from '../../../../src/advice/rules/define-compose-rule.js'
import {adviseCompose, type ComposeAnalysis} from '../../../../src/services/compose/report-compose.js'
import {planComposeChanges} from '../../../../src/services/compose/write-compose.js'
import {projectRoot} from '../../../helpers/project.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../../helpers/tree.js'

describe('the rules about Compose projects', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const analyze = ({compose, files = {}}: ComposeExample): Promise<ComposeAnalysis> => {
    writeTree(directory, {'compose.yaml': compose, ...files})
    return adviseCompose({contextDir: '.', workingDir: directory, env: {}, configFile: null})
  }

  it('stand one in a file of the same name, sorted', () => {
    const files = readdirSync(path.join(projectRoot, 'src/advice/rules/compose'))
      .filter((file) => file !== 'all-compose-rules.ts')
      .map((file) => file.replace(/\.ts$/, ''))
    const ids = COMPOSE_RULES.map(({id}) => id)
    assert.deepEqual(ids, files.sort())
    assert.deepEqual(ids, COMPOSE_IDS)
  })

  for (const {id, examples, summary, reason, remedy} of COMPOSE_RULES) {
    describe(id, () => {
      for (const [at, example] of examples.bad.entries()) {
        it(`hits its bad example ${at + 1}`, async () => {
          const analysis = await analyze(example)
          assert.ok(
            analysis.report.findings.some(({rule}) => rule === id),
            JSON.stringify(analysis.report.findings),
          )
          const own = analysis.report.rewrites.filter(({rule}) => rule === id)
          const [change] = planComposeChanges(analysis, own)
          assert.equal(change && new TextDecoder().decode(change.after), example.expected)
        })
      }
      for (const [at, example] of examples.good.entries()) {
        it(`is quiet about its good example ${at + 1}`, async () => {
          const {report} = await analyze(example)
          assert.deepEqual(
            report.findings.filter(({rule}) => rule === id),
            [],
          )
        })
      }
      it('writes sentences', () => {
        assert.match(summary, /^[A-Z].*[^.]$/)
        assert.match(reason, /^.*\.$/)
        assert.match(remedy, /^.*\.$/)
      })
    })
  }

  for (const [profiles, severity] of [
    [['gpu', 'cpu'], 'info'],
    [['all', 'all'], 'warning'],
  ] as const) {
    it(`tells equal builds of the profiles ${profiles.join(' and ')} as ${severity}`, async () => {
      const [one, other] = profiles.map((profile) => `{build: ., profiles: [${profile}]}`)
      const compose = `services:\n  a: ${one}\n  b: ${other}\n`
      const {report} = await analyze({compose, files: {Dockerfile: 'FROM node:22\n'}})
      const found = report.findings.filter(({rule}) => rule === 'compose-repeated-build')
      assert.deepEqual(
        found.map((finding) => finding.severity),
        [severity],
      )
    })
  }

  for (const [kind, compose, severity] of [
    [
      'services that need others',
      'services:\n  a: {image: a, ports: ["80:80"]}\n  b: {image: b, ports: ["80:80"], depends_on: [a]}\n',
      'warning',
    ],
    [
      'services that one needs together',
      'services:\n  a: {image: a, ports: ["80:80"]}\n  b: {image: b, ports: ["80:80"]}\n  c: {image: c, depends_on: [d]}\n  d: {image: d, depends_on: [a, b]}\n',
      'warning',
    ],
    [
      'services that are built here',
      'services:\n  a: {build: ./a, ports: ["80:80"]}\n  b: {image: b, ports: ["80:80"]}\n',
      'warning',
    ],
    [
      'services of which none needs another',
      'services:\n  a: {image: a, ports: ["80:80"]}\n  b: {image: b, ports: ["80:80"]}\n  c: {image: c, depends_on: [d]}\n  d: {image: d}\n',
      'info',
    ],
    [
      'services that have it from one anchor',
      'services:\n  a: &a\n    image: a\n    ports: ["80:80"]\n  b:\n    <<: *a\n',
      'error',
    ],
  ]) {
    it(`tells a port of ${kind} as ${severity}`, async () => {
      const {report} = await analyze({compose: compose!})
      const found = report.findings.filter(({rule}) => rule === 'compose-same-port')
      assert.deepEqual(
        found.map((finding) => [finding.severity, finding.message]),
        [[severity, '"a" and "b" publish port 80 of the host: Docker gives it to one only']],
      )
    })
  }

  const PYTHON = {
    Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY src src\nCMD ["python", "src/a.py"]\n',
    'src/a.py': '',
  }
  for (const [rule, kind, compose, files, severity] of [
    [
      'compose-hidden-copy',
      'a service that starts again by itself',
      'services:\n  a: {build: ., restart: always, volumes: ["./src:/app/src"]}\n',
      PYTHON,
      'warning',
    ],
    [
      'compose-hidden-copy',
      'a service of which several run',
      'services:\n  a: {build: ., deploy: {replicas: 2}, volumes: ["./src:/app/src"]}\n',
      PYTHON,
      'warning',
    ],
    [
      'compose-hidden-copy',
      'a service that starts a server which does not watch the code',
      'services:\n  a: {build: ., command: uvicorn src.a:app, volumes: ["./src:/app/src"]}\n',
      PYTHON,
      'warning',
    ],
    [
      'compose-hidden-copy',
      'a service that nothing says is for a server',
      'services:\n  a: {build: ., deploy: {resources: {limits: {memory: 1g}}}, volumes: ["./src:/app/src"]}\n',
      PYTHON,
      'info',
    ],
    [
      'compose-shell-is-pid-1',
      'a service that is open',
      'services:\n  a: {image: "python:3.13", expose: [80], command: sh -c "./migrate && ./api"}\n',
      {},
      'warning',
    ],
    [
      'compose-shell-is-pid-1',
      'a service that another one needs',
      'services:\n  a: {image: "python:3.13", command: sh -c "./migrate && ./api"}\n  b: {image: b, depends_on: [a]}\n',
      {},
      'warning',
    ],
    [
      'compose-shell-is-pid-1',
      'a service that nothing asks for work',
      'services:\n  a: {image: "python:3.13", command: sh -c "./migrate && ./api"}\n',
      {},
      'info',
    ],
    [
      'compose-shell-is-pid-1',
      'a service that runs code of the host in an image of others',
      'services:\n  a: {image: "python:3.13", restart: always, working_dir: /app, volumes: ["./app:/app"], command: sh -c "./install && python a.py"}\n',
      {},
      'info',
    ],
    [
      'compose-foreign-program',
      'an image that is large for another service',
      'services:\n  a: {build: ., command: celery -A app worker}\n  b: {build: ., command: celery -A app flower}\n',
      {...PYTHON, 'requirements.txt': 'celery\ntorch\n'},
      'warning',
    ],
    [
      'compose-foreign-program',
      'an image that another service uses',
      'services:\n  a: {build: ., command: celery -A app worker}\n  b: {build: ., command: celery -A app flower}\n',
      {...PYTHON, 'requirements.txt': 'celery\n'},
      'info',
    ],
    [
      'compose-check-program',
      'a check that nothing waits for in development',
      'services:\n  a: {image: "node:22-alpine", environment: {NODE_ENV: development}, healthcheck: {test: curl -f http://localhost/}}\n',
      {},
      'info',
    ],
  ] as const) {
    it(`tells ${rule} of ${kind} as ${severity}`, async () => {
      const {report} = await analyze({compose, files})
      assert.equal(report.findings.find((finding) => finding.rule === rule)?.severity, severity)
    })
  }

  for (const mount of [
    '"./src:/app/src:cached"',
    '{type: bind, source: ./src, target: /app/src, consistency: delegated}',
  ]) {
    it(`takes ${mount} for work on the code`, async () => {
      const compose = `services:\n  a: {build: ., restart: always, volumes: [${mount}]}\n`
      const {report} = await analyze({compose, files: PYTHON})
      assert.equal(report.development, 'a: it mounts /app/src as Docker Desktop does for work on the code')
      assert.deepEqual(
        report.findings.filter(({rule}) => rule === 'compose-hidden-copy'),
        [],
      )
    })
  }

  it('judges a project below a folder of tests as one for development, wherever it is asked from', async () => {
    mkdirSync(path.join(directory, '.git'))
    const compose = 'services: {a: {build: .}, b: {build: .}}\n'
    writeTree(directory, {'tests/a/compose.yaml': compose, 'tests/a/Dockerfile': 'FROM node:22\n'})
    for (const contextDir of ['.', 'tests/a']) {
      const {report} = await adviseCompose({
        contextDir: '.',
        composeFiles: [contextDir === '.' ? 'tests/a/compose.yaml' : 'compose.yaml'],
        workingDir: path.join(directory, contextDir),
        env: {},
        configFile: null,
      })
      const found = report.findings.find(({rule}) => rule === 'compose-repeated-build')
      assert.equal(found?.severity, 'info', contextDir)
    }
  })

  it('tells a missing program as an error where a service waits for the check', async () => {
    const compose =
      'services:\n  api: {image: "node:22-slim", healthcheck: {test: [CMD, curl, http://localhost/]}}\n  web: {image: a, depends_on: {api: {condition: service_healthy}}}\n'
    const {report} = await analyze({compose})
    const found = report.findings.find(({rule}) => rule === 'compose-check-program')
    assert.equal(found?.severity, 'error')
    assert.match(found!.message, /"web", which waits for it, never starts$/)
  })

  it('names the last program of the script that is process 1, not of one that it calls', async () => {
    const {report} = await analyze({
      compose: 'services:\n  a: {build: ., ports: ["80:80"]}\n',
      files: {
        Dockerfile: 'FROM node:22\nCOPY *.sh /opt/\nCOPY . /app\nWORKDIR /app\nCMD ["/opt/start.sh"]\n',
        'start.sh': '#!/bin/sh\n/opt/wait.sh db:5432\nnpm run migrate\nnpm run start\n',
        'wait.sh': '#!/bin/sh\nnc -z "$1"\nexec "$2"\n',
        'package.json': '{"scripts": {"migrate": "node m.js", "start": "node a.js"}}',
      },
    })
    const found = report.findings.find(({rule}) => rule === 'compose-shell-is-pid-1')
    assert.match(found!.message, /so "npm" does not get the signal to stop/)
  })

  it('says how much time a worker has', async () => {
    const compose =
      'services:\n  worker: {image: a, command: celery -A app worker, stop_grace_period: 3s, mem_limit: 1g}\n'
    const {report} = await analyze({compose})
    assert.deepEqual(
      report.findings.map(({message}) => message),
      ['"worker" has only 3 seconds to finish a task when stopped'],
    )
  })

  for (const [kind, service, files, expected] of [
    ['flags for an image', 'image: a, command: --quiet', {}, 'unknown'],
    ['the entrypoint of an official image', 'image: a, command: docker-entrypoint.sh a', {}, 'program'],
    [
      'a script of its own under that name',
      'build: .',
      {
        Dockerfile: 'FROM debian\nCOPY docker-entrypoint.sh /\nENTRYPOINT ["/docker-entrypoint.sh"]\n',
        'docker-entrypoint.sh': '#!/bin/sh\nset -e\n./serve\n',
      },
      'shell',
    ],
  ] as const) {
    it(`says of ${kind} that process 1 is ${expected}`, async () => {
      const {report} = await analyze({compose: `services:\n  a: {${service}}\n`, files})
      assert.equal(report.services[0]!.firstProcess, expected)
    })
  }
})
